"""Drops events of conversations with age; how many messages of which kind there were on which day is kept."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import bindparam, insert, inspect, select, text, update
from sqlalchemy.engine import Connection

from bot.store.conversations import channel_of
from bot.store.database import writing_turn
from bot.store.messaging import KeptCount, MessagingDatabase

BATCH = 2000
"""Events are dropped in so many at once, so that people who write meanwhile wait for milliseconds."""
OLD = text("SELECT id, sender_id, type_name, intent_name, timestamp FROM events WHERE timestamp < :before ORDER BY id LIMIT :most")
DROP = text("DELETE FROM events WHERE id IN :ids").bindparams(bindparam("ids", expanding=True))
USER = "user"
Kind = tuple[str, str, str]


def drop_old_events(database: MessagingDatabase, before: datetime) -> tuple[int, int]:
    """Deletes events from before a moment, whole sessions after a while, since none lasts longer than half a day of silence.

    Returns:
        How many messages of people, and how many events in all, were deleted.
    """
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("events"):
            return 0, 0
    database.create_tables()
    messages = events = 0
    while True:
        with writing_turn(database.engine), database.engine.execution_options(writing=True).begin() as connection:
            rows = connection.execute(OLD, {"before": before.timestamp(), "most": BATCH}).all()
            if not rows:
                return messages, events
            counted = Counter(_kind(row) for row in rows if row.type_name == USER)
            _add(connection, counted)
            connection.execute(DROP, {"ids": [row.id for row in rows]})
        messages, events = messages + sum(counted.values()), events + len(rows)


def _kind(row: Any) -> Kind:
    day = datetime.fromtimestamp(row.timestamp, timezone.utc).date().isoformat()
    return day, channel_of(row.sender_id), row.intent_name or ""


def _add(connection: Connection, counted: Counter[Kind]) -> None:
    for (day, channel, kind), count in counted.items():
        row = (KeptCount.day == day, KeptCount.channel == channel, KeptCount.kind == kind)
        if connection.execute(select(KeptCount.messages).where(*row)).first() is None:
            connection.execute(insert(KeptCount).values(day=day, channel=channel, kind=kind, messages=count))
        else:
            connection.execute(update(KeptCount).where(*row).values(messages=KeptCount.messages + count))
