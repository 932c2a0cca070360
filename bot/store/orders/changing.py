"""Changes of the book that need more than the order: other variants of a product, another way to pay, for a difference or for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.store.models import Product, Variant
from bot.store.orders.book import OrderBook, OrderMoved, Result, kept_method, paid_with, pay_back, still_there
from bot.store.orders.models import OrderLine, OrderReturn, Payment, PaymentMethod, ShopOrder, new


@dataclass(frozen=True)
class SwapRecord:
    """So many of a position for another variant."""

    position: int
    sku: str
    count: int


def change_items(
    book: OrderBook, number: str, version: str, key: str, swaps: Sequence[SwapRecord], method_key: str, when: Sequence[str]
) -> Result:
    """Puts other variants of the same products into an order; the difference is paid or paid back by a way of the customer's.

    Raises:
        OrderMoved, StoreError: as `OrderBook.cancel`; also where a variant is none of the product's or cannot be had, or the
            balance does not cover the difference.
    """

    def change(session: Session, order: ShopOrder, now: datetime) -> Result:
        asked = _asked(session, order, swaps, method_key)
        difference = 0
        for one, line, variant in _pairs(session, order, swaps):
            difference += (variant.price - line.price) * one.count
            if one.count == line.quantity:
                line.sku, line.options, line.price = variant.sku or "", dict(options_of(variant)), variant.price
                continue
            line.quantity -= one.count
            order.lines.append(new(
                OrderLine, position=max(each.position for each in order.lines) + 1, sku=variant.sku or "", product_key=line.product_key,
                title=line.title, options=dict(options_of(variant)), quantity=one.count, price=variant.price,
            ))
        order.changed_items = True
        order.total += difference
        return {**_settled(session, order, difference, method_key, now), "asked": asked}

    return book.once(number, version, key, "items", when, change)


def exchange(
    book: OrderBook, number: str, version: str, key: str, swaps: Sequence[SwapRecord], method_key: str, when: Sequence[str]
) -> Result:
    """Notes that positions come back and which variants are sent for them; for the rest see `change_items`."""

    def change(session: Session, order: ShopOrder, now: datetime) -> Result:
        contents: dict[int, int] = {}
        for one in swaps:
            contents[one.position] = contents.get(one.position, 0) + one.count
        still_there(order, contents)
        asked = _asked(session, order, swaps, method_key)
        difference = sum((variant.price - line.price) * one.count for one, line, variant in _pairs(session, order, swaps))
        method = kept_method(session, order, method_key or paid_with(order), must=bool(method_key))
        if difference > 0 and method is not None and method.balance is not None and method.balance < difference:
            raise OrderMoved
        label = method.label if method else ""
        back = max(-difference, 0)
        order.returns.append(new(
            OrderReturn, kind="exchange", state="requested", contents={str(place): count for place, count in contents.items()},
            instead={str(one.position): one.sku for one in swaps}, reason="", refund=back, refund_to=label if back else "", at=now,
        ))
        return {"refunds": [{"amount": back, "method": label}] if back else [], "asked": asked}

    return book.once(number, version, key, "exchange", when, change)


def change_payment(book: OrderBook, number: str, version: str, key: str, method_key: str, when: Sequence[str]) -> Result:
    """Has what was paid for an order paid by another way, and pays the first one back; for the rest see `change_items`."""

    def change(session: Session, order: ShopOrder, now: datetime) -> Result:
        method = kept_method(session, order, method_key)
        before = paid_with(order)
        paid = sum(one.amount if one.kind == "payment" else -one.amount for one in order.payments)
        if method is None or before == method_key or paid <= 0:
            raise OrderMoved
        _take(method, paid)
        old = kept_method(session, order, before, must=False)
        label = next((one.method for one in reversed(order.payments) if one.kind == "payment"), "")
        refund = new(Payment, kind="refund", amount=paid, method=label, method_key=before, at=None, done=False)
        pay_back(old, refund)
        order.payments += [refund, new(Payment, kind="payment", amount=paid, method=method.label, method_key=method_key, at=now, done=True)]
        return {"refunds": [{"amount": paid, "method": label}], "asked": {"method": method_key}}

    return book.once(number, version, key, "payment", when, change)


def options_of(variant: Variant) -> dict[str, str]:
    """The options of a variant; of one that tells none its size."""
    if variant.options:
        return {name: str(value) for name, value in variant.options.items()}
    return {"size": variant.size} if variant.size else {}


def can_be_had(variant: Variant) -> bool:
    """Whether a variant can be sent: what the shop says of it, else its stock."""
    if variant.available is not None:
        return bool(variant.available)
    return variant.stock is None or variant.stock > 0 or bool(variant.sells_when_empty)


def product_of(session: Session, sku: str, product_key: str) -> int | None:
    """The product of a position, by its variant's SKU, else by the shop's key of the product; None where neither tells one."""
    by_sku = select(Variant.product_id).where(Variant.sku == sku).distinct().limit(2) if sku else None
    found = list(session.execute(by_sku).scalars()) if by_sku is not None else []
    if len(found) != 1 and product_key:
        found = list(session.execute(select(Product.id).where(or_(Product.shop_id == product_key, Product.handle == product_key)).limit(2)).scalars())
    return int(found[0]) if len(found) == 1 else None


def _pairs(session: Session, order: ShopOrder, swaps: Sequence[SwapRecord]) -> list[tuple[SwapRecord, OrderLine, Variant]]:
    """Each swap with its position and the variant; raises OrderMoved where there is no such thing."""
    lines = {line.position: line for line in order.lines}
    found = []
    for one in swaps:
        line = lines.get(one.position)
        product = product_of(session, line.sku, line.product_key) if line is not None else None
        wanted = select(Variant).where(Variant.product_id == product, Variant.sku == one.sku)
        variant = session.execute(wanted).scalar_one_or_none() if product is not None else None
        if line is None or variant is None or not can_be_had(variant) or not 0 < one.count <= line.quantity or variant.currency != order.currency:
            raise OrderMoved
        found.append((one, line, variant))
    if not found:
        raise OrderMoved
    return found


def _asked(session: Session, order: ShopOrder, swaps: Sequence[SwapRecord], method_key: str) -> Result:
    lines = {line.position: line.sku for line in order.lines}
    return {"swaps": [[lines.get(one.position, ""), one.sku, one.count] for one in swaps], "method": method_key or paid_with(order)}


def _settled(session: Session, order: ShopOrder, difference: int, method_key: str, now: datetime) -> Result:
    """Has a difference paid, or paid back."""
    method = kept_method(session, order, method_key or paid_with(order), must=bool(method_key))
    method_key = method_key or paid_with(order)
    label = method.label if method else next((one.method for one in order.payments if one.kind == "payment"), "")
    if difference > 0:
        if method is not None:
            _take(method, difference)
        order.payments.append(new(Payment, kind="payment", amount=difference, method=label, method_key=method_key, at=now, done=True))
    elif difference < 0:
        refund = new(Payment, kind="refund", amount=-difference, method=label, method_key=method_key, at=None, done=False)
        pay_back(method, refund)
        order.payments.append(refund)
        return {"refunds": [{"amount": -difference, "method": label}]}
    return {"refunds": []}


def _take(method: PaymentMethod, amount: int) -> None:
    """Takes an amount from what holds money; raises OrderMoved where it does not cover it."""
    if method.balance is None:
        return
    if method.balance < amount:
        raise OrderMoved
    method.balance -= amount
