"""What was written to the book, in the benchmark's own terms, so that its check can compare it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Mapping

from sqlalchemy import select

from bot.store.database import Database
from bot.store.orders.models import Customer, CustomerChange, OrderChange, ShopOrder
from bot.store.support_models import CustomerRequest, Ticket

COUNTRIES = {"US": "USA"}
Write = dict[str, Any]


def writes_of(database: Database, sender: str) -> list[Write]:
    """Everything that a conversation changed, in its order."""
    with database.session() as session:
        tokens = set(session.execute(select(CustomerRequest.token).where(CustomerRequest.sender == sender)).scalars())
        of_orders = session.execute(select(OrderChange, ShopOrder.number).join(ShopOrder, ShopOrder.id == OrderChange.order_id).where(OrderChange.key.in_(tokens)))
        found: list[tuple[datetime, Write]] = [(change.at, _of_order(change, number)) for change, number in of_orders]
        of_customers = session.execute(select(CustomerChange, Customer.key).join(Customer, Customer.id == CustomerChange.customer_id).where(CustomerChange.key.in_(tokens)))
        found += [(change.at, {"op": "modify_user_address", "user_id": key, **_address(change.result["asked"])}) for change, key in of_customers]
        tickets = session.execute(select(Ticket).where(Ticket.sender == sender)).scalars()
        found += [(one.at, {"op": "transfer_to_human_agents"}) for one in tickets]
    return [write for _, write in sorted(found, key=lambda one: one[0])]


def _of_order(change: OrderChange, number: str) -> Write:
    asked: Mapping[str, Any] = change.result.get("asked") or {}
    base = {"order_id": number}
    if change.kind == "cancel":
        return {"op": "cancel_pending_order", **base, "reason": asked["reason"]}
    if change.kind == "address":
        return {"op": "modify_pending_order_address", **base, **_address(asked)}
    if change.kind == "payment":
        return {"op": "modify_pending_order_payment", **base, "payment_method_id": asked["method"]}
    if change.kind == "return":
        return {"op": "return_delivered_order_items", **base, "item_ids": asked["skus"], "payment_method_id": asked["method"]}
    swaps = [(old, sku) for old, sku, count in asked["swaps"] for _ in range(count)]
    op = "modify_pending_order_items" if change.kind == "items" else "exchange_delivered_order_items"
    pairs = {"item_ids": [old for old, _ in swaps], "new_item_ids": [sku for _, sku in swaps]}
    return {"op": op, **base, **pairs, "payment_method_id": asked["method"]}


def _address(asked: Mapping[str, str]) -> Write:
    country = asked.get("country", "")
    return {
        "address1": asked["line1"], "address2": asked["line2"], "city": asked["city"], "state": asked["region"],
        "country": COUNTRIES.get(country, country), "zip": asked["postcode"],
    }
