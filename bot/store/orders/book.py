"""Reads and changes single orders of the book. Every change is done once for its key, and only to the state that was looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.store.database import Database, writing_turn
from bot.store.models import utc_now
from bot.store.orders.models import CANCELLED, OrderChange, OrderReturn, Payment, PaymentMethod, ShopOrder, new
from bot.store.orders.records import folded_email, folded_number

Result = dict[str, Any]


class OrderMoved(Exception):
    """The order changed since it was looked at, or is no longer as a change needs it; nothing was done."""


class OrderBook:
    """The orders of a database. Calls block: keep them off an event loop."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def is_empty(self) -> bool:
        """True while no order was ever imported.

        Raises:
            StoreError: when the database gives no answer.
        """
        with self._database.session() as session:
            return session.execute(select(ShopOrder.id).limit(1)).first() is None

    def count(self) -> int:
        """How many orders there are."""
        with self._database.session() as session:
            return int(session.execute(select(func.count(ShopOrder.id))).scalar_one())

    def find(self, number: str, email: str) -> ShopOrder | None:
        """The order that has this number and this e-mail. One statement decides, so that a wrong e-mail costs what an unknown
        number costs.

        Raises:
            StoreError: when the database gives no answer.
        """
        wanted = select(ShopOrder).where(ShopOrder.folded_number == folded_number(number), ShopOrder.email == folded_email(email))
        return self._read(wanted)

    def by_number(self, number: str) -> ShopOrder | None:
        """The order of this number, whosever it is; only for who proved to be its customer, and for the shop's staff."""
        return self._read(select(ShopOrder).where(ShopOrder.folded_number == folded_number(number)))

    def numbers_of(self, email: str) -> list[str]:
        """The numbers of all orders of an e-mail, the newest first; only for who proved to be that customer."""
        wanted = select(ShopOrder.number).where(ShopOrder.email == folded_email(email)).order_by(ShopOrder.placed_at.desc())
        with self._database.session() as session:
            return list(session.execute(wanted).scalars())

    def cancel(self, number: str, version: str, key: str, reason: str, when: Sequence[str]) -> Result:
        """Cancels an order in one of the states `when` and notes what is to be refunded, to the way it was paid.

        Raises:
            OrderMoved: where the order is another than was looked at; nothing was done.
            StoreError: when the database gives no answer; it may have been done, so ask again with the same key.
        """

        def change(session: Session, order: ShopOrder, now: datetime) -> Result:
            order.state, order.cancelled_at, order.cancel_reason = CANCELLED, now, reason
            refunds = _refunds(order, _paid(order))
            order.payments.extend(refunds)
            for one in refunds:
                pay_back(kept_method(session, order, one.method_key, must=False), one)
            return {**_told(refunds), "asked": {"reason": reason}}

        return self.once(number, version, key, "cancel", when, change)

    def change_address(self, number: str, version: str, key: str, address: Mapping[str, str], when: Sequence[str]) -> Result:
        """Gives an order another address; for the rest see `cancel`."""

        def change(session: Session, order: ShopOrder, now: datetime) -> Result:
            before = dict(order.address)
            order.address = dict(address)
            return {"asked": dict(address), "before": before}

        return self.once(number, version, key, "address", when, change)

    def return_lines(
        self, number: str, version: str, key: str, contents: Mapping[int, int], reason: str, when: Sequence[str], method_key: str = ""
    ) -> Result:
        """Notes that positions come back (`contents` maps each to how many), what they cost, and to which of the customer's ways to
        pay the money goes, empty: the way it was paid; for the rest see `cancel`."""

        def change(session: Session, order: ShopOrder, now: datetime) -> Result:
            still_there(order, contents)
            method = kept_method(session, order, method_key)
            label = method.label if method else _method(order)
            amount = sum(line.price * contents.get(line.position, 0) for line in order.lines)
            asked = {str(place): count for place, count in contents.items()}
            skus = [line.sku for line in order.lines for _ in range(contents.get(line.position, 0))]
            order.returns.append(
                new(OrderReturn, kind="return", state="requested", contents=asked, instead={}, reason=reason, refund=amount, refund_to=label, at=now)
            )
            return {"refunds": [{"amount": amount, "method": label}], "asked": {"lines": asked, "skus": skus, "method": method_key or paid_with(order)}}

        return self.once(number, version, key, "return", when, change)

    def done(self, key: str) -> Result | None:
        """What was done under a key; None where nothing was."""
        with self._database.session() as session:
            found = session.get(OrderChange, key)
            return dict(found.result) if found else None

    def once(
        self, number: str, version: str, key: str, kind: str, when: Sequence[str], change: Callable[[Session, ShopOrder, datetime], Result]
    ) -> Result:
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            wanted = select(ShopOrder).where(ShopOrder.folded_number == folded_number(number)).with_for_update()
            order = session.execute(wanted).scalar_one_or_none()
            found = session.get(OrderChange, key)  # behind the lock: who asked at the same time is done by now
            if found is not None:
                return dict(found.result)
            if order is None or order.version != version or order.state not in when:
                raise OrderMoved
            now = utc_now()
            result = {**change(session, order, now), "currency": order.currency}
            order.version = uuid4().hex
            session.add(new(OrderChange, key=key, order_id=order.id, kind=kind, result=result, at=now))
            session.commit()
            return result

    def _read(self, wanted: Any) -> ShopOrder | None:
        with self._database.session() as session:
            order: ShopOrder | None = session.execute(wanted).scalar_one_or_none()
            if order is not None:
                _ = order.lines, order.shipments, order.payments, order.returns, order.customer
            return order


