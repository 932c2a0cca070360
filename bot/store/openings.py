"""What on the shop's pages led people into the chat, counted for the owner."""

from __future__ import annotations

from datetime import date, datetime, time, timezone

from sqlalchemy import func, select

from bot.store.database import Database
from bot.store.models import utc_now
from bot.store.opening_models import WORDS_LENGTH, Opening


class Openings:
    """Calls block: keep them off an event loop. Each raises StoreError where the database gives no answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, sender: str, way: str, words: str) -> None:
        """Notes that somebody pressed something to ask: one of `WAYS`, with these words on it."""
        with self._database.session() as session:
            opening = Opening()
            opening.sender, opening.at, opening.way, opening.words = sender, utc_now(), way, words[:WORDS_LENGTH]
            session.add(opening)
            session.commit()

    def counted(self, since: date, most: int) -> list[tuple[str, str, int]]:
        """Ways and words with how often they were used since a day, the most used first."""
        times = func.count(Opening.id)
        begin = datetime.combine(since, time(), timezone.utc)
        wanted = select(Opening.way, Opening.words, times).where(Opening.at >= begin).group_by(Opening.way, Opening.words)
        with self._database.session() as session:
            found = session.execute(wanted.order_by(times.desc(), Opening.way, Opening.words).limit(most))
            return [(str(way), str(words), int(count)) for way, words, count in found]
