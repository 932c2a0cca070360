"""An order as the app of deploy/oscar tells it as the port's `Order`. Anything that is not as it should be raises `Unreadable`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from bot.shops.http import Unreadable
from bot.store.orders.records import folded_email
from bot.support.gateway import Address, GoingBack, Line, Money, Order, Outcome, Parcel, State
from bot.support.variants import Variant

Json = Mapping[str, Any]
Told = TypeVar("Told")
STATES = frozenset(state.value for state in State)
LINKS = ("https://", "http://")


def order_of(told: Json) -> Order:
    """An order.

    Raises:
        Unreadable: when something is missing or of another kind.
    """
    return _read(_order, told)


def outcome_of(told: Json) -> Outcome:
    """What a change led to. Raises as `order_of`."""
    return _read(lambda one: Outcome(one["done"] is True, tuple((Decimal(amount), str(method)) for amount, method in one["refunds"])), told)


def variant_of(told: Json) -> tuple[str, Variant]:
    """A variant behind the currency of its price. Raises as `order_of`."""
    return _read(_variant, told)


def _read(read: Callable[[Json], Told], told: Json) -> Told:
    try:
        return read(told)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise Unreadable(f"the shop tells an order or a product as it should not: {type(error).__name__}") from error


def _order(told: Json) -> Order:
    address, email = Address(**told["address"]), folded_email(told["email"])
    return Order(
        number=str(told["number"]),
        email=email,
        state=State(told["state"]) if told["state"] in STATES else State.HELD,
        placed_at=datetime.fromisoformat(told["placed_at"]),
        currency=str(told["currency"]),
        total=Decimal(told["total"]),
        lines=tuple(_line(one) for one in told["lines"]),
        version=str(told["version"]),
        name=address.name,
        address=address,
        parcels=tuple(_parcel(one) for one in told["parcels"]),
        payments=tuple(Money(Decimal(one["amount"]), str(one["method"]), one["refund"] is True, one["done"] is True) for one in told["payments"]),
        returns=tuple(_going_back(one) for one in told["returns"]),
        shipping=Decimal(told["shipping"]),
        discount=Decimal(told["discount"]),
        delivery=str(told["delivery"]),
        cancelled_at=_moment(told["cancelled_at"]),
        customer=email,
    )


def _line(told: Json) -> Line:
    options = {str(name): str(value) for name, value in told["options"].items()}
    return Line(
        str(told["key"]), str(told["title"]), int(told["quantity"]), Decimal(told["price"]), str(told["sku"]), options, int(told["returned"]), str(told["product"])
    )


def _parcel(told: Json) -> Parcel:
    url = str(told["url"])
    return Parcel(
        tuple(str(key) for key in told["lines"]), str(told["carrier"]), str(told["tracking"]), url if url.startswith(LINKS) else "",
        _moment(told["shipped_at"]), None, _moment(told["delivered_at"]),
    )  # fmt: skip


def _going_back(told: Json) -> GoingBack:
    lines = {str(key): int(count) for key, count in told["lines"].items()}
    return GoingBack(lines, str(told["state"]), Decimal(told["refund"]), str(told["method"]), at=_moment(told["at"]))


def _variant(told: Json) -> tuple[str, Variant]:
    options = {str(name): str(value) for name, value in told["options"].items()}
    return str(told["currency"]), Variant(str(told["sku"]), str(told["title"]), options, Decimal(told["price"]), told["available"] is True)


def _moment(told: Any) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
