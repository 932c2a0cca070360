"""Our own form of events, for a shop whose engine has none that is known here, and for the apps in deploy: JSON with `id`, `event`, `at`,
signed as what goes to helpdesks is (docs/engines.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.shops.events.form import Json, Unusable, cell, moment_of, order_from, text_of
from bot.store.importers.base import RowError
from bot.store.importers.fields import bounded
from bot.store.models import SKU_LENGTH, URL_LENGTH
from bot.store.orders.models import KEY_LENGTH, NAME_LENGTH, NUMBER_LENGTH, STATES
from bot.store.orders.records import ParcelRecord, folded_number
from bot.store.shop_events.told import Event, OrderTold, ParcelTold, StateTold, StockTold, What
from bot.support.places.webhook.signing import HEADER, is_signed

LONGEST_ID = 200
MOST = 10_000_000
DATES = ("placed", "paid", "cancelled", "shipped", "expected", "delivered")


def signed(secret: str, body: bytes, headers: Mapping[str, str], now: float) -> bool:
    """Whether it was signed with the secret, not long ago."""
    return is_signed(secret, body, headers.get(HEADER.lower(), ""), now)


def events_of(sent: Json, currency: str) -> list[Event]:
    """The event of a request.

    Raises:
        Unusable: when it is none.
    """
    name, identity = str(sent.get("event")), sent.get("id")
    if not isinstance(identity, str) or not 0 < len(identity) <= LONGEST_ID:
        raise Unusable(f"id is needed, a text of at most {LONGEST_ID} characters")
    if name not in KINDS:
        raise Unusable(f"event is one of {', '.join(KINDS)}")
    try:
        return [Event(f"own {identity}", moment_of(sent.get("at")), KINDS[name](sent, currency))]
    except RowError as error:
        raise Unusable(str(error)) from error


def _order(sent: Json, currency: str) -> What:
    order, lines = sent.get("order"), sent.get("lines")
    if not isinstance(order, Mapping) or not isinstance(lines, list) or not all(isinstance(one, Mapping) for one in lines):
        raise Unusable("order is an object, and lines a list of them, with the columns of the plain list")
    rows: list[dict[str, Any]] = [{**order, **line} for line in lines]
    for row in rows:
        row.update({name: cell(row[name]) for name in DATES if isinstance(row.get(name), str) and "T" in row[name]})
    return OrderTold(order_from(rows, currency))


def _state(sent: Json, currency: str) -> What:
    state = str(sent.get("state"))
    if state not in STATES:
        raise Unusable(f"state is one of {', '.join(STATES)}")
    return StateTold(_number(sent), state)


def _parcel(sent: Json, currency: str) -> What:
    url = bounded(text_of(sent.get("url")), URL_LENGTH, "the url")
    if url and not url.startswith(("https://", "http://")):
        raise Unusable("url does not begin with https://")
    skus = sent.get("skus") or {}
    if not isinstance(skus, Mapping) or not all(_is_count(count) and count for count in skus.values()):
        raise Unusable("skus says how many of which SKU are in the parcel")
    expected = sent.get("expected")
    parcel = ParcelRecord(
        {}, bounded(text_of(sent.get("carrier")), NAME_LENGTH, "the carrier"), bounded(text_of(sent.get("tracking")), KEY_LENGTH, "the tracking number"),
        url, _when(sent.get("shipped")), moment_of(expected, zone=False).date() if expected else None, _when(sent.get("delivered")),
    )  # fmt: skip
    return ParcelTold(_number(sent), parcel, {str(sku): int(count) for sku, count in skus.items()})


def _stock(sent: Json, currency: str) -> What:
    sku, count = bounded(text_of(sent.get("sku")), SKU_LENGTH, "the SKU"), sent.get("stock")
    if not sku or not _is_count(count):
        raise Unusable("sku and stock are needed, stock as a whole number from 0 on")
    return StockTold(sku, int(str(count)))


def _number(sent: Json) -> str:
    number = bounded(text_of(sent.get("number")), NUMBER_LENGTH, "the number")
    if not folded_number(number):
        raise Unusable("number is needed")
    return number


def _when(value: Any) -> datetime | None:
    return moment_of(value) if value else None


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


KINDS: Mapping[str, Callable[[Json, str], What]] = {"order": _order, "order.state": _state, "shipment": _parcel, "stock": _stock}
