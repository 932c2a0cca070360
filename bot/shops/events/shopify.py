"""Shopify's webhooks: orders, their parcels, and the stock of products. They come at least once and in any order."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.shops.events.form import Json, Unusable, cell, moment_of, needed, order_from
from bot.store.orders.records import OrderRecord, ParcelRecord
from bot.store.shop_events.told import Event, OrderTold, ParcelTold, StockTold

SIGNATURE, TOPIC, EVENT, WHEN = "x-shopify-hmac-sha256", "x-shopify-topic", "x-shopify-event-id", "x-shopify-triggered-at"
ORDERS = frozenset({"orders/create", "orders/updated", "orders/cancelled", "orders/fulfilled", "orders/partially_fulfilled", "orders/paid", "orders/edited"})
PARCELS = frozenset({"fulfillments/create", "fulfillments/update"})
STOCK = frozenset({"products/create", "products/update"})
PAID = frozenset({"paid", "partially_refunded", "refunded"})
SENT = frozenset({"success", "open", "pending"})


def signed(secret: str, body: bytes, headers: Mapping[str, str], now: float) -> bool:
    """Whether Shopify signed it."""
    digest = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest())
    return hmac.compare_digest(digest, headers.get(SIGNATURE, "").encode())


def events_of(sent: Json, headers: Mapping[str, str]) -> list[Event]:
    """The events of a webhook; none where its topic tells nothing that is kept.

    Raises:
        Unusable: when it is not as Shopify documents it.
    """
    topic, identity = headers.get(TOPIC, ""), headers.get(EVENT, "")
    if topic not in ORDERS | PARCELS | STOCK:
        return []
    if not identity:
        raise Unusable("the header X-Shopify-Event-Id is missing")
    at = moment_of(headers.get(WHEN) or sent.get("updated_at"))
    try:
        if topic in ORDERS:
            return [Event(f"shopify {identity}", at, OrderTold(_order(sent)))]
        if topic in PARCELS:
            return [Event(f"shopify {identity}", at, _parcel(sent))] if sent["status"] in SENT else []
        return [
            Event(f"shopify {identity} {one['sku']}", at, StockTold(str(one["sku"]), max(0, int(one["inventory_quantity"]))))
            for one in sent["variants"] if one.get("sku") and one.get("inventory_management") == "shopify"
        ]  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise Unusable(f"it is not as Shopify documents it: {type(error).__name__}") from error


def _order(sent: Json) -> OrderRecord:
    address = sent.get("shipping_address") or sent.get("billing_address") or {}
    parcels = {item["id"]: one for one in sent.get("fulfillments") or () if one["status"] in SENT for item in one["line_items"]}
    back = sum((Decimal(one["amount"]) for refund in sent.get("refunds") or () for one in refund.get("transactions") or () if one["kind"] == "refund"), Decimal(0))
    first = {
        "number": sent["name"], "email": sent["email"] or sent.get("contact_email"), "placed": cell(sent["created_at"]), "name": address.get("name"),
        "currency": needed(sent, "currency"), "state": sent.get("fulfillment_status") or "unfulfilled", "shipping": _amount(sent.get("total_shipping_price_set")),
        "discount": sent.get("total_discounts"), "tax": sent.get("total_tax"), "total": needed(sent, "total_price"),
        "delivery": next((one["title"] for one in sent.get("shipping_lines") or ()), ""), "payment": next(iter(sent.get("payment_gateway_names") or ()), ""),
        "paid": cell(sent.get("processed_at")) if sent.get("financial_status") in PAID else "", "cancelled": cell(sent.get("cancelled_at")),
        "refunded": str(back) if back else "", "line1": address.get("address1"), "line2": address.get("address2"), "city": address.get("city"),
        "region": address.get("province_code"), "postcode": address.get("zip"), "country": address.get("country_code"),
    }  # fmt: skip
    lines = [one for one in sent["line_items"] if int(one.get("current_quantity", one["quantity"])) > 0] or sent["line_items"]
    return order_from([{**first, **_line(one), **_in_parcel(parcels.get(one["id"]))} for one in lines], str(sent["currency"]))


def _line(told: Json) -> dict[str, Any]:
    return {
        "title": told["title"], "option": told.get("variant_title"), "sku": told.get("sku"), "price": told["price"],
        "quantity": told.get("current_quantity") or told["quantity"],
    }  # fmt: skip


def _in_parcel(told: Json | None) -> dict[str, Any]:
    if told is None:
        return {}
    return {
        "parcel": told["id"], "carrier": told.get("tracking_company"), "tracking": told.get("tracking_number"), "tracking_url": told.get("tracking_url"),
        "shipped": cell(told["created_at"]), "delivered": cell(told["updated_at"]) if told.get("shipment_status") == "delivered" else "",
    }  # fmt: skip


def _parcel(sent: Json) -> ParcelTold:
    """Of which order it is stands in its name: "#1001.1"."""
    url = str(sent.get("tracking_url") or "")
    parcel = ParcelRecord(
        {}, str(sent.get("tracking_company") or ""), str(sent.get("tracking_number") or ""), url if url.startswith(("https://", "http://")) else "",
        moment_of(sent["created_at"]), None, moment_of(sent["updated_at"]) if sent.get("shipment_status") == "delivered" else None,
    )  # fmt: skip
    skus: dict[str, int] = {}
    for one in sent["line_items"]:
        if one.get("sku"):
            skus[str(one["sku"])] = skus.get(str(one["sku"]), 0) + int(one["quantity"])
    return ParcelTold(str(sent["name"]).rpartition(".")[0], parcel, skus)


def _amount(told: Any) -> str:
    return str(told["shop_money"]["amount"]) if told else ""
