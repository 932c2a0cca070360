"""Orders as Shopify keeps them, made of the same records as the order book's."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.store.orders.records import OrderRecord, ParcelRecord

PARCELS = {"open": "UNFULFILLED", "packed": "IN_PROGRESS", "shipped": "FULFILLED", "delivered": "FULFILLED", "cancelled": "UNFULFILLED"}

FIELDS = {
    "name": "name", "line1": "address1", "line2": "address2", "city": "city", "region": "provinceCode", "postcode": "zip", "country": "countryCodeV2",
}  # fmt: skip


def shopify_order(record: OrderRecord, number: int) -> dict[str, Any]:
    """An order of Shopify."""
    lines = [
        {"id": gid("LineItem", number * 10 + place), "title": one.title, "variantTitle": ", ".join(one.options.values()) or None,
         "quantity": one.quantity, "currentQuantity": one.quantity, "sku": one.sku, "originalUnitPriceSet": _money(one.price)}
        for place, one in enumerate(record.lines)
    ]  # fmt: skip
    where = {name: record.address.get(ours, "") for ours, name in FIELDS.items()}
    return {
        "__typename": "Order", "id": gid("Order", number), "name": record.number, "email": record.email, "createdAt": _at(record.placed_at),
        "cancelledAt": _at(record.cancelled_at), "cancellation": None, "closed": False, "presentmentCurrencyCode": record.currency,
        "displayFulfillmentStatus": PARCELS[record.state], "displayFinancialStatus": "PAID", "totalPriceSet": _money(record.total),
        "totalShippingPriceSet": _money(record.shipping), "totalDiscountsSet": _money(record.discount), "shippingLine": {"title": record.delivery},
        "shippingAddress": where, "lineItems": {"nodes": lines},
        "fulfillments": [_parcel(one, lines, number * 10 + place) for place, one in enumerate(record.parcels)],
        "transactions": [
            {"kind": "REFUND" if one.kind == "refund" else "SALE", "status": "SUCCESS" if one.done else "PENDING", "formattedGateway": "Shopify Payments",
             "processedAt": _at(one.at), "amountSet": _money(one.amount),
             "paymentDetails": {"__typename": "CardPaymentDetails", "company": one.method.split(" ")[0], "number": f"•••• •••• •••• {one.method[-4:]}"}}
            for one in record.payments
        ],
        "metafields": {"nodes": []}, "returns": {"nodes": []},
    }  # fmt: skip


def gid(kind: str, number: int) -> str:
    """An id as Shopify writes it."""
    return f"gid://shopify/{kind}/{number}"


def _parcel(parcel: ParcelRecord, lines: list[dict[str, Any]], number: int) -> dict[str, Any]:
    inside = [{"id": gid("FulfillmentLineItem", number * 10 + place), "quantity": count, "lineItem": lines[place]} for place, count in parcel.contents.items()]
    return {
        "id": gid("Fulfillment", number), "status": "SUCCESS", "createdAt": _at(parcel.shipped_at), "deliveredAt": _at(parcel.delivered_at),
        "estimatedDeliveryAt": None,
        "trackingInfo": [{"company": parcel.carrier, "number": parcel.tracking, "url": parcel.url}], "fulfillmentLineItems": {"nodes": inside},
    }  # fmt: skip


def _money(amount: int) -> dict[str, Any]:
    told = {"amount": str((Decimal(amount) / 100).quantize(Decimal("0.01"))), "currencyCode": "USD"}
    return {"presentmentMoney": told, "shopMoney": told}


def _at(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z" if moment else None
