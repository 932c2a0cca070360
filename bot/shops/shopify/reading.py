"""Shopify's JSON of an order as the port's `Order`. Anything that is not as its schema says raises `Unreadable`."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.shops.http import Unreadable
from bot.shops.shopify.returning import outcome_of_return, returned, returns_of
from bot.store.orders.records import folded_email
from bot.support.gateway import Address, Line, Money, Order, Outcome, Parcel, State

Json = Mapping[str, Any]
STATES: Mapping[str, State] = {
    "UNFULFILLED": State.OPEN, "OPEN": State.OPEN, "SCHEDULED": State.OPEN, "PENDING_FULFILLMENT": State.PACKED, "IN_PROGRESS": State.PACKED,
    "PARTIALLY_FULFILLED": State.SHIPPED, "FULFILLED": State.SHIPPED,
}  # fmt: skip
"""What Shopify says of an order's parcels; what it may say besides ("ON_HOLD", "RESTOCKED") is for a person to judge."""
UNPAYABLE = frozenset({"VOIDED", "EXPIRED"})
SENT = frozenset({"SUCCESS", "OPEN", "PENDING"})
PAID = frozenset({"SALE", "CAPTURE"})
CANCELLED_HERE = re.compile(r"\[glasskin (\S+?)(?: ([0-9.]+) ([^\]]*))?\]")


@dataclass(frozen=True)
class Called:
    """A cancellation of the chat, as its note tells: its key, and what goes back by which way."""

    key: str
    refunds: tuple[tuple[Decimal, str], ...] = ()

    @property
    def note(self) -> str:
        """As it is written for the staff."""
        back = "".join(f" {amount} {method}" for amount, method in self.refunds[:1])
        return f"Asked for in the chat. [glasskin {self.key}{back}]"


def order_of(told: Json) -> Order:
    """An order.

    Raises:
        Unreadable: when something is missing or of another kind.
    """
    try:
        return _order(told)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise Unreadable(f"the shop tells an order as it should not: {type(error).__name__}") from error


def called_off(told: Json) -> Called | None:
    """The cancellation of the chat that an order had, if any."""
    note = (told.get("cancellation") or {}).get("staffNote") or ""
    found = CANCELLED_HERE.search(str(note))
    if found is None:
        return None
    return Called(found.group(1), ((Decimal(found.group(2)), found.group(3)),) if found.group(2) else ())


def outcome_of(told: Json, key: str) -> Outcome | None:
    """What a change of a key led to, as the order tells; None where it tells nothing of it."""
    called = called_off(told)
    if called is not None and called.key == key:
        return Outcome(bool(told.get("cancelledAt")), called.refunds)
    try:
        going_back = outcome_of_return(told, key, [_line(one) for one in told["lineItems"]["nodes"]], _paid_by(told))
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise Unreadable(f"the shop tells a return as it should not: {type(error).__name__}") from error
    if going_back is not None:
        return going_back
    return Outcome() if any(one.get("key") == f"done_{key}" for one in told["metafields"]["nodes"]) else None


def owed(told: Json) -> tuple[tuple[Decimal, str], ...]:
    """What goes back where an order is called off: all that was paid and not refunded yet, the way it was paid."""
    paid = [one for one in _money(told) if not one.refund]
    left = sum((one.amount for one in paid), Decimal(0)) - _refunded(told)
    return ((left, paid[0].method),) if paid and left > 0 else ()


def _order(told: Json) -> Order:
    back = returned(told)
    parcels, lines = _parcels(told), tuple(_line(one, back) for one in told["lineItems"]["nodes"])
    email = folded_email(str(told["email"] or ""))
    address = address_of(told["shippingAddress"] or {})
    return Order(
        number=number_of(told),
        email=email,
        state=_state(told, parcels, lines),
        placed_at=_at(told["createdAt"]),
        currency=str(told["presentmentCurrencyCode"]),
        total=_sum(told["totalPriceSet"]),
        lines=lines,
        version=version_of(told),
        name=address.name,
        address=address,
        parcels=parcels,
        payments=(*_money(told), *_coming(told)),
        returns=returns_of(told, lines, _paid_by(told)),
        shipping=_sum(told["totalShippingPriceSet"]),
        discount=_sum(told["totalDiscountsSet"]),
        delivery=str((told["shippingLine"] or {}).get("title") or ""),
        cancelled_at=_at(told["cancelledAt"]) if told["cancelledAt"] else None,
        customer=email,
    )


