"""Brings an export of any known format into the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.store.database import Database
from bot.store.importers.base import ImportReport, Progress
from bot.store.importers.formats import recognise
from bot.store.importers.inventory import InventoryFile
from bot.store.importers.opening import readable
from bot.store.importers.transaction import import_catalogue, update_stock


def import_file(
    database: Database,
    path: Path,
    currency: str = "USD",
    progress: Progress | None = None,
    dry_run: bool = False,
    deactivate_missing: bool = False,
    even_many: bool = False,
    columns: Mapping[str, str] | None = None,
    waiting: Callable[[], None] | None = None,
    whose: str | None = None,
) -> ImportReport:
    """Imports the export at `path` in one transaction; prices are in `currency` where the file names none.

    Args:
        database: the shop's.
        path: a file in one of the formats of `bot.store.importers.formats`.
        currency: ISO 4217 code.
        progress: called with the bytes read and the size of the file.
        dry_run: change nothing, only report what would be.
        deactivate_missing: take off sale what the file does not name.
        columns: which of the file's columns holds what, by our names ("title": "Name"), for a table of no known format.
        whose: whose products these are, OWN or SAMPLE of `bot.store.ownership` with a digest; None leaves that as it is.
        waiting: called once where another import must be waited for.
        even_many: also where that is more than a fifth of what is on sale.

    Returns:
        What was done, refused rows with their reasons included.

    Raises:
        CatalogueFileError: when the file as a whole cannot be imported, holds no product that can be used, or lacks too
            many of those on sale; nothing is changed then.
        StoreError: when the database gives no answer; nothing is changed then.
        ValueError: for an unknown currency.
    """
    with readable(path) as (text, notices):
        found = recognise(text, currency, progress, path.name, columns)
        if isinstance(found.file, InventoryFile):
            report = update_stock(database, found.file, dry_run)
        else:
            report = import_catalogue(database, found.file, dry_run, deactivate_missing, even_many, waiting, whose)
    report.kind = found.kind
    for notice in (*notices, *found.notices):
        report.notice(0, notice)
    return report
