"""Makes the shop's database ready: its tables, and the sample shop where there is no other."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot.paths import CATALOGUE
from bot.set_up.catalogue import ORDERS_STAMP, SAMPLE_ORDERS, write_product_names
from bot.settings import Settings
from bot.store.alone import alone
from bot.store.database import Database
from bot.store.importers.base import ImportReport
from bot.store.importers.importing import import_file
from bot.store.migrations import upgrade
from bot.store.models import utc_now
from bot.store.orders.book import OrderBook
from bot.store.orders.writer import import_orders
from bot.store.ownership import OWN, origin, set_origin
from bot.store.ownership import SAMPLE as SAMPLE_ORIGIN
from bot.store.repository import ProductRepository

SAMPLE = CATALOGUE / "sample_shop_shopify.csv"
SAMPLE_CURRENCY = "USD"
SAMPLE_ORDERS_END = date(2026, 11, 27)
"""The newest day of the sample's orders; they are moved so that it is the day of the import."""
MOST_SHOWN = 20
MOST_LINES = 5


def ensure_shop(chosen: Settings, console: Console) -> None:
    """Brings the tables up to date; imports the sample shop into an empty shop, or again when its file changed.

    A shop that its owner imported is never touched, whatever machine it was imported on.
    """
    chosen.var.mkdir(parents=True, exist_ok=True)
    with alone(chosen.shop_database):
        upgrade(chosen.shop_database)
        _fill_shop(chosen, console)


def _fill_shop(chosen: Settings, console: Console) -> None:
    database = Database(chosen.shop_database)
    try:
        whose = _whose(database)
        sample = SAMPLE_ORIGIN + hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
        if whose not in (OWN, sample):
            import_catalogue(database, SAMPLE, console, whose=sample)
        if whose != OWN:
            _ensure_sample_orders(database, chosen.var / ORDERS_STAMP)
        write_product_names(database, chosen)
    finally:
        database.dispose()


def _whose(database: Database) -> str | None:
    """Whose products the catalogue holds. One older than that note is the owner's where it has a product that the sample
    has not."""
    with database.session(writing=True) as session:
        found = origin(session)
        handles = {handle for handle, *_ in ProductRepository(session).titles()} if found is None else set()
        if handles - _sample_handles():
            set_origin(session, OWN)
            session.commit()
            return OWN
        return found


def _sample_handles() -> set[str]:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return {row["Handle"] for row in csv.DictReader(file)}


def _ensure_sample_orders(database: Database, stamp: Path) -> None:
    """Orders to try in the sample shop, in an empty book or where their file changed."""
    digest = hashlib.sha256(SAMPLE_ORDERS.read_bytes()).hexdigest()
    known = stamp.read_text(encoding="utf-8") if stamp.is_file() else ""
    if known == digest or (not known and not OrderBook(database).is_empty()):
        return
    import_orders(database, SAMPLE_ORDERS, SAMPLE_CURRENCY, shift=utc_now().date() - SAMPLE_ORDERS_END)
    stamp.write_text(digest, encoding="utf-8")


def import_catalogue(
    database: Database,
    path: Path,
    console: Console,
    currency: str = SAMPLE_CURRENCY,
    dry_run: bool = False,
    deactivate_missing: bool = False,
    in_full: bool = False,
    even_many: bool = False,
    columns: Mapping[str, str] | None = None,
    whose: str | None = None,
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
            even_many,
            columns,
            lambda: console.print("Another import is at work: waiting for it.", markup=False),
            whose,
        )
    _print_report(report, path, console, dry_run, MOST_SHOWN if not in_full else None)


def _print_report(report: ImportReport, path: Path, console: Console, dry_run: bool, most: int | None) -> None:
    done = "would be" if dry_run else "done"
    console.print(f"{path.name}, {report.kind}, {done}: {report.summary()}", markup=False, highlight=False, soft_wrap=True)
    lists = {
        "new": report.created if dry_run else [],
        "changed": [f"{handle} ({', '.join(report.changes.get(handle, ('...',)))})" for handle in report.updated],
        "renamed": [f"{old} -> {new}" for new, old in report.renamed.items()],
        "off sale": [*report.deactivated, *(f"{handle} (its sizes are in other products now)" for handle in report.moved)],
        "note": [_noted(what, lines) for what, lines in report.notices.items()],
        "refused": [f"line {row.line}: {row.reason}" for row in report.refused],
    }
    for word, entries in lists.items():
        for entry in entries[:most]:
            console.print(f"  {word} {entry}", markup=False, highlight=False, soft_wrap=True)
        if most and len(entries) > most:
            console.print(f"  {word}: {len(entries) - most} more (--all shows them)", markup=False, highlight=False, soft_wrap=True)


def _noted(what: str, lines: list[int]) -> str:
    """A notice with the lines it is about."""
    shown = ", ".join(str(line) for line in lines[:MOST_LINES] if line)
    more = f" and {len(lines) - MOST_LINES} more" if len(lines) > MOST_LINES else ""
    return f"{what} ({'line' if len(lines) == 1 else 'lines'} {shown}{more})" if shown else what
