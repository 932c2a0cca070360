"""Where conversations are kept: Rasa's SQL store on the database that the settings name.

SQLite by default, with a write-ahead log and kept-open connections. Reading and saving a turn are two short
statements each instead of queries that are put together anew every time, as that would be a third of the time that
a message takes. They run in a thread, so that a slow disk or a lock holds up nobody else's message. The table is
Rasa's own.
"""

from __future__ import annotations

import asyncio
import json
from itertools import islice
from pathlib import Path
from typing import Any, Optional

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.orm import sessionmaker
from sqlalchemy.sql.elements import TextClause

from bot.settings import settings
from bot.store.database import make_engine, writing_turn

LATEST_SESSION = """
    FROM events WHERE sender_id = :sender AND timestamp >= COALESCE(
        (SELECT MAX(timestamp) FROM events WHERE sender_id = :sender AND type_name = :session_started), 0)
"""
READ = text(f"SELECT data {LATEST_SESSION} ORDER BY id")
READ_ALL = text("SELECT data FROM events WHERE sender_id = :sender ORDER BY id")
COUNT = text(f"SELECT COUNT(*) {LATEST_SESSION}")
INSERT = text(
    "INSERT INTO events (sender_id, type_name, timestamp, intent_name, action_name, data) "
    "VALUES (:sender_id, :type_name, :timestamp, :intent_name, :action_name, :data)"
)


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
        super().__init__(domain, host=address, event_broker=event_broker, **kwargs)
        self.engine.dispose()  # type: ignore[has-type]
        self.engine: Engine = make_engine(address)
        self.sessionmaker = sessionmaker(bind=self.engine)
        self._writing = self.engine.execution_options(writing=True)

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> Optional[DialogueStateTracker]:
        statement = READ_ALL if fetch_events_from_all_sessions else READ
        events = await asyncio.to_thread(self._read, statement, sender_id)
        if not events or not self.domain:
            return None
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Appends the events that are not stored yet; Rasa saves a new conversation before anything is said. Begins as a
        writer: on SQLite a transaction that reads first would fail where another has written in between."""
        if not tracker.events:
            return
        await self.stream_events(tracker)
        await asyncio.to_thread(self._append, tracker)

    def _read(self, statement: TextClause, sender_id: str) -> list[Event]:
        with self.engine.connect() as connection:
            rows = connection.execute(statement, _parameters(sender_id)).scalars().all()
        found = (Event.from_parameters(json.loads(row)) for row in rows)
        return [event for event in found if event]

    def _append(self, tracker: DialogueStateTracker) -> None:
        with writing_turn(self.engine), self._writing.begin() as connection:
            rows = _new_rows(connection, tracker)
            if rows:
                connection.execute(INSERT, rows)


def _parameters(sender_id: str) -> dict[str, str]:
    return {"sender": sender_id, "session_started": SessionStarted.type_name}


def _new_rows(connection: Connection, tracker: DialogueStateTracker) -> list[dict[str, Any]]:
    """The tracker's events beyond those stored of its latest session, as rows; it was read as that session's."""
    stored = connection.execute(COUNT, _parameters(tracker.sender_id)).scalar_one()
    fresh = islice(tracker.events, stored, None)
    return [_row(tracker.sender_id, event.as_dict(), event.type_name) for event in fresh]


def _row(sender_id: str, data: dict[str, Any], type_name: str) -> dict[str, Any]:
    return {
        "sender_id": sender_id,
        "type_name": type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": ((data.get("parse_data") or {}).get("intent") or {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
