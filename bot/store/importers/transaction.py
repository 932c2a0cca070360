"""An import as one transaction: all of a file goes in, or nothing does."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from bot.store.database import Database
from bot.store.importers import stored
from bot.store.importers.base import CatalogueFile, ImportReport, UnusableFile
from bot.store.importers.inventory import InventoryFile, with_counts
from bot.store.importers.writer import BATCH, CatalogueWriter
from bot.store.ownership import set_origin

MOST_REASONS = 3


def import_catalogue(
    database: Database,
    source: CatalogueFile,
    dry_run: bool = False,
    deactivate_missing: bool = False,
    even_many: bool = False,
    waiting: Callable[[], None] | None = None,
    whose: str | None = None,
) -> ImportReport:
    """Creates or updates every product of `source`. Products that it does not name stay as they are, or with
    `deactivate_missing` are no longer on sale.

    All of it is one transaction: whatever is raised on the way, the catalogue stays as it was. With `dry_run` it
    stays so in any case, and the report says what would have been.

    Args:
        even_many: more than a fifth of the products on sale may go off sale.
        whose: what is noted of whose products these are (`bot.store.ownership`); None leaves that as it is.
        waiting: called once where another import must be waited for.

    Raises:
        UnusableFile: when not one product can go in.
        CatalogueFileError: when too many products would go off sale, or the file is not of its form.
    """
    report = ImportReport()
    with database.session(writing=True, waiting=waiting) as session:
        writer = CatalogueWriter(session, report)
        records = source.records(report)
        while batch := list(islice(records, BATCH)):
            writer.write(batch)
        writer.write_renamed()
        _check_usable(report)
        if deactivate_missing:
            writer.deactivate_missing(even_many or dry_run)
        if not dry_run:
            writer.finish()
            if whose:
                set_origin(session, whose)
            session.commit()
    report.refused.sort(key=lambda row: row.line)
    return report


def update_stock(database: Database, source: InventoryFile, dry_run: bool = False) -> ImportReport:
    """Writes the counts of `source` to the products that the catalogue has, in one transaction.

    Raises:
        UnusableFile: when it counts none of them.
    """
    report = ImportReport()
    with database.session(writing=True) as session:
        counts = source.counts(report)
        writer = CatalogueWriter(session, report)
        handles = list(counts)
        for start in range(0, len(handles), BATCH):
            some = handles[start : start + BATCH]
            known = stored.by_handles(session, some)
            for handle in some:
                if handle not in known:
                    report.refuse(counts[handle][0].line, f"the catalogue has no product {handle!r}; import the products first")
            writer.write_counted([(known[one], with_counts(known[one].record, counts[one], report)) for one in some if one in known])
        _check_usable(report)
        if not dry_run:
            writer.finish()
            session.commit()
    report.refused.sort(key=lambda row: row.line)
    return report


def _check_usable(report: ImportReport) -> None:
    if report.created or report.updated or report.unchanged:
        return
    reasons = "; ".join(f"line {row.line}: {row.reason}" for row in report.refused[:MOST_REASONS])
    why = f"every row was refused ({reasons})" if reasons else "it has a header and no products"
    raise UnusableFile(f"Nothing was changed: {why}. Export the products again.", report)
