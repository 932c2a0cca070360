"""Tells the assistant what changes in the shop: stock and orders, signed, after the transaction that changed it. What is not taken is
not kept: every event tells how things are, so the next one mends it."""

import uuid
from datetime import datetime, timezone
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from oscar.apps.order.signals import order_status_changed
from oscar.core.loading import get_model

from glasskin_orders.conf import chosen
from glasskin_orders.posting import post_later


@receiver(order_status_changed)
def order_moved(sender: Any, order: Any, **_: Any) -> None:
    """An order has another status."""
    state = chosen("GLASSKIN_STATES").get(order.status)
    if state is not None:
        tell(_now(), {"event": "order.state", "number": order.number, "state": state})


@receiver(post_save, sender=get_model("partner", "StockRecord"))
def stock_moved(sender: Any, instance: Any, **_: Any) -> None:
    """So many of a variant are left."""
    if instance.num_in_stock is not None:
        at = _now()  # before it is read: what another changes behind that is newer
        instance.refresh_from_db(fields=["num_in_stock", "num_allocated"])  # oscar adds in the database: the instance holds an expression
        tell(at, {"event": "stock", "sku": instance.partner_sku, "stock": max(instance.net_stock_level, 0)})


def tell(at: str, event: dict[str, Any]) -> None:
    """Posts an event once what it tells is kept; `at` is of when it tells."""
    url, secret = chosen("GLASSKIN_EVENTS_URL"), chosen("GLASSKIN_EVENTS_SECRET")
    if not url or not secret:
        return
    event = {"id": uuid.uuid4().hex, "at": at, **event}
    transaction.on_commit(lambda: post_later(url, secret, event))


def _now() -> str:
    return datetime.now(timezone.utc).isoformat()
