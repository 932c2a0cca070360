"""Reads and erases conversations in Rasa's `events` table, where `bot/store/tracker.py` keeps them."""

from __future__ import annotations

import json
from typing import Any, Optional

from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.store.database import make_engine

SAID = "SELECT data FROM events WHERE sender_id = :sender AND type_name IN ('user', 'bot') ORDER BY id DESC"
LAST_SAID = text(f"{SAID} LIMIT :most")
ALL_SAID = text(SAID)
BOT_SAID = text(
    "SELECT 1 FROM events WHERE sender_id = :sender AND type_name = 'bot' "
    "AND timestamp BETWEEN :earliest AND :latest LIMIT 1"
)
ERASE = text("DELETE FROM events WHERE sender_id = :sender")
TOLERANCE = 2e-6


class Conversations:
    """The conversations in the database at an SQLAlchemy address. Calls block: keep them off an event loop."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine: Optional[Engine] = None

    def said(self, sender: str, most: Optional[int] = None) -> list[dict[str, Any]]:
        """What both sides said in `sender`'s conversation, at last `most` events of it, as Rasa's event dictionaries,
        oldest first."""
        statement = ALL_SAID if most is None else LAST_SAID
        with self._connected().connect() as connection:
            rows = connection.execute(statement, {"sender": sender, "most": most}).scalars().all()
        return [json.loads(row) for row in reversed(rows)]

    def bot_said_at(self, sender: str, moment: float) -> bool:
        """Whether the bot said something to `sender` at `moment` (seconds since 1970, to the microsecond)."""
        span = {"earliest": moment - TOLERANCE, "latest": moment + TOLERANCE}
        with self._connected().connect() as connection:
            return connection.execute(BOT_SAID, {"sender": sender, **span}).first() is not None

    def erase(self, sender: str) -> None:
        """Deletes everything kept of `sender`'s conversation."""
        with self._connected().begin() as connection:
            connection.execute(ERASE, {"sender": sender})

    def dispose(self) -> None:
        """Closes all connections."""
        if self._engine:
            self._engine.dispose()

    def _connected(self) -> Engine:
        if self._engine is None:
            self._engine = make_engine(self._url)
        return self._engine