def _paid(order: ShopOrder) -> int:
    """What was paid and not refunded yet."""
    return sum(one.amount if one.kind == "payment" else -one.amount for one in order.payments)


def _refunds(order: ShopOrder, amount: int) -> list[Payment]:
    """Refunds of an amount to the ways it was paid, the latest payment first; none where nothing was paid."""
    made: list[Payment] = []
    for one in reversed([payment for payment in order.payments if payment.kind == "payment"]):
        part = min(amount, one.amount)
        if part > 0:
            made.append(new(Payment, kind="refund", amount=part, method=one.method, method_key=one.method_key, at=None, done=False))
            amount -= part
    return made


def still_there(order: ShopOrder, contents: Mapping[int, int]) -> None:
    """Raises OrderMoved where so many of a position are not left to go back."""
    left = {line.position: line.quantity for line in order.lines}
    for one in order.returns:
        for place, count in one.contents.items():
            left[int(place)] = left.get(int(place), 0) - count
    if any(count < 1 or left.get(place, 0) < count for place, count in contents.items()):
        raise OrderMoved


def paid_with(order: ShopOrder) -> str:
    """The key of the way an order was paid, empty where the customer does not keep it."""
    return next((one.method_key for one in reversed(order.payments) if one.kind == "payment"), "")


def kept_method(session: Session, order: ShopOrder, key: str, must: bool = True) -> PaymentMethod | None:
    """A way to pay of an order's customer, None where no key is given. Raises OrderMoved where they keep none of this key, and they
    `must`."""
    if not key:
        return None
    found: PaymentMethod | None = session.execute(select(PaymentMethod).where(PaymentMethod.customer_id == order.customer_id, PaymentMethod.key == key)).scalar_one_or_none()
    if found is None and must:
        raise OrderMoved
    return found


def pay_back(method: PaymentMethod | None, refund: Payment) -> None:
    """Money to what holds money is back at once."""
    if method is not None and method.balance is not None:
        method.balance += refund.amount
        refund.done = True


def _method(order: ShopOrder) -> str:
    return next((one.method for one in order.payments if one.kind == "payment"), "")


def _told(refunds: Sequence[Payment]) -> Result:
    return {"refunds": [{"amount": one.amount, "method": one.method} for one in refunds]}
