"""A PostgreSQL server that stops is told at once; when it is back, the same `Database` answers again by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from bot.store.database import Database
from bot.store.errors import StoreUnavailable
from bot.store.importers.importing import import_file
from bot.store.migrations import upgrade
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery
from tests.store.conftest import SAMPLE
from tests.store.own_postgres import Server, own_postgres

TOLD_WITHIN_S = 5.0


@pytest.fixture
def server() -> Iterator[Server]:
    """A running server."""
    with own_postgres() as made:
        yield made



def handles(database: Database) -> list[str]:
    with database.session() as session:
        return [view.handle for view in ProductRepository(session).search(ProductQuery(text="toner", limit=50))]


def test_server_that_stops_and_comes_back(server: Server) -> None:
    upgrade(server.url)
    database = Database(server.url, 2.0)
    import_file(database, SAMPLE)
    before = handles(database)
    assert before
    server.stop()
    for _ in range(2):
        started = time.monotonic()
        with pytest.raises(StoreUnavailable, match="cannot be reached"):
            handles(database)
        assert time.monotonic() - started < TOLD_WITHIN_S
    server.start()
    assert handles(database) == before
    database.dispose()
