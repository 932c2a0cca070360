"""Changes orders of the book as the shop tells: how far one is, and its parcels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.orders.models import CANCELLED, DELIVERED, SHIPPED, Shipment, ShopOrder, new
from bot.store.orders.records import ParcelRecord, folded_number
from bot.store.shop_events.told import ParcelTold, StateTold


def set_state(session: Session, told: StateTold, at: datetime) -> bool | None:
    """Sets how far an order is; False where there is none, None where it was cancelled here and is told as going on."""
    order = _order(session, told.number)
    if order is None:
        return False
    if order.state == CANCELLED and told.state != CANCELLED:
        return None
    if order.state != told.state:
        order.state = told.state
        order.cancelled_at = at if told.state == CANCELLED else None
        _touch(order)
    return True


def add_parcel(session: Session, told: ParcelTold) -> bool | None:
    """Adds a parcel to an order, or renews the one that it is; False and None as `set_state`. What is told of a parcel that is known does
    not make an order less than delivered: the shop may have said so of the whole."""
    order = _order(session, told.number)
    if order is None:
        return False
    if order.state == CANCELLED:
        return None
    parcel = told.parcel
    places = {line.sku: line.position for line in order.lines if line.sku}
    if any(sku not in places for sku in told.skus):
        return False
    contents = {str(places[sku]): count for sku, count in told.skus.items()}
    row = _known(order, parcel, contents)
    stays = order.state == DELIVERED and (row is not None or parcel.delivered_at is not None)
    if row is None:
        row = new(Shipment, position=len(order.shipments), contents={})
        order.shipments.append(row)
    row.tracking = parcel.tracking or row.tracking or ""
    row.carrier, row.url = parcel.carrier or row.carrier or "", parcel.url or row.url or ""
    row.shipped_at = parcel.shipped_at or row.shipped_at
    row.expected_on = parcel.expected_on or row.expected_on
    row.delivered_at = parcel.delivered_at or row.delivered_at
    row.contents = contents or row.contents
    order.state = DELIVERED if stays or _all_there(order) else SHIPPED
    _touch(order)
    return True


def _known(order: ShopOrder, parcel: ParcelRecord, contents: Mapping[str, int]) -> Shipment | None:
    """The parcel of the order that is told of: the one with its number; without one, what went at the same time with the same in it. One
    that had no number may have got it since."""
    numbered = [one for one in order.shipments if parcel.tracking and one.tracking == parcel.tracking]
    same = [one for one in order.shipments if not one.tracking and one.contents == contents and _fits(one, parcel)]
    return next(iter(numbered + same), None)


def _fits(row: Shipment, parcel: ParcelRecord) -> bool:
    """Whether a parcel without a number may have gone when this one did."""
    if row.shipped_at is None or parcel.shipped_at is None:
        return not parcel.tracking
    return row.shipped_at == parcel.shipped_at


def _all_there(order: ShopOrder) -> bool:
    """Whether everything is in a parcel that arrived."""
    keys = {str(line.position) for line in order.lines}
    named = {key for one in order.shipments for key in one.contents}
    arrived = {key for one in order.shipments if one.delivered_at for key in (one.contents or keys - named)}
    return arrived == keys


def _order(session: Session, number: str) -> ShopOrder | None:
    wanted = select(ShopOrder).where(ShopOrder.folded_number == folded_number(number)).with_for_update()
    found: ShopOrder | None = session.execute(wanted).scalar_one_or_none()
    return found


def _touch(order: ShopOrder) -> None:
    """The order is another than was looked at, and no longer what a file told."""
    order.version, order.imported = uuid4().hex, ""
