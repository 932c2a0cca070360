"""How an order is: what a customer wants to know of it, by the shop's own days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from bot.store.order_policy import OrderPolicy
from bot.support.days import between, later
from bot.support.gateway import Money, Order, Parcel, State


class Stage(str, Enum):
    """Where an order is for its customer."""

    WAITING = "waiting"
    PACKED = "packed"
    SENT = "sent"
    PARTLY_SENT = "partly_sent"
    PARTLY_THERE = "partly_there"
    THERE = "there"
    CANCELLED = "cancelled"
    HELD = "held"


@dataclass(frozen=True)
class Status:
    """How an order is on a day.

    Attributes:
        stage: see there.
        due: by when it should leave the shop (not sent), or by when the last parcel should arrive; None where that is not told.
        days_late: working days over that; `overdue` once it is more than the owner's days of grace.
        waiting_for: parcels that have not arrived.
        delivered_on: when the last parcel arrived.
        back: what was or will be paid back.
    """

    stage: Stage
    due: date | None = None
    days_late: int = 0
    overdue: bool = False
    waiting_for: tuple[Parcel, ...] = ()
    delivered_on: date | None = None
    back: tuple[Money, ...] = ()

    @property
    def sum_back(self) -> Decimal:
        """All that goes or went back."""
        return sum((one.amount for one in self.back), Decimal(0))


def status_of(order: Order, policy: OrderPolicy, today: date) -> Status:
    """How an order is today, by the owner's working days."""
    back = tuple(one for one in order.payments if one.refund)
    if order.state is State.CANCELLED:
        return Status(Stage.CANCELLED, back=back)
    if order.state is State.HELD and not order.parcels:
        return Status(Stage.HELD, back=back)
    if not order.parcels and order.state in (State.OPEN, State.PACKED):
        stage = Stage.PACKED if order.state is State.PACKED else Stage.WAITING
        return _late(Status(stage, later(order.placed_at.date(), policy.working_days.dispatch), back=back), policy, today)
    waiting = tuple(one for one in order.parcels if one.delivered_at is None)
    arrived = [one.delivered_at.date() for one in order.parcels if one.delivered_at is not None]
    delivered_on = max(arrived) if arrived else None
    sent = {key for one in order.parcels for key in one.lines}
    if order.state is State.DELIVERED or (order.parcels and not waiting and len(sent) == len(order.lines)):
        return Status(Stage.THERE, delivered_on=delivered_on, back=back)
    due = [day for one in waiting if (day := due_day(order, one, policy)) is not None]
    stage = Stage.PARTLY_THERE if arrived else Stage.SENT if len(sent) == len(order.lines) or not sent else Stage.PARTLY_SENT
    return _late(Status(stage, max(due) if due else None, waiting_for=waiting, delivered_on=delivered_on, back=back), policy, today)


def due_day(order: Order, parcel: Parcel, policy: OrderPolicy) -> date | None:
    """By when a parcel should arrive: the carrier's day where it told one, else the shop's working days from the day it was sent."""
    if parcel.expected_on is not None:
        return parcel.expected_on
    if parcel.shipped_at is None:
        return None
    days = policy.working_days
    at_home = not order.address.country or order.address.country.upper() in policy.home
    return later(parcel.shipped_at.date(), days.delivery if at_home else days.delivery_abroad)


def _late(status: Status, policy: OrderPolicy, today: date) -> Status:
    over = between(status.due, today) if status.due is not None and today > status.due else 0
    return Status(
        status.stage, status.due, over, over > policy.working_days.grace, status.waiting_for, status.delivered_on, status.back
    )
