"""Vendure's JSON of an order as the port's `Order`. Anything that is not as its schema says raises `Unreadable`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.shops.http import Unreadable
from bot.shops.vendure.marks import CANCEL, RETURN, Mark, marks_of, moment
from bot.store.orders.records import folded_email
from bot.support.gateway import Address, GoingBack, Line, Money, Order, Outcome, Parcel, State
from bot.support.variants import Variant

Json = Mapping[str, Any]
STATES: Mapping[str, State] = {
    "PaymentAuthorized": State.OPEN, "PaymentSettled": State.OPEN, "PartiallyShipped": State.SHIPPED, "Shipped": State.SHIPPED,
    "PartiallyDelivered": State.SHIPPED, "Delivered": State.DELIVERED, "Cancelled": State.CANCELLED,
}  # fmt: skip
"""Vendure's own; one that is being modified or paid for, and a shop's own, is for a person to judge."""
ON_THE_WAY = frozenset({"Shipped", "Delivered"})
WAITING = frozenset({"Created", "Pending"})
PAID, FAILED = "Settled", "Failed"
PLACES = 2
"""Vendure keeps amounts of every currency in hundredths."""
LINKS = ("https://", "http://")


def order_of(told: Json) -> Order:
    """An order.

    Raises:
        Unreadable: when something is missing or of another kind.
    """
    try:
        return _order(told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f"the shop tells an order as it should not: {type(error).__name__}") from error


def outcome_of(told: Json, key: str) -> Outcome | None:
    """What a change of a key led to, as the order tells; None where it tells nothing of it. Raises as `order_of`."""
    try:
        found = next((one for one in marks_of(told) if one.key == key), None)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f"the shop tells an order as it should not: {type(error).__name__}") from error
    return found.outcome if found is not None else None


def variants_of(told: Json) -> list[tuple[str, Variant]]:
    """The variants of a product, each behind the currency of its price. Raises as `order_of`."""
    try:
        return [
            (str(one["currencyCode"]), Variant(str(one["sku"]), str(told["name"]), _options(one), _money(one["priceWithTax"]), _is_sold(told, one)))
            for one in told["variants"]
        ]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f"the shop tells a product as it should not: {type(error).__name__}") from error


def owed(order: Order) -> tuple[tuple[Decimal, str], ...]:
    """What goes back where an order is called off: all that was paid and not refunded yet, the way it was paid."""
    left = sum((-one.amount if one.refund else one.amount for one in order.payments), Decimal(0))
    return ((left, order.paid_by),) if left > 0 else ()


def _order(told: Json) -> Order:
    marks, parcels, payments = marks_of(told), _parcels(told), _payments(told)
    cancelled = told["state"] == "Cancelled"
    back = _returned(told, marks)
    lines = tuple(_line(one, cancelled, back) for one in told["lines"] if one["quantity"] or cancelled)
    email = folded_email(str((told["customer"] or {}).get("emailAddress") or ""))
    address = _address(told["shippingAddress"] or {})
    paid = sum((one.amount for one in payments if not one.refund), Decimal(0))
    return Order(
        number=str(told["code"]),
        email=email,
        state=_state(told, parcels),
        placed_at=moment(told["orderPlacedAt"]),
        currency=str(told["currencyCode"]),
        total=paid if cancelled else _money(told["totalWithTax"]),  # Vendure counts nothing any more of what was called off
        lines=lines,
        version=_version(told, marks),
        name=address.name,
        address=address,
        parcels=parcels,
        payments=(*payments, *_coming(payments, marks)),
        returns=tuple(_going_back(one, payments) for one in marks if one.kind == RETURN),
        shipping=_money(told["shippingWithTax"]),
        discount=-sum((_money(one["amountWithTax"]) for one in told["discounts"]), Decimal(0)),
        delivery=str(next((one["shippingMethod"]["name"] for one in told["shippingLines"]), "")),
        cancelled_at=next((moment(one["createdAt"]) for one in told["history"]["items"] if one["type"] == "ORDER_CANCELLATION"), None) if cancelled else None,
        customer=email,
    )


def _version(told: Json, marks: Sequence[Mark]) -> str:
    """The same for two answers that tell the same order; notes of the staff may come and go."""
    kept = {name: value for name, value in told.items() if name not in ("history", "modifications")}
    text = json.dumps([kept, sorted(one.key for one in marks)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _state(told: Json, parcels: Sequence[Parcel]) -> State:
    state = STATES.get(str(told["state"]), State.HELD)
    if state is State.OPEN and parcels:
        return State.SHIPPED
    return State.PACKED if state is State.OPEN and any(one["state"] in WAITING for one in told["fulfillments"] or ()) else state


def _line(told: Json, cancelled: bool, back: Mapping[str, int]) -> Line:
    variant, key = told["productVariant"], str(told["id"])
    count = int(told["orderPlacedQuantity"] if cancelled else told["quantity"])
    return Line(
        key, str(variant["product"]["name"]), count, _money(told["unitPriceWithTax"]), str(variant["sku"]), _options(variant),
        min(count, back.get(key, 0)), str(variant["product"]["id"]),
    )  # fmt: skip


def _returned(told: Json, marks: Sequence[Mark]) -> dict[str, int]:
    """How many of each line are on their way back: asked for in the chat, and not taken out of the order by the staff since."""
    found: dict[str, int] = {}
    for mark in [one for one in marks if one.kind == RETURN]:
        for line, count in mark.lines.items():
            found[line] = found.get(line, 0) + count
    first = min((one.at for one in marks if one.kind == RETURN and one.at), default=None)
    for entry in told["history"]["items"]:
        if first is not None and entry["type"] == "ORDER_CANCELLATION" and moment(entry["createdAt"]) >= first:
            for one in entry["data"].get("lines") or ():
                line = str(one["orderLineId"])
                found[line] = max(0, found.get(line, 0) - int(one["quantity"]))
    return found


def _going_back(mark: Mark, payments: Sequence[Money]) -> GoingBack:
    amount, method = mark.refunds[0] if mark.refunds else (Decimal(0), "")
    since = sum((one.amount for one in payments if one.refund and one.done and one.at and mark.at and one.at >= mark.at), Decimal(0))
    return GoingBack(mark.lines, "refunded" if 0 < amount <= since else "requested", amount, method, at=mark.at)


def _parcels(told: Json) -> tuple[Parcel, ...]:
    come: dict[str, datetime] = {}
    sent: dict[str, datetime] = {}
    for one in told["history"]["items"]:
        if one["type"] == "ORDER_FULFILLMENT_TRANSITION":
            {"Shipped": sent, "Delivered": come}.get(str(one["data"].get("to")), {})[str(one["data"].get("fulfillmentId"))] = moment(one["createdAt"])
    return tuple(_parcel(one, sent, come) for one in told["fulfillments"] or () if one["state"] in ON_THE_WAY)


def _parcel(told: Json, sent: Mapping[str, datetime], come: Mapping[str, datetime]) -> Parcel:
    code, key = str(told["trackingCode"] or ""), str(told["id"])
    is_link = code.startswith(LINKS)
    return Parcel(
        tuple(str(one["orderLineId"]) for one in told["lines"]), str(told["method"] or ""), "" if is_link else code, code if is_link else "",
        sent.get(key) or moment(told["createdAt"]), None, come.get(key) if told["state"] == "Delivered" else None,
    )  # fmt: skip


def _payments(told: Json) -> tuple[Money, ...]:
    settled = [one for one in told["payments"] or () if one["state"] == PAID]
    paid = [Money(_money(one["amount"]), str(one["method"]), at=moment(one["createdAt"])) for one in settled]
    back = [
        Money(_money(each["total"]), str(one["method"]), refund=True, done=each["state"] == PAID, at=moment(each["createdAt"]))
        for one in settled for each in one["refunds"] if each["state"] != FAILED
    ]  # fmt: skip
    return (*paid, *back)


def _coming(payments: Sequence[Money], marks: Sequence[Mark]) -> list[Money]:
    """What a cancellation of the chat left for the staff to pay back."""
    called = next((one for one in marks if one.kind == CANCEL and one.refunds), None)
    if called is None:
        return []
    ((amount, method), *_) = called.refunds
    still = amount - sum((one.amount for one in payments if one.refund), Decimal(0))
    return [Money(still, method, refund=True, done=False, at=called.at)] if still > 0 else []


def _address(told: Json) -> Address:
    return Address(*(str(told.get(name) or "") for name in ("fullName", "streetLine1", "streetLine2", "city", "province", "postalCode", "countryCode")))


def _options(told: Json) -> dict[str, str]:
    return {str(one["group"]["name"]).lower(): str(one["name"]) for one in told["options"]}


def _is_sold(product: Json, variant: Json) -> bool:
    return product["enabled"] is True and variant["enabled"] is True and variant["stockLevel"] != "OUT_OF_STOCK"


def _money(amount: Any) -> Decimal:
    return Decimal(int(amount)).scaleb(-PLACES)
