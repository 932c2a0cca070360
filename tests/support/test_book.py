"""Our own order book is an order gateway, on SQLite and PostgreSQL; a book that is a copy only reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.shops.book.gateway import BookGateway
from bot.store.database import Database
from bot.store.importers.base import ImportReport
from bot.store.orders.writer import write_orders
from bot.support.gateway import Capability, OrderGateway
from tests.store.conftest import database, url
from tests.support.conformance import ORDERS, Conformance
from tests.support.stocked import stock

__all__ = ["database", "url"]


class TestBook(Conformance):
    @pytest.fixture
    def gateway(self, database: Database) -> Iterator[OrderGateway]:
        write_orders(database, enumerate(ORDERS), ImportReport())
        stock(database)
        yield BookGateway(database, leads=True)

    @pytest.fixture
    def away(self, tmp_path: Path) -> Iterator[OrderGateway]:
        gone = Database(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.sqlite'}")
        yield BookGateway(gone, leads=True)
        gone.dispose()


def test_a_copy_is_never_written(database: Database) -> None:
    assert BookGateway(database, leads=False).capabilities == {Capability.BY_EMAIL, Capability.BY_NAME, Capability.VARIANTS}


def test_an_empty_book_has_no_orders(database: Database) -> None:
    assert not BookGateway(database, leads=True).has_orders()
