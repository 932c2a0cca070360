"""`glasskin privacy ...`: what is kept of people, erased and exported on request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from bot.cli.errors import stop
from bot.settings import settings
from bot.store.errors import StoreError
from bot.teaching.forgetting import forgetting

if TYPE_CHECKING:
    from bot.store.privacy import Privacy

app = typer.Typer(help="What is kept of people: count, export, erase.", no_args_is_help=True)
Sender = Annotated[str, typer.Argument(help='The conversation: "rest:SENDER", "telegram:CHAT" or "web-...", see `find`.')]


@app.command()
def report() -> None:
    """Say how much is kept, and for how long."""
    days = settings().keep_days
    with _privacy() as privacy:
        for name, count in privacy.report().items():
            typer.echo(f"{count:>8}  {name}")
    typer.echo(f"kept for {days} days after that, see KEEP_DAYS" if days else "kept for ever, see KEEP_DAYS")


@app.command()
def find(words: Annotated[str, typer.Argument(help="Words that somebody wrote.")]) -> None:
    """Name the conversations in which somebody wrote these words."""
    with _privacy() as privacy:
        found = privacy.find(words)
    if not found:
        stop("No conversation has these words.")
    for sender, count in found.items():
        typer.echo(f"{sender}  {count} messages")


@app.command()
def export(
    sender: Sender, to: Annotated[Optional[Path], typer.Option(help="The file to write; else it is printed.")] = None
) -> None:
    """Give everything that is kept of a conversation, as JSON, for the person who asks for it."""
    with _privacy() as privacy:
        found = privacy.export(sender)
    if not any(rows for name, rows in found.items() if name != "sender"):
        stop(f"Nothing is kept of {sender}. `glasskin privacy find WORDS` names conversations.")
    content = json.dumps(found, ensure_ascii=False, indent=2)
    if to is None:
        typer.echo(content)
    else:
        to.touch(0o600)
        to.write_text(content + "\n", encoding="utf-8")
        typer.echo(f"{to}: {len(found['events'])} events")


@app.command()
def erase(sender: Sender, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Erase everything that is kept of a conversation, for good, while the assistant runs. Backups keep what they have."""
    if not yes:
        typer.confirm(f"Everything of {sender} is erased for good. Go on?", abort=True)
    with _privacy() as privacy:
        try:
            erased = privacy.erase(sender)
        except StoreError:
            privacy.compact()  # what did go is gone from every file
            raise
        if not erased.events and not erased.others:
            stop(f"Nothing was kept of {sender}. `glasskin privacy find WORDS` names conversations.")
        privacy.compact()
    typer.echo(f"{sender} is erased: {erased.messages} messages, {erased.events} events, {erased.others} other rows")


@contextmanager
def _privacy() -> Iterator[Privacy]:
    from bot.store.privacy import Privacy

    chosen = settings()
    made = Privacy(chosen.tracker_database, chosen.shop_database, forgetting(chosen.home))
    try:
        yield made
    finally:
        made.dispose()
