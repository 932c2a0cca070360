"""WooCommerce's webhooks: orders and the stock of products."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.shops.events.form import Json, Unusable, cell, moment_of, needed, order_from
from bot.shops.woo.reading import is_order
from bot.shops.woo.tracking import parcels_of
from bot.store.orders.records import OrderRecord
from bot.store.shop_events.told import Event, OrderTold, StockTold

SIGNATURE, TOPIC = "x-wc-webhook-signature", "x-wc-webhook-topic"
ORDERS, STOCK = frozenset({"order.created", "order.updated", "order.restored"}), frozenset({"product.created", "product.updated", "product.restored"})
STATES = {"pending": "open", "on-hold": "open", "partial-shipped": "shipped"}
"""Words that files do not have; what is in a state of another plugin is not taken."""
PING, LONGEST_PING = b"webhook_id=", 32


def signed(secret: str, body: bytes, headers: Mapping[str, str], now: float) -> bool:
    """Whether WooCommerce signed it."""
    digest = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest())
    return hmac.compare_digest(digest, headers.get(SIGNATURE, "").encode())


def is_ping(body: bytes) -> bool:
    """Whether it is the first of a new webhook, which tells nothing and is never signed."""
    return len(body) <= LONGEST_PING and body.startswith(PING) and body.removeprefix(PING).isdigit()


def events_of(sent: Json, headers: Mapping[str, str]) -> list[Event]:
    """The events of a webhook; none where its topic tells nothing that is kept.

    Raises:
        Unusable: when it is not as WooCommerce documents it.
    """
    topic = headers.get(TOPIC, "")
    if topic not in ORDERS | STOCK:
        return []
    try:
        identity = _identity(topic, sent)
        at = moment_of(sent["date_modified_gmt"], zone=False)
        if topic in ORDERS:
            return [Event(identity, at, OrderTold(_order(sent)))] if is_order(sent) else []
        if not sent.get("sku") or sent.get("stock_quantity") is None:
            return []
        return [Event(identity, at, StockTold(str(sent["sku"]), max(0, int(sent["stock_quantity"]))))]
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise Unusable(f"it is not as WooCommerce documents it: {type(error).__name__}") from error


def _identity(topic: str, sent: Json) -> str:
    """What is the same for the same sent twice. WooCommerce's own id of a delivery is one for all that a webhook sends in a second."""
    return f"woo {topic} {int(sent['id'])} {hashlib.sha256(json.dumps(sent, sort_keys=True).encode()).hexdigest()}"


def _order(sent: Json) -> OrderRecord:
    delivery, bill = sent["shipping"], sent["billing"]
    address = delivery if delivery.get("address_1") else bill
    back = sum((abs(Decimal(one["total"])) for one in sent.get("refunds") or ()), Decimal(0))
    state, done = str(sent["status"]), cell(sent.get("date_completed_gmt"), zone=False)
    first = {
        "number": sent["number"], "email": bill["email"], "placed": cell(sent["date_created_gmt"], zone=False), "currency": needed(sent, "currency"),
        "name": f"{address.get('first_name', '')} {address.get('last_name', '')}", "state": STATES.get(state, state), "total": needed(sent, "total"),
        "shipping": str(Decimal(sent["shipping_total"]) + Decimal(sent["shipping_tax"])), "tax": sent.get("total_tax"),
        "discount": str(Decimal(sent["discount_total"]) + Decimal(sent["discount_tax"])),
        "delivery": next((one["method_title"] for one in sent.get("shipping_lines") or ()), ""), "payment": sent.get("payment_method_title"),
        "paid": cell(sent.get("date_paid_gmt"), zone=False), "refunded": str(back) if back else "",
        "cancelled": cell(sent["date_modified_gmt"], zone=False) if state == "cancelled" else "", "line1": address.get("address_1"),
        "line2": address.get("address_2"), "city": address.get("city"), "region": address.get("state"), "postcode": address.get("postcode"),
        "country": address.get("country"), **_sent(sent, done),
    }  # fmt: skip
    return order_from([{**first, **_line(one)} for one in sent["line_items"]], str(sent["currency"]))


def _line(told: Json) -> dict[str, Any]:
    count = int(told["quantity"])
    whole = Decimal(told["subtotal"]) + Decimal(told["subtotal_tax"])
    options = [str(one["display_value"]) for one in told.get("meta_data") or () if not str(one.get("key", "_")).startswith("_") and one.get("display_value")]
    return {
        "title": told.get("parent_name") or told["name"], "option": ", ".join(options) if told.get("variation_id") else "", "sku": told.get("sku"),
        "quantity": count, "price": str((whole / count).quantize(Decimal("0.01"))),
    }  # fmt: skip


def _sent(sent: Json, done: str) -> dict[str, str]:
    """The one parcel that is told. Which of several holds what WooCommerce does not keep."""
    parcels = parcels_of(sent)
    if len(parcels) != 1:
        return {"shipped": done} if parcels else {}
    (one,) = parcels
    shipped = one.shipped_at.isoformat() if one.shipped_at else ""
    return {"carrier": one.carrier, "tracking": one.tracking, "tracking_url": one.url, "shipped": cell(shipped)}
