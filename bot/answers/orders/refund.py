"""Where a refund is: what was paid back, what is on its way, what has to come back first."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.orders import returns
from bot.answers.orders.case import Case, by_ticket
from bot.answers.orders.status import money_back, returns_of
from bot.answers.orders.words import day
from bot.store.support_models import DONE
from bot.support.days import between
from bot.support.gateway import State
from bot.support.status import Stage, status_of
from bot.understanding.support import RETURN


def advance(case: Case) -> Answer:
    """Says where the money is; where it is late, or none is known of, the team is offered to look for it."""
    if case.agreed:
        return case.pass_on("")
    if case.denied:
        return case.drop()
    order, policy = case.order, case.orders.policy
    status = status_of(order, policy, case.today)
    said = " ".join(part for part in (_of_cancelled(case) or money_back(case, status), returns_of(case)) if part)
    if not said and status.stage is Stage.THERE and case.says("wants_done") and not case.says("not_received", "is_late"):
        return returns.advance(taken_as_return(case))
    started = [one.at for one in status.back if not one.done and one.at] + ([order.cancelled_at] if order.state is State.CANCELLED and order.cancelled_at else [])
    pending = any(not one.done for one in status.back)
    late = pending and bool(started) and between(min(started).date(), case.today) > policy.working_days.refund
    waited = case.says("is_late", "not_received", "sees_no_money", "has_waited")
    if said and not late and not waited:
        return case.end(said, DONE)
    if said and waited and not case.fresh:
        said = f"{case.say('order_sorry')} {said}"
    plan = case.say("plan_refund_late" if late else "plan_refund_asked" if said else "plan_refund_none")
    none = case.say("refund_none")
    if case.says("sent_back"):
        none = f"{case.say('order_sorry')} {none} {case.say('refund_after_return', days=str(policy.working_days.refund))}"
    return by_ticket(case, plan, said or none)


def _of_cancelled(case: Case) -> str:
    """That a cancelled order is paid back, for who may not be told the amounts; empty elsewhere."""
    order, days = case.order, str(case.orders.policy.working_days.refund)
    if case.shows_items or order.state is not State.CANCELLED or not any(not one.refund for one in order.payments):
        return ""
    when = f" {case.part('status_on', day=day(order.cancelled_at.date()))}" if order.cancelled_at else ""
    return case.say("refund_of_cancelled", when=when, days=days)


def taken_as_return(case: Case) -> Case:
    """ "I want a refund" of something that arrived and is not on its way back is a wish to return it."""
    return replace(case, request=replace(case.request, kind=RETURN))
