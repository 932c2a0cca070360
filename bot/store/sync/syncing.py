"""One look at a source: what changed there is imported with the guards of every import, what fails changes nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Optional
from urllib.parse import urlsplit

from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.importers.base import CatalogueFileError, ImportReport
from bot.store.importers.importing import import_file
from bot.store.ownership import OWN
from bot.store.sync.fetching import Fetched, FetchError, Limits, TryLater, Validators, fetch, shown
from bot.store.sync.state import read_state, write_state

logger = logging.getLogger(__name__)
NAMELESS = "catalogue"


@dataclass(frozen=True)
class Source:
    """Where a catalogue is fetched, and how it is read."""

    address: str
    currency: str
    limits: Limits = Limits()
    keeps_missing: bool = False
    even_many: bool = False
    again: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a look came to: `report` of an import; None with `failure` where it failed, and without where nothing had changed.
    `wait`: seconds for which the source asks to be left alone."""

    report: Optional[ImportReport] = None
    failure: str = ""
    wait: float = 0.0


Columns = Callable[[Path], Optional[Mapping[str, str]]]


def sync_once(database: Database, var: Path, source: Source, columns: Columns = lambda path: None) -> Outcome:
    """Looks at the source once and notes what came of it; never raises for what a source or a file does.

    Args:
        database: the shop's.
        var: the folder that keeps the state.
        source: see there.
        columns: gives which column of a file holds what, for tables of no known format.
    """
    before = read_state(var)
    known = Validators() if source.again else before.validators(source.address)
    try:
        with TemporaryDirectory(prefix="glasskin-sync-") as folder:
            path = Path(folder) / _file_name(source.address)
            fetched = fetch(source.address, path, known, source.limits)
            report = _imported(database, path, source, fetched, columns(path)) if fetched.changed else None
    except TryLater as error:
        return _failed(var, source, str(error), error.seconds)
    except (FetchError, CatalogueFileError, StoreError, OSError, ValueError) as error:
        return _failed(var, source, str(error))
    write_state(var, before.succeeded(source.address, fetched.validators))
    logger.info("sync with %s: %s", shown(source.address), report.summary() if report else "nothing new")
    return Outcome(report)


def _imported(
    database: Database, path: Path, source: Source, fetched: Fetched, columns: Mapping[str, str] | None
) -> ImportReport:
    """The import's report. Where nobody can tell whether the file is whole, nothing is taken off sale for being missing."""
    whole = fetched.measured and not source.keeps_missing
    report = import_file(
        database, path, source.currency, deactivate_missing=whole, even_many=source.even_many, columns=columns, whose=OWN
    )
    if not fetched.measured and not source.keeps_missing:
        report.notice(0, "the source does not tell the file's length, so that nothing was taken off sale for being missing in it")
    return report


def _failed(var: Path, source: Source, why: str, wait: float = 0.0) -> Outcome:
    state = read_state(var).failed(source.address, why)
    write_state(var, state)
    since = f"of {state.good:%Y-%m-%d %H:%M} UTC" if state.good else "as they are"
    logger.error("sync failed: %s The shop's products stay %s.", why, since)
    return Outcome(None, why, wait)


def _file_name(address: str) -> str:
    name = urlsplit(address).path.rsplit("/", 1)[-1]
    return "".join(one for one in name if one.isalnum() or one in ".-_")[-80:].lstrip(".") or NAMELESS
