"""An order as the assistant is told it. Amounts are texts of major units, moments have a zone."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from glasskin_orders.conf import chosen
from glasskin_orders.models import CANCEL, REFUSED, RETURN
from glasskin_orders.parcels import came_back, parcels_of

HELD = "held"


def told(order: Any) -> dict[str, Any]:
    """Everything of an order; `version` is another once any of it is."""
    whole = _told(order)
    return {**whole, "version": hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()}


def email_of(order: Any) -> str:
    """Whose it is, in small letters."""
    return str(order.email or "").strip().lower()


def _told(order: Any) -> dict[str, Any]:
    events = list(order.shipping_events.select_related("event_type").prefetch_related("line_quantities"))
    changes, parcels = list(order.glasskin_changes.all()), parcels_of(events)
    back = returned(order, changes, events)
    called = next((one for one in changes if one.kind == CANCEL), None)
    lines = [_line(one, back.get(one.id, 0)) for one in order.lines.select_related("product__parent").order_by("id")]
    return {
        "number": order.number, "email": email_of(order), "state": _state(order, parcels, lines), "placed_at": order.date_placed.isoformat(),
        "currency": order.currency, "total": str(order.total_incl_tax), "shipping": str(order.shipping_incl_tax),
        "discount": str(sum((one.amount for one in order.discounts.all()), Decimal(0))), "delivery": order.shipping_method,
        "address": _address(order.shipping_address), "lines": lines, "parcels": parcels, "payments": payments_of(order, changes),
        "returns": [_return(one) for one in changes if one.kind == RETURN], "cancelled_at": called.at.isoformat() if called else None,
    }  # fmt: skip


def returned(order: Any, changes: list[Any], events: list[Any]) -> dict[int, int]:
    """How many of each line are on their way back or there, by the line's id."""
    asked: dict[int, int] = {}
    for one in changes:
        if one.kind == RETURN and one.state != REFUSED:
            for line, count in one.lines.items():
                asked[int(line)] = asked.get(int(line), 0) + count
    there = came_back(events)
    return {line: max(asked.get(line, 0), there.get(line, 0)) for line in {*asked, *there}}


def method_of(source: Any) -> str:
    """The way something was paid."""
    return str(source.label or source.source_type.name)


def payments_of(order: Any, changes: list[Any]) -> list[dict[str, Any]]:
    """What was paid and paid back, and what a cancellation left to pay back."""
    sources = list(order.sources.select_related("source_type"))
    found = [_money(one.amount_debited, method_of(one)) for one in sources if one.amount_debited]
    found += [_money(one.amount_refunded, method_of(one), refund=True) for one in sources if one.amount_refunded]
    owed = [(Decimal(amount), method) for one in changes if one.kind == CANCEL for amount, method in one.refunds]
    for amount, method in owed:
        still = amount - sum((one.amount_refunded for one in sources if method_of(one) == method), Decimal(0))
        if still > 0:
            found.append(_money(still, method, refund=True, done=False))
    return found


def _state(order: Any, parcels: list[Any], lines: list[Any]) -> str:
    state = chosen("GLASSKIN_STATES").get(order.status, HELD)
    arrived = {key for one in parcels if one["delivered_at"] for key in one["lines"]}
    if parcels and state in ("open", "packed", "shipped"):
        return "delivered" if lines and arrived == {one["key"] for one in lines} else "shipped"
    return state


def _line(line: Any, back: int) -> dict[str, Any]:
    product = line.product
    parent = product.parent if product is not None and product.is_child else None
    options = {one.attribute.code: one.value_as_text for one in product.attribute_values.select_related("attribute")} if parent else {}
    options.update({one.type: str(one.value) for one in line.attributes.all()})
    return {
        "key": str(line.id), "title": parent.title if parent else line.title, "sku": line.partner_sku, "quantity": line.quantity,
        "price": str(line.unit_price_incl_tax), "options": options, "returned": back, "product": str((parent or product).id if product else ""),
    }  # fmt: skip


def _address(address: Any) -> dict[str, str]:
    if address is None:
        return {}
    return {
        "name": " ".join(part for part in (address.first_name, address.last_name) if part), "line1": address.line1, "line2": address.line2,
        "city": address.line4, "region": address.state, "postcode": address.postcode or "", "country": address.country_id,
    }  # fmt: skip


def _return(change: Any) -> dict[str, Any]:
    (amount, method) = change.refunds[0] if change.refunds else ("0", "")
    return {"lines": change.lines, "state": change.state, "refund": amount, "method": method, "at": change.at.isoformat()}


def _money(amount: Decimal, method: str, refund: bool = False, done: bool = True) -> dict[str, Any]:
    return {"amount": str(amount), "method": method, "refund": refund, "done": done}
