"""Orders as WooCommerce's REST interface tells them, made of the same records as the order book's."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bot.store.orders.records import LineRecord, OrderRecord, ParcelRecord

STATUS = {"open": "processing", "packed": "processing", "shipped": "completed", "delivered": "delivered", "cancelled": "cancelled"}


def woo_order(record: OrderRecord, order_id: int, **instead: Any) -> dict[str, Any]:
    """An order of WooCommerce; `instead` replaces what it tells."""
    first, last = record.first_name, record.last_name
    where = {"first_name": first, "last_name": last, "company": "", **_address(record)}
    refunded = sum(one.amount for one in record.payments if one.kind == "refund")
    told = {
        "id": order_id, "parent_id": 0, "number": record.number, "order_key": f"wc_order_{order_id}", "status": STATUS[record.state],
        "currency": record.currency, "version": "10.3.0", "prices_include_tax": False, "customer_id": 0, "customer_note": "",
        "date_created_gmt": f"{record.placed_at:%Y-%m-%dT%H:%M:%S}",
        "date_paid_gmt": f"{record.paid_at:%Y-%m-%dT%H:%M:%S}" if record.paid_at else None,
        "date_completed_gmt": f"{record.placed_at:%Y-%m-%dT%H:%M:%S}" if record.state in ("shipped", "delivered") else None,
        "discount_total": _sum(record.discount), "discount_tax": "0.00", "shipping_total": _sum(record.shipping), "shipping_tax": "0.00",
        "total": _sum(record.total), "total_tax": "0.00",
        "billing": {**where, "email": record.email, "phone": "+1 555 0100"}, "shipping": {**where, "phone": ""},
        "payment_method": "stripe", "payment_method_title": next((one.method for one in record.payments if one.kind == "payment"), ""),
        "line_items": [_line(one, order_id * 10 + place) for place, one in enumerate(record.lines)],
        "shipping_lines": [{"id": order_id * 10 + 9, "method_id": "flat_rate", "method_title": record.delivery, "total": _sum(record.shipping)}],
        "fee_lines": [], "coupon_lines": [], "tax_lines": [],
        "refunds": [{"id": 9_000 + order_id, "reason": "", "total": f"-{_sum(refunded)}"}] if refunded else [],
        "meta_data": [{"id": 1, "key": "_wc_shipment_tracking_items", "value": [_tracking(one) for one in record.parcels]}] if record.parcels else [],
    }  # fmt: skip
    return {**told, **instead}


def _address(record: OrderRecord) -> dict[str, str]:
    names = {"line1": "address_1", "line2": "address_2", "city": "city", "region": "state", "postcode": "postcode", "country": "country"}
    return {name: record.address.get(ours, "") for ours, name in names.items()}


def _line(line: LineRecord, line_id: int) -> dict[str, Any]:
    whole = _sum(line.price * line.quantity)
    options = [
        {"id": place, "key": f"pa_{name}", "value": value, "display_key": name.capitalize(), "display_value": value}
        for place, (name, value) in enumerate(line.options.items())
    ]  # fmt: skip
    variant = ", ".join(line.options.values())
    return {
        "id": line_id, "name": f"{line.title} - {variant}" if variant else line.title, "parent_name": line.title if variant else None,
        "product_id": 7, "variation_id": 71 if variant else 0, "quantity": line.quantity, "subtotal": whole, "subtotal_tax": "0.00",
        "total": whole, "total_tax": "0.00", "sku": line.sku, "price": line.price / 100,
        "meta_data": [*options, {"id": 90, "key": "_reduced_stock", "value": str(line.quantity), "display_key": "_reduced_stock", "display_value": ""}],
    }  # fmt: skip


def _tracking(parcel: ParcelRecord) -> dict[str, str]:
    shipped = str(int(parcel.shipped_at.timestamp())) if parcel.shipped_at else ""
    return {"tracking_provider": "usps", "tracking_number": parcel.tracking, "custom_tracking_link": parcel.url, "date_shipped": shipped, "tracking_id": "1f"}


def _sum(amount: int) -> str:
    return str((Decimal(amount) / 100).quantize(Decimal("0.01")))
