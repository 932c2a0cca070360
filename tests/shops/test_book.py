"""Our own order book keeps its word when its database is away, before or after it did what was asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.shops.book.gateway import BookGateway
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.importers.base import ImportReport
from bot.store.orders.book import OrderBook
from bot.store.orders.models import OrderChange, ShopOrder
from bot.store.orders.writer import write_orders
from bot.support.gateway import OrderGateway
from tests.peers.faults import Fault
from tests.shops.failing import AWAY, Failing
from tests.shops.shop import Shop
from tests.store.conftest import with_tables
from tests.support.conformance import ORDERS


class Breaking(Database):
    """A database that goes away before reads or writes, or after a write was kept and before that is told."""

    fault: Fault | None = None
    of_writes = False

    @contextmanager
    def session(self, *args: Any, **options: Any) -> Iterator[Any]:
        """See the class above."""
        fault = self.fault if self.fault and self.of_writes == bool(options.get("writing")) else None
        if fault is not None and not (fault.after and self.of_writes):
            raise StoreError("the database went away")
        with super().session(*args, **options) as session:
            if fault is not None:
                event.listen(session, "after_commit", _gone)
            yield session


def _gone(session: Any) -> None:
    raise StoreError("the database went away")


class BookShop:
    """A `Shop` of the failing suite."""

    faults: Sequence[Fault] = AWAY
    looks_first = False

    def __init__(self, folder: Path) -> None:
        address = f"sqlite:///{folder / 'shop.sqlite'}"
        with_tables(address)
        self.breaking, self.well = Breaking(address), Database(address)
        write_orders(self.well, enumerate(ORDERS), ImportReport())
        self.gateway: OrderGateway = BookGateway(self.breaking, leads=True)

    def fail(self, fault: Fault, writes: bool) -> None:
        """From now on reads or writes go wrong."""
        self.breaking.fault, self.breaking.of_writes = fault, writes

    def recover(self) -> None:
        """All is well again."""
        self.breaking.fault = None

    def staff_changes(self, number: str) -> None:
        """The staff writes down another way of delivery."""
        with self.well.session(writing=True, catalogue=False) as session:
            session.query(ShopOrder).filter(ShopOrder.number == number).one().version = "another"
            session.commit()

    def seen(self, number: str) -> object:
        """The order."""
        order = OrderBook(self.well).by_number(number)
        assert order is not None
        return order.version, order.state, dict(order.address), len(order.returns), len(order.payments)

    def times_changed(self, number: str) -> int:
        """How many changes the book noted."""
        with self.well.session() as session:
            return session.query(OrderChange).join(ShopOrder, ShopOrder.id == OrderChange.order_id).filter(ShopOrder.number == number).count()


class TestBookFailing(Failing):
    @pytest.fixture
    def shop(self, tmp_path: Path) -> Iterator[Shop]:
        made = BookShop(tmp_path)
        yield made
        made.breaking.dispose()
        made.well.dispose()
