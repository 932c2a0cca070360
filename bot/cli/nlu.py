"""`glasskin nlu check` and `glasskin nlu evaluate`: how well the examples teach, and which of them to look at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Iterable, List

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.paths import DATA, ROOT
from bot.rasa.data_check import check_training_data
from bot.rasa.lean import prepare_rasa

if TYPE_CHECKING:
    from bot.nlu.advice import Finding
    from bot.nlu.evaluation import Example, Judged

app = typer.Typer(help="How well messages are understood, and which examples to improve.", no_args_is_help=True)
console = Console()
FEW = 8


@app.command()
def check(
    all_: Annotated[bool, typer.Option("--all", help="Show everything, not only what matters most.")] = False,
) -> None:
    """Find weak, confused, mislabelled, doubled and thin examples, and say what to do about each."""
    prepare_rasa()
    from bot.nlu import advice
    from bot.nlu.evaluation import alike, described

    found, judged = _cross_validated()
    with console.status("Looking for doubles"):
        pairs = alike(described(ROOT / "config.yml", found, lambda *_: None), least=0.98)
    most = None if all_ else FEW
    _show("Too few examples", advice.thin(found), most)
    _show("Weak kinds of question", advice.weak(judged), most)
    _show("Kinds that are confused", advice.confused(judged), most)
    _show("Perhaps in the wrong file", advice.mislabelled(judged), most)
    _show("Said twice", advice.doubled(found, pairs), most)


@app.command()
def evaluate(
    picture: Annotated[Path, typer.Option(help="Where to draw which kind is taken for which.")] = ROOT / "results" / "confusion.png",
) -> None:
    """Cross-validate the examples: a table of every kind of question, and a picture of what is confused with what."""
    prepare_rasa()
    from bot.nlu import advice
    from bot.nlu.evaluation import macro_f1, scores

    _, judged = _cross_validated()
    table = Table("intent", "precision", "recall", "F1", "examples", title="Five-fold cross-validation, weakest first")
    for intent, score in scores(judged).items():
        table.add_row(intent, f"{score.precision:.2f}", f"{score.recall:.2f}", f"{score.f1:.2f}", str(score.examples))
    console.print(table)
    advice.picture(judged, picture)
    right = sum(one.right for one in judged) / len(judged)
    console.print(f"Macro F1 {macro_f1(judged):.3f}; {right:.1%} of {len(judged)} examples right. Picture: {picture}")


def _cross_validated() -> tuple[List[Example], List[Judged]]:
    from bot.nlu.evaluation import cross_validate, examples

    check_training_data(ROOT)
    found = examples(DATA / "nlu")
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading the examples")
        judged = cross_validate(
            ROOT / "config.yml",
            found,
            lambda step, done, total: bar.update(task, description=step, completed=done, total=total),
        )
    return found, judged


def _show(title: str, findings: Iterable[Finding], most: int | None) -> None:
    listed = list(findings)
    console.print(f"\n[bold]{title}[/bold]: {len(listed) or 'none'}")
    for finding in listed[:most]:
        console.print(f"- {finding.sentence}", markup=False, highlight=False)
        for where in finding.places:
            console.print(f"    {where}", markup=False, highlight=False)
    if most is not None and len(listed) > most:
        console.print(f"  ... and {len(listed) - most} more: --all shows them.", markup=False)
