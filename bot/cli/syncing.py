"""`glasskin sync`: the shop's products from an address of its own, once or again and again, also inside the server."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import Annotated, Callable, Iterator, List, Optional

import typer
from rich.console import Console

from bot.cli.errors import stop
from bot.cli.store import shop_currency
from bot.set_up.column_names import named_columns
from bot.settings import Settings, seconds_of, settings
from bot.store.database import Database
from bot.store.importers.base import ImportReport
from bot.store.sync.fetching import MIB, Limits
from bot.store.sync.state import SyncState, read_state
from bot.store.sync.syncing import Outcome, Source, sync_once

logger = logging.getLogger(__name__)
console = Console()
MOST_TRIES = 3
LONGEST_WAIT_S = 60.0
MOST_TOLD = 5
STOP_S = 5.0


def sync(
    address: Annotated[Optional[str], typer.Argument(help="Address of a CSV, xlsx or feed over https; else SYNC_URL.")] = None,
    every: Annotated[Optional[str], typer.Option(help="Go on looking, such as 15m or 2h.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Import the file even where the source says that it is as before.")] = False,
    even_many: Annotated[bool, typer.Option("--yes", help="Also where more than a fifth of the shop goes off sale.")] = False,
    keep_missing: Annotated[bool, typer.Option("--keep-missing", help="Leave on sale what the file does not name.")] = False,
    currency: Annotated[Optional[str], typer.Option(help="Currency of prices without one, such as USD.")] = None,
) -> None:
    """Fetch the shop's products and bring them up to date. What cannot be fetched or read changes nothing."""
    from bot.store.migrations import upgrade

    chosen = settings()
    if not (address or chosen.sync_url):
        stop("Say the address, or set SYNC_URL: glasskin sync https://shop.example/products.csv")
    try:
        pause = seconds_of(every) if every else None
    except ValueError as error:
        stop(f"--every: {error}")
    source = _source(chosen, address or chosen.sync_url, keep_missing, even_many, again, currency)
    upgrade(chosen.shop_database)
    if pause is None:
        outcome = _patiently(chosen, source, Event().wait)
        for line in told(outcome, read_state(chosen.var)):
            console.print(line, markup=False, soft_wrap=True)
        if outcome.failure:
            raise typer.Exit(1)
        return
    Watch(chosen, source, pause).run()


def _source(chosen: Settings, address: str, keeps: bool, many: bool, again: bool, currency: Optional[str]) -> Source:
    limits = Limits(most_bytes=chosen.sync_megabytes * MIB, private=chosen.sync_private)
    return Source(address, currency or shop_currency(), limits, keeps or chosen.sync_keep_missing, many, again)


def watch_of(chosen: Settings) -> Optional[Watch]:
    """What looks at the source while the server runs; None where the settings name none."""
    if not chosen.sync_url or not chosen.sync_every:
        return None
    return Watch(chosen, _source(chosen, chosen.sync_url, False, False, False, None), seconds_of(chosen.sync_every))


class Watch:
    """Looks at a source again and again; never closer together than it asks for."""

    def __init__(self, chosen: Settings, source: Source, pause: float) -> None:
        self._chosen, self._source, self._pause = chosen, source, pause
        self._over = Event()
        self._thread = Thread(target=self.run, name="sync", daemon=True)

    def start(self) -> None:
        """Looks in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread; an import that is at work is waited for a little, and undone where it does not end."""
        self._over.set()
        self._thread.join(STOP_S)

    def run(self) -> None:
        """Looks until it is stopped."""
        while not self._over.is_set():
            wait = 0.0
            try:
                wait = _look(self._chosen, self._source).wait
            except Exception:  # the next look comes all the same, and the log says why this one did not
                logger.exception("sync could not be done")
            self._over.wait(max(self._pause, wait))


def _patiently(chosen: Settings, source: Source, wait: Callable[[float], object]) -> Outcome:
    """One look, and again where the source asks to wait a little."""
    outcome = _look(chosen, source)
    for _ in range(MOST_TRIES - 1):
        if not 0 < outcome.wait <= LONGEST_WAIT_S:
            break
        wait(outcome.wait)
        outcome = _look(chosen, source)
    return outcome


def _look(chosen: Settings, source: Source) -> Outcome:
    """One look; after an import the names of products are written for the understanding of messages."""
    from bot.set_up.catalogue import own_shop, write_product_names

    database = Database(chosen.shop_database)
    try:
        outcome = sync_once(database, chosen.var, source, lambda path: named_columns([], path, chosen.var))
        if outcome.report is not None:
            own_shop(database, chosen)
            write_product_names(database, chosen)
        return outcome
    finally:
        database.dispose()


def told(outcome: Outcome, state: SyncState) -> Iterator[str]:
    """What came of a look, in lines for a terminal."""
    if outcome.failure:
        yield f"Sync failed: {outcome.failure}"
        yield f"The products stay {as_of(state)}."
    elif outcome.report is None:
        yield "Nothing new at the source."
    else:
        yield from _done(outcome.report)


def _done(report: ImportReport) -> Iterator[str]:
    yield f"{report.kind}: {report.summary()}"
    lines: List[str] = [f"line {one.line}: {one.reason}" for one in report.refused[:MOST_TOLD]]
    yield from (*lines, *(f"note {one}" for one in list(report.notices)[:MOST_TOLD]))


def as_of(state: SyncState) -> str:
    """How old what the shop has is."""
    return f"as of {state.good:%Y-%m-%d %H:%M} UTC" if state.good else "as they are"


def sync_problem(chosen: Settings) -> str:
    """What is wrong with the source, in one line; empty where nothing is, or none is looked at."""
    state = read_state(chosen.var)
    if state.failure:
        return f"The last sync with {state.source} failed at {state.failed_at[:16]}: {state.failure} The products stay {as_of(state)}."
    if state.is_old():
        return f"The last sync with {state.source} was longer than a day ago: the products are {as_of(state)}."
    return ""
