"""Rows of the order book as the views of an `OrderGateway`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision

from bot.store.models import Product
from bot.store.models import Variant as VariantRow
from bot.store.orders.changing import can_be_had, options_of
from bot.store.orders.models import Customer as CustomerRow
from bot.store.orders.models import OrderReturn, Payment, PaymentMethod, Shipment, ShopOrder
from bot.support.gateway import Address, Customer, GoingBack, Line, Money, Order, Outcome, Parcel, State
from bot.support.variants import Method, Variant


def outcome_of(result: Mapping[str, Any], currency: str) -> Outcome:
    """What a change led to."""
    refunds = [(_major(one["amount"], currency), str(one["method"])) for one in result.get("refunds", ())]
    return Outcome(done=True, refunds=tuple(refunds))


def order_of(row: ShopOrder) -> Order:
    """An order."""
    keys = [str(line.position) for line in row.lines]
    back: dict[str, int] = {}
    for one in row.returns:
        for key, count in one.contents.items():
            back[key] = back.get(key, 0) + count
    return Order(
        number=row.number,
        email=row.email,
        state=State(row.state),
        placed_at=row.placed_at,
        currency=row.currency,
        total=_major(row.total, row.currency),
        lines=tuple(
            Line(str(one.position), one.title, one.quantity, _major(one.price, row.currency), one.sku, one.options, back.get(str(one.position), 0), one.product_key)
            for one in row.lines
        ),
        version=row.version,
        name=str(row.address.get("name") or ""),
        address=Address(**{name: str(value) for name, value in row.address.items()}),
        parcels=tuple(_parcel(one, keys, row.shipments) for one in row.shipments),
        payments=tuple(_money(one, row.currency) for one in row.payments),
        returns=tuple(_going_back(one, row.currency) for one in row.returns),
        shipping=_major(row.shipping, row.currency),
        discount=_major(row.discount, row.currency),
        delivery=row.delivery,
        cancelled_at=row.cancelled_at,
        customer=row.customer.key,
        paid_with=next((one.method_key for one in reversed(row.payments) if one.kind == "payment"), ""),
        items_changed=row.changed_items,
    )


def customer_of(row: CustomerRow, numbers: Sequence[str]) -> Customer:
    """A customer with the numbers of their orders."""
    own: Mapping[str, str] = next((one.address for one in row.addresses if one.position == 0), {})
    methods = tuple(_method(one) for one in row.methods)
    currency = next((one.currency for one in row.methods), "")
    address = Address(**{name: str(value) for name, value in own.items()})
    return Customer(row.key, row.email, row.first_name, row.last_name, address, methods, tuple(numbers), currency)


def variant_of(product: Product, row: VariantRow) -> Variant:
    """A variant of the catalogue."""
    return Variant(row.sku or "", product.title, options_of(row), _major(row.price, row.currency), can_be_had(row))


def _method(row: PaymentMethod) -> Method:
    return Method(row.key, row.kind, row.label, None if row.balance is None else _major(row.balance, row.currency))


def _parcel(row: Shipment, keys: Sequence[str], parcels: Sequence[Shipment]) -> Parcel:
    elsewhere = {key for one in parcels for key in one.contents}
    lines = tuple(row.contents) or tuple(key for key in keys if key not in elsewhere)
    return Parcel(lines, row.carrier, row.tracking, row.url, row.shipped_at, row.expected_on, row.delivered_at)


def _money(row: Payment, currency: str) -> Money:
    return Money(_major(row.amount, currency), row.method, row.kind == "refund", row.done, row.at)


def _going_back(row: OrderReturn, currency: str) -> GoingBack:
    return GoingBack(row.contents, row.state, _major(row.refund, currency), row.refund_to, row.kind == "exchange", row.at)


def _major(amount: int, currency: str) -> Decimal:
    return Decimal(amount).scaleb(-get_currency_precision(currency))
