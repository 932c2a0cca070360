"""`glasskin knowledge ...`: for whoever edits data/knowledge."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from bot.settings import settings

app = typer.Typer(help="The skincare knowledge in data/knowledge.", no_args_is_help=True)
console = Console(soft_wrap=True)


@app.command()
def check(
    notices: Annotated[bool, typer.Option(help="Also name what may be as it should be.")] = True,
) -> None:
    """Name every mistake in data/knowledge, all at once, and what to do about it."""
    raise typer.Exit(1 if report(notices) else 0)


@app.callback()
def knowledge() -> None:
    """The skincare knowledge in data/knowledge."""


def report(notices: bool) -> int:
    """Prints what is found in the knowledge and returns how many mistakes there are."""
    from bot.rules.checking import look_over
    from bot.rules.knowledge import KnowledgeError, load

    try:
        data = load(settings().knowledge)
    except KnowledgeError as error:
        console.print("Some entries cannot be read:", markup=False)
        for problem in error.problems:
            console.print(f"- {problem}", markup=False)
        return len(error.problems)
    found = look_over(data)
    mistakes = [one for one in found if one.weight == "mistake"]
    for title, group in (("To mend:", mistakes), ("To look at:", [one for one in found if one.weight == "notice"])):
        if group and (group is mistakes or notices):
            console.print(title)
            for one in group:
                console.print(f"- {one.where}: {one.what}", markup=False)
    if not mistakes and notices:
        console.print(
            f"{len(data.ingredients)} ingredients, {len(data.pairs)} pairs, {len(data.topics)} topics, "
            f"{len(data.safety)} safety entries: nothing to mend."
        )
    return len(mistakes)
