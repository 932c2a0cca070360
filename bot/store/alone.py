"""Lets one process of all at a database make it ready, while the others wait: its tables, and the sample shop."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url

from bot.store.database import SCHEMA_LOCK, make_engine

SETUP_LOCK = SCHEMA_LOCK + 1
"""The number of PostgreSQL's advisory lock for this; a change of the schema within it takes its own."""
ENDING = "-setup"


@contextmanager
def alone(url: str) -> Iterator[None]:
    """Held while a database is made ready, by one process at a time.

    Args:
        url: SQLAlchemy address of the database.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        yield
        return
    if parsed.get_backend_name() == "sqlite":
        with Path(f"{parsed.database}{ENDING}").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": SETUP_LOCK})
            yield
    finally:
        engine.dispose()
