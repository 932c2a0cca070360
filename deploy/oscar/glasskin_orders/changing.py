"""Changes of orders: each once for its key, and only of the order that was looked at, all within one transaction."""

from decimal import Decimal
from typing import Any, Callable, Mapping

from django.db import transaction
from oscar.core.loading import get_class, get_model

from glasskin_orders.conf import chosen
from glasskin_orders.models import ADDRESS, CANCEL, REQUESTED, RETURN, OrderChange
from glasskin_orders.telling import method_of, told

Order, ShippingAddress, Country = get_model("order", "Order"), get_model("order", "ShippingAddress"), get_model("address", "Country")
EventHandler = get_class("order.processing", "EventHandler")
BEFORE_THE_CARRIER = ("open", "packed")
AT_THE_CUSTOMER = ("shipped", "delivered")
NOTE = "Assistant"


class Moved(Exception):
    """The order is another than the one looked at, or nothing that this can be done with; nothing was changed."""


def change(asked: Mapping[str, Any]) -> OrderChange:
    """Does a change that was not done under its key yet.

    Raises:
        Moved, KeyError, TypeError, ValueError: nothing was changed; the latter where the request is none.
    """
    kind, key = KINDS[asked["kind"]], str(asked["key"])
    if not 0 < len(key) <= OrderChange._meta.get_field("key").max_length:
        raise ValueError("key")
    with transaction.atomic():
        number = str(asked["number"])
        if not Order.objects.filter(number=number).update(number=number):  # holds it, on every database, before anything is read
            raise Moved
        done = OrderChange.objects.filter(key=key).first()
        if done is not None:
            return done
        order = Order.objects.get(number=number)
        now = told(order)
        if now["version"] != asked["version"]:
            raise Moved
        fields = kind(order, now, asked)
        return OrderChange.objects.create(order=order, key=key, kind=asked["kind"], **fields)


def outcome_of(change: OrderChange) -> dict[str, Any]:
    """What a change led to."""
    return {"done": True, "refunds": change.refunds}


def _cancel(order: Any, now: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    status = chosen("GLASSKIN_CANCELLED")
    if now["state"] not in BEFORE_THE_CARRIER or status not in order.available_statuses():
        raise Moved
    owed = [(one.amount_debited - one.amount_refunded, method_of(one)) for one in order.sources.select_related("source_type")]
    handler = EventHandler()
    handler.handle_order_status_change(order, status, note_msg=f"{NOTE}: cancelled by the customer in the chat. {asked.get('reason', '')}".strip())
    handler.cancel_stock_allocations(order)
    return {"reason": str(asked.get("reason", "")), "refunds": [[str(amount), method] for amount, method in owed if amount > 0]}


def _send_elsewhere(order: Any, now: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    to = asked["address"]
    if now["state"] not in BEFORE_THE_CARRIER or not Country.objects.filter(iso_3166_1_a2=to["country"], is_shipping_country=True).exists():
        raise Moved
    first, _, last = str(to["name"]).partition(" ")
    before = order.shipping_address
    order.shipping_address = ShippingAddress.objects.create(
        first_name=first, last_name=last, line1=to["line1"], line2=to["line2"], line4=to["city"], state=to["region"], postcode=to["postcode"],
        country_id=to["country"], phone_number=before.phone_number if before else "", notes=before.notes if before else "",
    )  # fmt: skip
    order.save()
    EventHandler().create_note(order, f"{NOTE}: the address was changed by the customer in the chat; it was {before.summary if before else 'none'}.")
    return {}


def _return(order: Any, now: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    lines = {one["key"]: one for one in now["lines"]}
    wanted = {str(key): int(count) for key, count in asked["lines"].items()}
    left = {key: one["quantity"] - one["returned"] for key, one in lines.items()}
    if now["state"] not in AT_THE_CUSTOMER or not wanted or any(not 0 < count <= left.get(key, 0) for key, count in wanted.items()):
        raise Moved
    back = sum((Decimal(lines[key]["price"]) * count for key, count in wanted.items()), Decimal(0))
    method = next((one["method"] for one in now["payments"] if not one["refund"]), "")
    names = ", ".join(f"{count} x {lines[key]['title']}" for key, count in wanted.items())
    EventHandler().create_note(order, f"{NOTE}: the customer returns {names}. Reason: {asked.get('reason') or 'none told'}. To pay back then: {back} to {method or 'nobody paid'}.")
    return {"reason": str(asked.get("reason", "")), "lines": wanted, "refunds": [[str(back), method]] if method else [], "state": REQUESTED}


KINDS: dict[str, Callable[[Any, Mapping[str, Any], Mapping[str, Any]], dict[str, Any]]] = {CANCEL: _cancel, ADDRESS: _send_elsewhere, RETURN: _return}
