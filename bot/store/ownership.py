"""Whose products the catalogue holds: the owner's, or the sample shop's. It stands in the database, so that every machine
on it knows: a second one's start must not put invented products back on sale."""

from __future__ import annotations

from threading import Lock
from time import monotonic

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.models import CATALOGUE_ROW, Catalogue

OWN, SAMPLE = "own", "sample "
LOOK_AGAIN_S = 5.0


def origin(session: Session) -> str | None:
    """OWN, SAMPLE with its file's digest behind it, or None before any import."""
    found = session.execute(select(Catalogue.origin)).scalar_one()
    return None if found is None else str(found)


def set_origin(session: Session, whose: str) -> None:
    """Notes whose products the catalogue holds; the caller commits."""
    session.execute(update(Catalogue).where(Catalogue.id == CATALOGUE_ROW).values(origin=whose))


def is_sample(session: Session) -> bool:
    """Whether the catalogue holds the sample shop's products."""
    return (origin(session) or "").startswith(SAMPLE)


class Ownership:
    """Knows for a running assistant whether the products are the owner's, and looks again now and then until they are."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._own = False
        self._looked = -LOOK_AGAIN_S

    def has_products(self) -> bool:
        """Whether an owner has imported a catalogue; what was known last where the database gives no answer."""
        with self._lock:
            if not self._own and monotonic() - self._looked >= LOOK_AGAIN_S:
                self._looked = monotonic()
                self._own = self._read()
            return self._own

    def _read(self) -> bool:
        try:
            with self._database.session() as session:
                return origin(session) == OWN
        except StoreError:  # told where products are asked for; the next look tries again
            return self._own
