"""Makes the shop's database ready: its tables, and the sample shop where there is no other."""

from __future__ import annotations

import hashlib
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot.paths import CATALOGUE
from bot.settings import Settings
from bot.store.database import Database
from bot.store.importers.base import ImportReport
from bot.store.importers.importing import import_file
from bot.store.migrations import upgrade
from bot.store.repository import ProductRepository
from bot.store.text import words

SAMPLE = CATALOGUE / "sample_shop_shopify.csv"
SAMPLE_CURRENCY = "USD"
STAMP = "sample-shop.sha256"
MOST_SHOWN = 20


def ensure_shop(chosen: Settings, console: Console) -> None:
    """Brings the tables up to date; imports the sample shop into an empty shop, or again when its file changed.

    A shop that its owner imported is never touched.
    """
    chosen.var.mkdir(parents=True, exist_ok=True)
    upgrade(chosen.shop_database)
    database = Database(chosen.shop_database)
    try:
        with database.session() as session:
            empty = ProductRepository(session).count() == 0
        stamp = chosen.var / STAMP
        digest = hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
        sampled = stamp.is_file()
        if (empty and not sampled) or (sampled and stamp.read_text(encoding="utf-8") != digest):
            import_catalogue(database, SAMPLE, console)
            stamp.write_text(digest, encoding="utf-8")
        write_product_names(database, chosen)
    finally:
        database.dispose()


def import_catalogue(
    database: Database,
    path: Path,
    console: Console,
    currency: str = SAMPLE_CURRENCY,
    dry_run: bool = False,
    deactivate_missing: bool = False,
    in_full: bool = False,
) -> None:
    """Imports a shop's export with a progress bar and prints what was done, refused rows with their reasons; with
    `in_full` every one of them. The other arguments are those of `import_file`.

    Raises:
        CatalogueFileError: when the file as a whole cannot be imported; nothing is changed then.
        StoreError: when the database gives no answer; nothing is changed then.
    """
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(f"Importing {path.name}", total=None)
        report = import_file(
            database,
            path,
            currency,
            lambda done, size: bar.update(task, completed=done, total=size),
            dry_run,
            deactivate_missing,
        )
    _print_report(report, path, console, dry_run, MOST_SHOWN if not in_full else None)


def _print_report(report: ImportReport, path: Path, console: Console, dry_run: bool, most: int | None) -> None:
    done = "would be" if dry_run else "done"
    console.print(f"{path.name}, {report.kind}, {done}: {report.summary()}", markup=False, highlight=False, soft_wrap=True)
    lists = {
        "new": report.created if dry_run else [],
        "changed": [f"{handle} ({', '.join(report.changes.get(handle, ('...',)))})" for handle in report.updated],
        "off sale": report.deactivated,
        "refused": [f"line {row.line}: {row.reason}" for row in report.refused],
    }
    for word, entries in lists.items():
        for entry in entries[:most]:
            console.print(f"  {word} {entry}", markup=False, highlight=False, soft_wrap=True)
        if most and len(entries) > most:
            console.print(f"  {word}: {len(entries) - most} more (--all shows them)", markup=False, highlight=False, soft_wrap=True)


def write_product_names(database: Database, chosen: Settings) -> None:
    """Writes the products' names where the understanding of messages reads them, a product a line: handle, brand,
    title, the shop's word for its kind, and the ingredients in its title that hardly another product holds."""
    with database.session() as session:
        products = ProductRepository(session)
        titles, telling = products.titles(), products.telling_ingredients()
    lines = ["\t".join(" ".join(part.split()) for part in (*row, _own(row[2], telling))) for row in titles]
    chosen.product_names.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _own(title: str, telling: frozenset[tuple[str, ...]]) -> str:
    """Those of `telling` that stand in the title, commas between."""
    said = words(title)
    runs = (tuple(said[start:end]) for start in range(len(said)) for end in range(start + 2, len(said) + 1))
    return ",".join(" ".join(run) for run in runs if run in telling)


def own_shop(chosen: Settings) -> None:
    """Notes that the owner imported a catalogue, so that the sample shop never comes back."""
    (chosen.var / STAMP).unlink(missing_ok=True)
