"""Writes the events of conversations: at once where the database takes them, later where it does not.

What was answered is never dropped because the database is away, full or locked: it is kept in this process, counts when the
conversation is read, and is written in its order as soon as that works.
"""

from __future__ import annotations

import atexit
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import make_engine, writing_turn
from bot.store.turns.keys import storing_key

TIME_LIMIT_S = 2.0
"""After so long a read or a write is given up, so that nobody waits longer for an answer."""
AGAIN_S = 0.5
MOST_KEPT = 100_000
INSERT = text(
    "INSERT INTO events (sender_id, type_name, timestamp, intent_name, action_name, data) "
    "VALUES (:sender_id, :type_name, :timestamp, :intent_name, :action_name, :data)"
)
HOLD = text("SELECT pg_advisory_xact_lock_shared(:key)")
Row = dict[str, Any]

stored_later: ContextVar[bool] = ContextVar("stored_later", default=False)
"""True, for whoever had a message handled, where it is the first of its conversation that could not be stored."""
logger = logging.getLogger(__name__)


class TooMuchUnsaved(Exception):
    """The database was away for so long that nothing more can be kept for it."""


class EventWriter:
    """Appends to the `events` table of one database. Calls block: keep them off an event loop."""

    def __init__(self, url: str) -> None:
        """
        Args:
            url: SQLAlchemy address of the conversations' database.
        """
        self.engine = make_engine(url, TIME_LIMIT_S, write_wait_s=TIME_LIMIT_S)
        self._writing = self.engine.execution_options(writing=True)
        self._kept: list[Row] = []
        self._changing = Lock()
        self._storing = Lock()
        self._wake = Event()
        self._since = 0.0

    @property
    def unsaved(self) -> int:
        """How many events wait for the database."""
        return len(self._kept)

    @property
    def waits_s(self) -> float:
        """For how many seconds the oldest of them has waited."""
        return monotonic() - self._since if self._kept else 0.0

    def append(self, rows: Sequence[Row]) -> bool:
        """Stores events behind those that are there. False where the database does not take them, and they are stored later.

        Raises:
            TooMuchUnsaved: when there is no room to keep them either.
        """
        if not self._kept:
            try:
                with writing_turn(self.engine):
                    if not self._kept:  # the one before may just have found out that the database is away
                        self._insert(rows)
                        return True
            except SQLAlchemyError as error:
                logger.error("a conversation cannot be stored (%s); trying again until it can", _short(error))
        with self._changing:
            if len(self._kept) + len(rows) > MOST_KEPT:
                raise TooMuchUnsaved("the conversations' database is away for too long")
            begins = not self._kept
            self._since = monotonic() if begins else self._since
            self._kept.extend(rows)
        if begins:
            atexit.register(self._last_try)
            Thread(target=self._store_when_possible, daemon=True, name="unsaved conversations").start()
        return False

    def waiting(self, sender: str) -> list[Row]:
        """The events of a conversation that wait for the database, in their order."""
        return [row for row in self._kept if row["sender_id"] == sender] if self._kept else []

    @contextmanager
    def settled(self) -> Iterator[None]:
        """While this lasts, events that wait go on waiting, so that nothing is read twice or missed."""
        with self._storing:
            yield

    def forget(self, sender: str) -> None:
        """Drops what waits of a conversation."""
        with self._changing:
            self._kept = [row for row in self._kept if row["sender_id"] != sender]

    def store_now(self) -> bool:
        """Tries to store what waits; True when nothing waits any more."""
        with self._storing:
            rows = list(self._kept)
            if rows:
                with writing_turn(self.engine):
                    self._insert(rows)
                stored = set(map(id, rows))
                with self._changing:
                    self._kept = [row for row in self._kept if id(row) not in stored]
        return not self._kept

    def _insert(self, rows: Sequence[Row]) -> None:
        with self._writing.begin() as connection:
            if connection.dialect.name == "postgresql":  # until it is committed nobody takes the turn, though this process be killed
                connection.execute(HOLD, [{"key": storing_key(sender)} for sender in sorted({row["sender_id"] for row in rows})])
            connection.execute(INSERT, list(rows))

    def _store_when_possible(self) -> None:
        count = len(self._kept)
        while True:
            self._wake.wait(AGAIN_S)
            count = max(count, len(self._kept))
            try:
                if self.store_now():
                    logger.warning("%s events of conversations that waited for the database are stored", count)
                    return
            except SQLAlchemyError:
                continue  # said once by `append`; the database is still away

    def _last_try(self) -> None:
        try:
            if self.store_now():
                return
        except SQLAlchemyError as error:
            logger.error("stopped with %s events of conversations that were not stored: %s", len(self._kept), _short(error))


@cache
def writer_at(url: str) -> EventWriter:
    """The one writer of this process for a database."""
    return EventWriter(url)


def _short(error: SQLAlchemyError) -> str:
    """The reason in a line, without the statement and what it holds."""
    return " ".join(str(getattr(error, "orig", None) or type(error).__name__).split())
