"""Everything that was asked in words that may be read, for grouping by meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Sequence

from sqlalchemy import select

from bot.store.database import Database
from bot.store.review_models import ReviewAnswer, ReviewTurn

AT_ONCE = 500
"""So many meanings are read with one statement; SQLite takes a thousand values."""


@dataclass(frozen=True)
class Asked:
    """A turn with words: its number, whose it was, and what came of it. `at`: seconds since 1970."""

    id: int
    sender: str
    at: float
    channel: str
    text: str
    kind: str
    outcome: str
    topic: str
    thumb: str


class Wordings:
    """Reads wordings and their meanings. Calls block: keep them off an event loop. Each raises StoreError where the database
    gives no answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Asked]:
        """Every turn whose words may be read, the oldest first."""
        table = ReviewTurn.__table__
        columns = (table.c[name] for name in ("id", "sender", "at", "channel", "text", "kind", "outcome", "topic", "thumb"))
        statement = select(*columns).where(table.c.text != "").order_by(table.c.id)
        with self._database.session() as session:
            return [Asked(row[0], row[1], row[2].timestamp(), *row[3:]) for row in session.execute(statement)]

    def vectors(self, turns: Sequence[int]) -> dict[int, bytes]:
        """The meanings of these turns' words, as far as they are kept."""
        table, found = ReviewAnswer.__table__, {}
        with self._database.session() as session:
            for some in _parts(turns):
                statement = select(table.c.turn, table.c.vector).where(table.c.turn.in_(some), table.c.vector.isnot(None))
                found.update({row[0]: bytes(row[1]) for row in session.execute(statement)})
        return found


def _parts(turns: Sequence[int]) -> Iterable[Sequence[int]]:
    return (turns[start : start + AT_ONCE] for start in range(0, len(turns), AT_ONCE))
