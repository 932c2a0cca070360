"""Where conversations are kept: Rasa's SQL store on the database that the settings name.

SQLite by default, with a write-ahead log and kept-open connections. Reading and saving a turn are a short statement each
instead of queries that are put together anew every time, as that would be a third of the time that a message takes. They
run in threads of their own, so that a slow disk or a lock holds up nobody else's message. The table is Rasa's own.

A conversation that cannot be read is no new one: it gets a tracker that says so (`UNREADABLE`), which the actions take for
somebody of whom nothing is known. What was said meanwhile is stored behind the rest as soon as that works.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any, Callable, Optional, TypeVar

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import inspect, text
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker
from sqlalchemy.sql.elements import TextClause

from bot.settings import settings
from bot.store.database import one_at_a_time
from bot.store.events import Row, stored_later, writer_at

UNREADABLE = "memory_unreadable"
"""The slot that is set while a conversation cannot be read. It is never stored."""
LATEST_SESSION = """
    FROM events WHERE sender_id = :sender AND id >= COALESCE(
        (SELECT MAX(id) FROM events WHERE sender_id = :sender AND type_name = :session_started), 0)
"""
READ = text(f"SELECT data {LATEST_SESSION} ORDER BY id")
READ_ALL = text("SELECT data FROM events WHERE sender_id = :sender ORDER BY id")
COUNT = text(f"SELECT COUNT(*) {LATEST_SESSION}")
THREADS = 8
_STORED = "stored_events"
"""What a tracker is given to know how many of its first events are stored."""
Result = TypeVar("Result")
logger = logging.getLogger(__name__)


class Broken(Exception):
    """What is stored of a conversation cannot be understood."""


class EmbeddedTrackerStore(SQLTrackerStore):
    """Rasa's SQL tracker store with our engine and prepared statements."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        host: Optional[str] = None,
        event_broker: Optional[EventBroker] = None,
        **kwargs: Any,
    ) -> None:
        """
        Args:
            domain: the assistant's domain.
            host: SQLAlchemy address; the settings' `tracker_database` when empty.
            event_broker: where events are published, if anywhere.
        """
        url = make_url(host or settings().tracker_database)
        if url.get_backend_name() == "sqlite" and url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        address = url.render_as_string(hide_password=False)
        self._writer = writer_at(address)
        if url.get_backend_name() == "sqlite":
            with self._writer.engine.connect():  # makes the file, for its owner alone, before Rasa would
                pass
        _make_table(self._writer.engine)
        super().__init__(domain, host=address, event_broker=event_broker, **kwargs)
        self.engine.dispose()  # type: ignore[has-type]
        self.engine: Engine = self._writer.engine
        self.sessionmaker = sessionmaker(bind=self.engine)
        self._threads = ThreadPoolExecutor(THREADS, "conversations")

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> Optional[DialogueStateTracker]:
        statement = READ_ALL if fetch_events_from_all_sessions else READ
        try:
            events = await self._apart(self._read, statement, sender_id)
        except (SQLAlchemyError, Broken) as error:
            logger.error("a conversation cannot be read: %s", " ".join(str(getattr(error, "orig", error)).split()))
            events = [ActionExecuted(ACTION_LISTEN_NAME), SlotSet(UNREADABLE, True)]
        if not events or not self.domain:
            return None
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        setattr(tracker, _STORED, len(events))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Appends the events that are not stored yet, now or when the database takes them (see `EventWriter`); Rasa saves a
        new conversation before anything is said.

        Raises:
            TooMuchUnsaved: when the database was away for so long that nothing more can be kept.
        """
        if not tracker.events:
            return
        await self.stream_events(tracker)
        waits = bool(self._writer.waiting(tracker.sender_id))
        if not await self._apart(self._append, tracker) and not waits and not tracker.get_slot(UNREADABLE):
            stored_later.set(True)

    async def _apart(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """Does blocking work in one of the threads that are for conversations alone."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)

    def _read(self, statement: TextClause, sender_id: str) -> list[Event]:
        if not self._writer.waiting(sender_id):
            return _understood(self._rows(statement, sender_id))
        with self._writer.settled():
            waiting = [str(row["data"]) for row in self._writer.waiting(sender_id)]
            return _understood([*self._rows(statement, sender_id), *waiting])

    def _rows(self, statement: TextClause, sender_id: str) -> Sequence[str]:
        with self.engine.connect() as connection:
            rows: Sequence[str] = connection.execute(statement, _parameters(sender_id)).scalars().all()
        return rows

    def _append(self, tracker: DialogueStateTracker) -> bool:
        """Stores what is new of the conversation; False where that waits."""
        fresh = islice(tracker.events, self._stored(tracker), None)
        rows = [_row(tracker.sender_id, event.as_dict(), event.type_name) for event in fresh]
        done = self._writer.append(rows) if rows else True
        setattr(tracker, _STORED, len(tracker.events))
        return done

    def _stored(self, tracker: DialogueStateTracker) -> int:
        """How many of the tracker's events are stored. One that was not read from here is new, or was read as the latest
        session by somebody else."""
        known: Optional[int] = getattr(tracker, _STORED, None)
        if known is not None:
            return known
        try:
            with self.engine.connect() as connection:
                return int(connection.execute(COUNT, _parameters(tracker.sender_id)).scalar_one())
        except SQLAlchemyError:
            return 0


def _make_table(engine: Engine) -> None:
    """Makes Rasa's table where it is missing, one process after the other; Rasa's own two at once would stop one of them."""
    try:
        with engine.execution_options(writing=True).begin() as connection:
            if not inspect(connection).has_table(SQLTrackerStore.SQLEvent.__tablename__):
                one_at_a_time(connection)
                SQLTrackerStore.SQLEvent.__table__.create(connection, checkfirst=True)
    except SQLAlchemyError as error:
        logger.error("the table of conversations cannot be made: %s", " ".join(str(getattr(error, "orig", error)).split()))


def _parameters(sender_id: str) -> dict[str, str]:
    return {"sender": sender_id, "session_started": SessionStarted.type_name}


def _understood(rows: Sequence[str]) -> list[Event]:
    """The events that stored rows describe.

    Raises:
        Broken: when one of them is none.
    """
    try:
        return [event for event in (Event.from_parameters(json.loads(row)) for row in rows) if event]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Broken(f"an event is damaged ({type(error).__name__})") from error


def _row(sender_id: str, data: dict[str, Any], type_name: str) -> Row:
    return {
        "sender_id": sender_id,
        "type_name": type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": ((data.get("parse_data") or {}).get("intent") or {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
