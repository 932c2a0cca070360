"""Brings an export of any known format into the catalogue."""

from __future__ import annotations

from pathlib import Path

from bot.store.database import Database
from bot.store.importers.base import ImportReport, Progress
from bot.store.importers.formats import recognise
from bot.store.importers.writer import import_catalogue


def import_file(
    database: Database,
    path: Path,
    currency: str = "USD",
    progress: Progress | None = None,
    dry_run: bool = False,
    deactivate_missing: bool = False,
) -> ImportReport:
    """Imports the export at `path` in one transaction; prices are in `currency` where the file names none.

    Args:
        database: the shop's.
        path: a file in one of the formats of `bot.store.importers.formats`.
        currency: ISO 4217 code.
        progress: called with the bytes read and the size of the file.
        dry_run: change nothing, only report what would be.
        deactivate_missing: take off sale what the file does not name.

    Returns:
        What was done, refused rows with their reasons included.

    Raises:
        CatalogueFileError: when the file as a whole cannot be imported; nothing is changed then.
        StoreError: when the database gives no answer; nothing is changed then.
        ValueError: for an unknown currency.
    """
    found = recognise(path, currency, progress)
    report = import_catalogue(database, found.file, dry_run, deactivate_missing)
    report.kind = found.kind
    return report
