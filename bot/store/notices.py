"""Who wants to be told when something is back in stock: asked for, agreed to, claimed by one sender once it is, and gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from bot.store.database import Database, delete_rows, writing_turn
from bot.store.models import Product, Variant, utc_now
from bot.store.notice_models import AGREED, ASKED, StockNotice
from bot.store.orders.models import new
from bot.store.reviews.counts import STOCK, add, monday_of

LEASE = timedelta(seconds=60)
MOST_OF_A_CONVERSATION = 10


@dataclass(frozen=True)
class Notice:
    """A notice: see `StockNotice`; `url` is the product's page, empty where there is none."""

    id: int
    sender: str
    name: str
    email: str
    url: str = ""


class NoticeStore:
    """The notices of a database. Calls block, and raise StoreError where the database gives no answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def want(self, sender: str, way: str, handle: str, sku: str, name: str, email: str = "") -> int:
        """Keeps that somebody wants one, in the place of the same one of this conversation; agreed to unless it goes to an address.
        Counted once for the week, without whose it is. Returns its number, 0 where the conversation has too many."""
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            again = delete_rows(session, delete(StockNotice).where(StockNotice.sender == sender, StockNotice.handle == handle, StockNotice.sku == sku))
            count = session.execute(select(func.count(StockNotice.id)).where(StockNotice.sender == sender)).scalar_one()
            if count >= MOST_OF_A_CONVERSATION:
                return 0
            row = new(
                StockNotice, sender=sender, way=way, handle=handle, sku=sku, name=name, email=email, state=ASKED if email else AGREED, at=utc_now(),
            )  # fmt: skip
            session.add(row)
            if not again:
                add(session, monday_of(utc_now().date()), {(STOCK, handle): 1})
            session.commit()
            return int(row.id)

    def of(self, sender: str, number: int) -> Notice | None:
        """A notice of this conversation; None for one of another, or none."""
        with self._database.session() as session:
            row = session.execute(select(StockNotice).where(StockNotice.id == number, StockNotice.sender == sender)).scalar_one_or_none()
            return Notice(row.id, row.sender, row.name, row.email) if row else None

    def agree(self, sender: str, number: int) -> bool:
        """Notes that the address agreed; one that it has for the same thing already is enough."""
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            row = session.execute(select(StockNotice).where(StockNotice.id == number, StockNotice.sender == sender)).scalar_one_or_none()
            if row is None:
                return False
            same = (StockNotice.email == row.email, StockNotice.handle == row.handle, StockNotice.sku == row.sku, StockNotice.id != row.id)
            session.execute(delete(StockNotice).where(*same))
            row.state = AGREED
            session.commit()
            return True

    def drop(self, sender: str, number: int) -> None:
        """Somebody does not want it after all."""
        self._delete(StockNotice.id == number, StockNotice.sender == sender)

    def back(self, way: str) -> Sequence[Notice]:
        """The notices of things that are back and that this process now sends; `done` ends each."""
        now = utc_now()
        free = or_(StockNotice.lease_until.is_(None), StockNotice.lease_until < now)
        there = or_(Variant.stock.is_(None), Variant.stock > 0, Variant.sells_when_empty.is_(True))
        meant = or_(StockNotice.sku == "", Variant.sku == StockNotice.sku)
        sold = select(Variant.id).where(Variant.product_id == Product.id, there, meant).correlate(Product, StockNotice).exists()
        wanted = (
            select(StockNotice, Product.url).join(Product, Product.handle == StockNotice.handle)
            .where(StockNotice.state == AGREED, StockNotice.way == way, free, Product.status == "active", sold).order_by(StockNotice.id)
        )  # fmt: skip
        with self._database.session() as session:
            found = [Notice(row.id, row.sender, row.name, row.email, url or "") for row, url in session.execute(wanted)]
        return [one for one in found if self._claimed(one)]

    def done(self, notice: Notice) -> None:
        """It was sent, or never can be."""
        self._delete(StockNotice.id == notice.id)

    def _claimed(self, notice: Notice) -> bool:
        now = utc_now()
        free = or_(StockNotice.lease_until.is_(None), StockNotice.lease_until < now)
        mine = update(StockNotice).where(StockNotice.id == notice.id, free).values(lease_until=now + LEASE)
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            result: Any = session.execute(mine.execution_options(synchronize_session=False))
            session.commit()
            return bool(result.rowcount == 1)

    def _delete(self, *which: Any) -> None:
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            delete_rows(session, delete(StockNotice).where(*which))
            session.commit()