def number_of(told: Json) -> str:
    """The number as its customer says it."""
    return str(told["name"]).lstrip("#")


def version_of(told: Json) -> str:
    """The same for two answers that tell the same order."""
    kept = {name: value for name, value in told.items() if name != "metafields"}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


def address_of(told: Json) -> Address:
    """An address."""
    return Address(*(str(told.get(name) or "") for name in ("name", "address1", "address2", "city", "provinceCode", "zip", "countryCodeV2")))


def _state(told: Json, parcels: Sequence[Parcel], lines: Sequence[Line]) -> State:
    if told["cancelledAt"]:
        return State.CANCELLED
    if told["displayFinancialStatus"] in UNPAYABLE:
        return State.HELD
    state = STATES.get(str(told["displayFulfillmentStatus"]), State.HELD)
    arrived = {key for one in parcels if one.delivered_at for key in one.lines}
    if state is State.SHIPPED and lines and arrived == {one.key for one in lines}:
        return State.DELIVERED
    return State.SHIPPED if parcels and state in (State.OPEN, State.PACKED) else state


def _line(told: Json, back: Mapping[str, int] | None = None) -> Line:
    variant, key = str(told["variantTitle"] or ""), str(told["id"]).rpartition("/")[2]
    return Line(
        key, str(told["title"]), int(told["quantity"]), _sum(told["originalUnitPriceSet"]), str(told["sku"] or ""),
        {"variant": variant} if variant and variant != "Default Title" else {}, (back or {}).get(key, 0),
    )  # fmt: skip


def _parcels(told: Json) -> tuple[Parcel, ...]:
    return tuple(_parcel(one) for one in told["fulfillments"] if one["status"] in SENT)


def _parcel(told: Json) -> Parcel:
    tracking: Json = next(iter(told["trackingInfo"]), {})
    url, due = str(tracking.get("url") or ""), told["estimatedDeliveryAt"]
    return Parcel(
        tuple(str(one["lineItem"]["id"]).rpartition("/")[2] for one in told["fulfillmentLineItems"]["nodes"]), str(tracking.get("company") or ""),
        str(tracking.get("number") or ""), url if url.startswith(("https://", "http://")) else "", _at(told["createdAt"]),
        _at(due).date() if due else None, _at(told["deliveredAt"]) if told["deliveredAt"] else None,
    )  # fmt: skip


def _money(told: Json) -> list[Money]:
    """What was paid and paid back, also what Shopify has under way."""
    found = []
    for one in told["transactions"]:
        kind, status = one["kind"], one["status"]
        if (kind in PAID and status == "SUCCESS") or (kind == "REFUND" and status in ("SUCCESS", "PENDING")):
            at = _at(one["processedAt"]) if one["processedAt"] else None
            found.append(Money(_sum(one["amountSet"]), _method(one), kind == "REFUND", status == "SUCCESS", at))
    return found


def _paid_by(told: Json) -> str:
    return next((one.method for one in _money(told) if not one.refund), "")


def _coming(told: Json) -> list[Money]:
    """What a cancellation of the chat left for the staff to pay back."""
    called = called_off(told)
    still = sum((amount for amount, _ in called.refunds), Decimal(0)) - _refunded(told) if called is not None else Decimal(0)
    if called is None or still <= 0:
        return []
    return [Money(still, called.refunds[0][1], refund=True, done=False, at=_at(told["cancelledAt"]) if told["cancelledAt"] else None)]


def _refunded(told: Json) -> Decimal:
    return sum((one.amount for one in _money(told) if one.refund), Decimal(0))


def _method(told: Json) -> str:
    card = told.get("paymentDetails") or {}
    digits = "".join(letter for letter in str(card.get("number") or "") if letter.isdigit())[-4:]
    return f"{card['company']} ending {digits}" if card.get("company") and digits else str(told["formattedGateway"] or "")


def _sum(told: Json) -> Decimal:
    return Decimal(str(told["presentmentMoney"]["amount"])) if told is not None else Decimal(0)


def _at(told: str) -> datetime:
    return datetime.fromisoformat(told.replace("Z", "+00:00"))
