"""A query that takes too long is stopped, a database that is away is told so, and both come back by themselves."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.database import Database
from bot.store.errors import StoreTooSlow, StoreUnavailable
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery

LIMIT_S = 0.3
ENDLESS = """
    WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted)
    SELECT count(*) FROM (SELECT n FROM counted LIMIT 1000000000) AS every
"""


@pytest.fixture
def hasty(sample: Database) -> Iterator[Database]:
    """The sample shop, asked by somebody with little time."""
    sample.dispose()
    database = Database(sample.url, LIMIT_S)
    yield database
    database.dispose()


def count(database: Database, in_stock: bool | None = None) -> int:
    with database.session() as session:
        return len(ProductRepository(session).search(ProductQuery(in_stock=in_stock, limit=1000)))


def test_a_slow_query_is_stopped_and_the_next_one_answers(hasty: Database) -> None:
    started = time.monotonic()
    with pytest.raises(StoreTooSlow, match="too long"), hasty.session() as session:
        session.execute(text(ENDLESS))
    assert time.monotonic() - started < 10 * LIMIT_S
    assert count(hasty) > 60


def test_writing_has_no_time_limit(hasty: Database) -> None:
    with hasty.session(writing=True) as session:
        started = time.monotonic()
        while time.monotonic() - started < LIMIT_S:
            session.execute(text(ENDLESS.replace("1000000000", "200000"))).scalar_one()
        session.execute(text(ENDLESS.replace("1000000000", "3000000"))).scalar_one()


def test_a_locked_sqlite_file_is_told_in_time_and_read_again_later(hasty: Database) -> None:
    if not hasty.url.startswith("sqlite"):
        pytest.skip("PostgreSQL locks no readers out but by schema changes")
    expected = count(hasty)
    hasty.dispose()
    locker = sqlite3.connect(hasty.url.removeprefix("sqlite:///"), isolation_level=None)
    try:
        locker.execute("PRAGMA locking_mode = EXCLUSIVE")
        locker.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreUnavailable, match="locked"):
            count(hasty)
    finally:
        locker.close()
    assert count(hasty) == expected


def test_a_locked_postgresql_table_is_told_in_time_and_read_again_later(hasty: Database) -> None:
    if hasty.url.startswith("sqlite"):
        pytest.skip("SQLite has no locks on tables")
    expected = count(hasty)
    locker = Database(hasty.url)
    with locker.session(writing=True) as session:
        session.execute(text("LOCK TABLE product IN ACCESS EXCLUSIVE MODE"))
        assert count(hasty) == expected  # the same search again is answered from memory
        with pytest.raises(StoreTooSlow):
            count(hasty, in_stock=True)
    locker.dispose()
    assert count(hasty) == expected
    assert 0 < count(hasty, in_stock=True) <= expected


def test_no_database_at_all(tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is no database " * 100)
    for url in (f"sqlite:///{tmp_path / 'no' / 'folder.db'}", f"sqlite:///{broken}", "postgresql://nobody@127.0.0.1:1/none"):
        database = Database(url, LIMIT_S)
        with pytest.raises(StoreUnavailable):
            count(database)
        database.dispose()
