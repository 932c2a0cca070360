"""Tells the assistant what changes in the shop: stock and orders, signed, after the transaction that changed it. What is not taken is
not kept: every event tells how things are, so the next one mends it."""

import hashlib
import hmac
import json
import logging
import threading
import time
import urllib.request
import uuid
from datetime import datetime, timezone
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from oscar.apps.order.signals import order_status_changed
from oscar.core.loading import get_model

from glasskin_orders.conf import chosen

logger = logging.getLogger(__name__)
TIMEOUT_S = 5


@receiver(order_status_changed)
def order_moved(sender: Any, order: Any, **_: Any) -> None:
    """An order has another status."""
    state = chosen("GLASSKIN_STATES").get(order.status)
    if state is not None:
        tell({"event": "order.state", "number": order.number, "state": state})


@receiver(post_save, sender=get_model("partner", "StockRecord"))
def stock_moved(sender: Any, instance: Any, **_: Any) -> None:
    """So many of a variant are left."""
    if instance.num_in_stock is not None:
        instance.refresh_from_db(fields=["num_in_stock", "num_allocated"])  # oscar adds in the database: the instance holds an expression
        tell({"event": "stock", "sku": instance.partner_sku, "stock": max(instance.net_stock_level, 0)})


def tell(event: dict[str, Any]) -> None:
    """Posts an event once what it tells is kept."""
    url, secret = chosen("GLASSKIN_EVENTS_URL"), chosen("GLASSKIN_EVENTS_SECRET")
    if not url or not secret:
        return
    event = {"id": uuid.uuid4().hex, "at": datetime.now(timezone.utc).isoformat(), **event}
    transaction.on_commit(lambda: threading.Thread(target=_post, args=(url, secret, event), daemon=True).start())


def _post(url: str, secret: str, event: dict[str, Any]) -> None:
    body, at = json.dumps(event).encode(), int(time.time())
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "X-Glasskin-Signature": f"t={at},v1={digest}"}
    try:
        urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=TIMEOUT_S).close()
    except OSError as error:
        logger.warning("the assistant did not take an event: %s", error)
