"""WooCommerce's JSON of an order as the port's `Order`. Anything that is not as WooCommerce documents it raises `Unreadable`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.shops.http import Unreadable
from bot.shops.woo.marks import CANCEL, Mark, mark_of, marks_of
from bot.shops.woo.tracking import parcels_of
from bot.store.orders.records import folded_email
from bot.support.gateway import Address, Line, Money, Order, Outcome, State

Json = Mapping[str, Any]
STATES: Mapping[str, State] = {
    "processing": State.OPEN, "completed": State.SHIPPED, "cancelled": State.CANCELLED, "refunded": State.CANCELLED,
    "shipped": State.SHIPPED, "partial-shipped": State.SHIPPED, "delivered": State.DELIVERED,
}  # fmt: skip
"""WooCommerce's own and those of the widespread shipment plugins; any other, as "on-hold", "pending" and "failed", is for a person
to judge."""
CALLED_OFF = frozenset({"cancelled", "refunded"})
NOT_ORDERS = frozenset({"trash", "auto-draft", "checkout-draft"})
VERSIONED = (
    "status", "currency", "total", "total_tax", "billing", "shipping", "line_items", "shipping_lines", "fee_lines", "refunds",
    "date_paid_gmt", "date_completed_gmt",
)  # fmt: skip
"""What an order must still be like for a change to it; notes and fields of plugins may come and go."""


def is_order(told: Json) -> bool:
    """Whether it is an order that somebody placed."""
    return str(told.get("status")) not in NOT_ORDERS


def order_of(told: Json) -> Order:
    """An order.

    Raises:
        Unreadable: when something is missing or of another kind.
    """
    try:
        return _order(told)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation, ZeroDivisionError) as error:
        raise Unreadable(f"the shop tells an order as it should not: {type(error).__name__}") from error


def _order(told: Json) -> Order:
    parcels, state = parcels_of(told), STATES.get(str(told["status"]), State.HELD)
    if state is State.OPEN and parcels:
        state = State.SHIPPED
    if told["status"] == "refunded" and (told.get("date_completed_gmt") or parcels):
        state = State.SHIPPED
    total, email = Decimal(told["total"]), folded_email(str(told["billing"]["email"]))
    method, paid_at = str(told.get("payment_method_title") or ""), _moment(told.get("date_paid_gmt"))
    placed = _moment(told["date_created_gmt"])
    if placed is None:
        raise ValueError("no day")
    address = address_of(told)
    marks = marks_of(told.get("meta_data", ()))
    return Order(
        number=str(told["number"]),
        email=email,
        state=state,
        placed_at=placed,
        currency=str(told["currency"]),
        total=total,
        lines=tuple(_line(one) for one in told["line_items"]),
        version=version_of(told),
        name=address.name,
        address=address,
        parcels=parcels,
        payments=(*((Money(total, method, at=paid_at),) if paid_at else ()), *refunds_of(told)),
        shipping=Decimal(told["shipping_total"]) + Decimal(told["shipping_tax"]),
        discount=Decimal(told["discount_total"]) + Decimal(told["discount_tax"]),
        delivery=next((str(one["method_title"]) for one in told["shipping_lines"]), ""),
        cancelled_at=next((one.at for one in marks if one.kind == CANCEL), None) if state is State.CANCELLED else None,
        customer=email,
    )


def version_of(told: Json) -> str:
    """The same for two answers that tell the same order."""
    kept = {name: told.get(name) for name in VERSIONED} | {"parcels": [repr(one) for one in parcels_of(told)]}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


def owed(told: Json) -> list[tuple[Decimal, str]]:
    """What goes back where an order is called off: all that was paid and not refunded yet, the way it was paid."""
    left = Decimal(told["total"]) - _refunded(told)
    return [(left, str(told.get("payment_method_title") or ""))] if told.get("date_paid_gmt") and left > 0 else []


def refunds_of(told: Json) -> list[Money]:
    """What was paid back, and what a cancellation in the chat left to pay back."""
    method = str(told.get("payment_method_title") or "")
    found = [Money(abs(Decimal(one["total"])), method, refund=True) for one in told.get("refunds", ())]
    for mark in [one for one in marks_of(told.get("meta_data", ())) if one.kind == CANCEL and is_so(told, one)]:
        still = sum((amount for amount, _ in mark.refunds), Decimal(0)) - _refunded(told)
        if still > 0:
            found.append(Money(still, method, refund=True, done=False, at=mark.at))
    return found


def is_so(told: Json, mark: Mark) -> bool:
    """Whether the order is what a mark of it says: called off, or on its way to the address. A note for the staff may be gone by now."""
    if mark.kind == CANCEL:
        return told["status"] in CALLED_OFF
    return not mark.done or place_of(told) == mark.place


def outcome_of(told: Json, key: str) -> Outcome | None:
    """What a change of a key led to; None where the order does not tell of it, or is not so.

    Raises:
        Unreadable: when something is missing or of another kind.
    """
    mark = mark_of(told.get("meta_data", ()), key)
    try:
        return mark.outcome if mark is not None and is_so(told, mark) else None
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"the shop tells an order as it should not: {type(error).__name__}") from error


def place_of(told: Json) -> str:
    """A digest of where the parcel goes, the same however its letters and spaces are written."""
    address = address_of(told)
    parts = (address.name, address.line1, address.line2, address.city, address.region, address.postcode, address.country)
    return hashlib.sha256(json.dumps(["".join(one.split()).casefold() for one in parts]).encode()).hexdigest()


def address_of(told: Json) -> Address:
    """Where the parcel goes: the address of delivery, which is left empty where it is the one of the bill."""
    delivery = told["shipping"]
    where = delivery if any(str(delivery.get(name) or "") for name in ("address_1", "city", "postcode")) else told["billing"]
    name = " ".join(part for part in (str(where.get("first_name") or ""), str(where.get("last_name") or "")) if part)
    fields = ("address_1", "address_2", "city", "state", "postcode", "country")
    return Address(name, *(str(where.get(field) or "") for field in fields))


def delivery_to(address: Address) -> dict[str, str]:
    """An address as WooCommerce takes it."""
    first, _, last = address.name.partition(" ")
    return {
        "first_name": first, "last_name": last, "company": "", "address_1": address.line1, "address_2": address.line2, "city": address.city,
        "state": address.region, "postcode": address.postcode, "country": address.country,
    }  # fmt: skip


def _line(told: Json) -> Line:
    quantity = int(told["quantity"])
    whole = Decimal(told["subtotal"]) + Decimal(told["subtotal_tax"])
    price = (whole / quantity).quantize(whole) if whole else Decimal(0)
    return Line(
        key=str(told["id"]), title=str(told.get("parent_name") or told["name"]), quantity=quantity, price=price, sku=str(told.get("sku") or ""),
        options=_options(told.get("meta_data", ())) if told.get("variation_id") else {}, product=str(told["product_id"]),
    )  # fmt: skip


def _options(fields: Sequence[Json]) -> dict[str, str]:
    """The options of a variation: "size": "30 ml". Fields of plugins begin with _."""
    shown = [(str(one.get("display_key") or one["key"]), one.get("display_value", one.get("value"))) for one in fields if not str(one["key"]).startswith("_")]
    return {name.removeprefix("pa_").lower(): value for name, value in shown if isinstance(value, str)}


def _refunded(told: Json) -> Decimal:
    return sum((abs(Decimal(one["total"])) for one in told.get("refunds", ())), Decimal(0))


def _moment(told: Any) -> datetime | None:
    """WooCommerce writes UTC without saying so."""
    return datetime.fromisoformat(told).replace(tzinfo=timezone.utc) if told else None
