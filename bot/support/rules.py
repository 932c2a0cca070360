"""What may be done with an order, by the owner's rules: every decision names the rule that decided, for the customer to read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import Mapping

from bot.store.order_policy import OrderPolicy, Until
from bot.support.gateway import Order, State
from bot.support.status import Stage, status_of

NOT_THERE = "return_not_there"
BEFORE: Mapping[Until, tuple[State, ...]] = {
    Until.NEVER: (), Until.PACKED: (State.OPEN,), Until.SHIPPED: (State.OPEN, State.PACKED),
}


class Why(str, Enum):
    """Why something comes back."""

    UNWANTED = "unwanted"
    OPENED = "opened"
    REACTION = "reaction"
    FAULT = "fault"


@dataclass(frozen=True)
class Decision:
    """Whether something may be done; `rule` names the sentence that says why, with what fills it."""

    allowed: bool
    rule: str
    fills: Mapping[str, object] = field(default_factory=dict)


def cancelling(order: Order, policy: OrderPolicy) -> Decision:
    """Whether an order can still be cancelled."""
    return _once_changed(order, policy) or _until(order, policy.cancel_until, "cancel")


def changing_address(order: Order, policy: OrderPolicy) -> Decision:
    """Whether an order can still go elsewhere."""
    return _once_changed(order, policy) or _until(order, policy.change_address_until, "address")


def changing_items(order: Order, policy: OrderPolicy) -> Decision:
    """Whether other variants can still be put into an order."""
    if order.items_changed and policy.change_items_once:
        return Decision(False, "items_once")
    return _until(order, policy.change_items_until, "items")


def changing_payment(order: Order, policy: OrderPolicy) -> Decision:
    """Whether an order can still be paid by another way."""
    return _once_changed(order, policy) or _until(order, policy.change_payment_until, "payment")


def exchanging(order: Order, policy: OrderPolicy, today: date) -> Decision:
    """Whether something of an order may come back for another variant of it."""
    days = policy.returns.exchange_days
    if order.state is State.CANCELLED:
        return Decision(False, "return_cancelled")
    status = status_of(order, policy, today)
    if status.stage is not Stage.THERE:
        return Decision(False, NOT_THERE)
    if order.returns and policy.returns.once:
        return Decision(False, "return_once")
    if days is None:
        return Decision(False, "exchange_never")
    last = status.delivered_on + timedelta(days=days) if status.delivered_on else None
    over = last is not None and today > last
    return Decision(not over, f"exchange{'_over' if over else ''}", {"days": days, "last": last})


def returning(order: Order, policy: OrderPolicy, why: Why, today: date) -> Decision:
    """Whether something of an order may come back for a reason.

    Args:
        order: as it is now.
        policy: the owner's.
        why: unopened and unwanted, opened and unwanted, the skin reacted, or a fault.
        today: the day of asking.
    """
    rules = policy.returns
    if order.state is State.CANCELLED:
        return Decision(False, "return_cancelled")
    status = status_of(order, policy, today)
    if status.stage not in (Stage.THERE, Stage.PARTLY_THERE):
        return Decision(False, NOT_THERE)
    if order.returns and rules.once:
        return Decision(False, "return_once")
    if not rules.ask_opened:
        why = Why.UNWANTED
    if why is Why.OPENED or (why is Why.REACTION and rules.reaction_days is None):
        return Decision(False, "return_opened" if rules.reaction_days is not None else "return_opened_never", {"days": rules.reaction_days})
    days = {Why.UNWANTED: rules.days, Why.REACTION: rules.reaction_days or 0, Why.FAULT: rules.problem_days}[why]
    arrived = status.delivered_on
    last = arrived + timedelta(days=days) if arrived else None
    over = last is not None and today > last
    plainly = f"return_{why.value}" if rules.ask_opened else "return_any"
    return Decision(not over, f"{plainly}{'_over' if over else ''}", {"days": days, "arrived": arrived, "last": last})


def _once_changed(order: Order, policy: OrderPolicy) -> Decision | None:
    """The refusal of any further change to an order whose items were changed, where the owner lets that be done once."""
    over = order.items_changed and policy.change_items_once and order.state in (State.OPEN, State.PACKED)
    return Decision(False, "items_once") if over else None


def _until(order: Order, until: Until, what: str) -> Decision:
    if order.state is State.CANCELLED:
        return Decision(False, f"{what}_cancelled")
    if order.state is State.HELD and until is not Until.NEVER:
        return Decision(False, f"{what}_held")
    if order.state in BEFORE[until]:
        return Decision(True, f"{what}_until_{until.value}")
    return Decision(False, f"{what}_never" if until is Until.NEVER else f"{what}_over_{until.value}", {"state": order.state.value})
