"""Reads and erases conversations in Rasa's `events` table, where `bot/store/tracker.py` keeps them."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Optional

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection, Engine

from bot.store.database import make_engine, writing_turn
from bot.store.events import writer_at

SIDES = ("user", "bot")
SAID = f"SELECT data FROM events WHERE sender_id = :sender AND type_name IN {SIDES} ORDER BY id DESC"
LAST_SAID = text(f"{SAID} LIMIT :most")
SAID_BEFORE = text(f"SELECT data FROM events WHERE sender_id = :sender AND type_name IN {SIDES} AND timestamp < :before ORDER BY id DESC LIMIT :most")
ALL_SAID = text(SAID)
BOT_SAID = text(
    "SELECT 1 FROM events WHERE sender_id = :sender AND type_name = 'bot' "
    "AND timestamp BETWEEN :earliest AND :latest LIMIT 1"
)
ASKED = text(
    "SELECT 1 FROM (SELECT data FROM events WHERE sender_id = :sender AND type_name = 'user' ORDER BY id DESC LIMIT :most) AS latest "
    "WHERE data LIKE :id LIMIT 1"
)
ASKED_AGAIN = 100
"""A message is sent again at the latest before so many others."""
ALL = text("SELECT data FROM events WHERE sender_id = :sender ORDER BY id")
SENDERS = text("SELECT DISTINCT sender_id FROM events")
WRITTEN = text("SELECT sender_id, data FROM events WHERE type_name = 'user' ORDER BY id")
ERASE = text("DELETE FROM events WHERE sender_id = :sender")
TOLERANCE = 2e-6
CHANNELS = {"rest:": "rest", "web-": "web", "telegram:": "telegram"}
"""Channels by how the names of their conversations begin."""


class Conversations:
    """The conversations in the database at an SQLAlchemy address. Calls block: keep them off an event loop."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine: Optional[Engine] = None

    def said(self, sender: str, most: Optional[int] = None) -> list[dict[str, Any]]:
        """What both sides said in `sender`'s conversation, at last `most` events of it, as Rasa's event dictionaries,
        oldest first."""
        statement = ALL_SAID if most is None else LAST_SAID
        writer = writer_at(self._url)
        with writer.settled(), self._connected().connect() as connection:
            there = self._is_there(connection)  # Rasa makes it with the first conversation
            rows = connection.execute(statement, {"sender": sender, "most": most}).scalars().all() if there else []
            waiting = [row["data"] for row in writer.waiting(sender) if row["type_name"] in SIDES]
        return [json.loads(row) for row in (*reversed(rows), *waiting)]

    def said_before(self, sender: str, before: float, most: int) -> list[dict[str, Any]]:
        """The last `most` events of what both sides said before a moment (seconds since 1970), oldest first."""
        wanted = {"sender": sender, "before": before, "most": most}
        with writer_at(self._url).settled(), self._connected().connect() as connection:
            rows = connection.execute(SAID_BEFORE, wanted).scalars().all() if self._is_there(connection) else []
        return [json.loads(row) for row in reversed(rows)]

    def bot_said_at(self, sender: str, moment: float) -> bool:
        """Whether the bot said something to `sender` at `moment` (seconds since 1970, to the microsecond)."""
        span = {"earliest": moment - TOLERANCE, "latest": moment + TOLERANCE}
        with self._connected().connect() as connection:
            return connection.execute(BOT_SAID, {"sender": sender, **span}).first() is not None

    def was_asked(self, sender: str, message_id: str) -> bool:
        """Whether a message of this id, of letters, digits, - and _, is among the last of a conversation."""
        wanted = {"sender": sender, "most": ASKED_AGAIN, "id": f'%"message_id": "{message_id}"%'}
        with self._connected().connect() as connection:
            return connection.execute(ASKED, wanted).first() is not None

    def all_events(self, sender: str) -> list[dict[str, Any]]:
        """Everything that Rasa keeps of `sender`'s conversation, as its event dictionaries, oldest first."""
        writer = writer_at(self._url)
        with writer.settled(), self._connected().connect() as connection:
            rows = connection.execute(ALL, {"sender": sender}).scalars().all() if self._is_there(connection) else []
            return [json.loads(row) for row in (*rows, *(row["data"] for row in writer.waiting(sender)))]

    def having(self, words: str) -> dict[str, int]:
        """The conversations in which a person wrote these words, in any case, with how many messages each has of people."""
        wanted = words.casefold()
        with self._connected().connect() as connection:
            rows = connection.execute(WRITTEN).all() if self._is_there(connection) else []
        messages = Counter(row.sender_id for row in rows)
        found = {row.sender_id for row in rows if wanted in str(json.loads(row.data).get("text") or "").casefold()}
        return {sender: messages[sender] for sender in messages if sender in found}

    def by_channel(self) -> dict[str, int]:
        """How many conversations there are by the beginning of their names, which tells the channel."""
        with self._connected().connect() as connection:
            senders = connection.execute(SENDERS).scalars().all() if self._is_there(connection) else []
        return dict(Counter(channel_of(sender) for sender in senders))

    def erase(self, sender: str) -> int:
        """Deletes everything kept of `sender`'s conversation; returns how many events."""
        writer = writer_at(self._url)
        with writer.settled():
            writer.forget(sender)
            with writing_turn(self._connected()), self._connected().begin() as connection:
                if not self._is_there(connection):
                    return 0
                count: int = connection.execute(ERASE, {"sender": sender}).rowcount
                return count

    def dispose(self) -> None:
        """Closes all connections."""
        if self._engine:
            self._engine.dispose()

    @staticmethod
    def _is_there(connection: Connection) -> bool:
        """Whether anything was ever said: Rasa makes the table at its first start."""
        return bool(inspect(connection).has_table("events"))

    def _connected(self) -> Engine:
        if self._engine is None:
            self._engine = make_engine(self._url)
        return self._engine


def channel_of(sender: str) -> str:
    """The channel that a conversation is of, by its sender's id."""
    return next((name for beginning, name in CHANNELS.items() if sender.startswith(beginning)), "other")
