"""Paying an order that has not left by another of the customer's ways."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.orders import facts, methods
from bot.answers.orders.case import Case
from bot.answers.orders.code import proved_or_ticket
from bot.answers.orders.rules import reason_of
from bot.answers.orders.words import money
from bot.rules.names import listed
from bot.support.gateway import Capability, Outcome
from bot.support.rules import changing_payment
from bot.understanding.support import CHANGE_PAYMENT, METHOD


def advance(case: Case) -> Answer:
    """The next step of a change of payment."""
    order, policy = case.order, case.orders.policy
    if case.denied and not methods.named(case, methods.customer_of(case)):
        return case.drop()
    decision = changing_payment(order, policy)
    reason = reason_of(case.turn, decision, order.number)
    if not decision.allowed:
        return case.refuse(reason)
    customer = methods.customer_of(case)
    others = [one for one in customer.methods if one.key != order.paid_with] if customer else []
    if not case.can(Capability.PAYMENT) or customer is None or not order.paid_with:
        return proved_or_ticket(case, Capability.PAYMENT, case.say("plan_change", wish=case.text), reason)
    if not others:
        return case.refuse(case.say("payment_no_other"))
    named = [one for one in methods.named(case, customer) if one.key != order.paid_with]
    kept = customer.method(str(case.told(methods.KEY) or ""))
    method = named[0] if len(named) == 1 else kept if not named else None
    if method is None:
        return case.ask(case.say("payment_which", methods=listed([facts.method_name(one, order.currency) for one in named or others])), METHOD)
    if not methods.covers(method, order.total):
        return case.refuse(case.say("method_not_enough", method=facts.method_name(method, order.currency)))
    case = case.with_told(**{methods.KEY: method.key})
    plan = case.say("plan_payment", method=method.label)
    if case.agreed_to(plan):
        chosen = method
        return case.do(lambda: case.orders.gateway.change_payment(order, case.request.token, chosen.key), lambda outcome: _done(case, outcome, chosen.label))
    text = case.say("payment_plan", total=money(order.total, order.currency), method=method.label, before=order.paid_by or case.part("way_you_paid"))
    return case.propose(plan, f"{reason} {text}", case.say("yes_payment"), case.say("no_leave_it"))


def taken_over(case: Case) -> Answer:
    """Goes on as a change of payment with what began as another request."""
    return advance(replace(case, request=replace(case.request, kind=CHANGE_PAYMENT)))


def _done(case: Case, outcome: Outcome, label: str) -> str:
    return case.say("payment_done" if outcome.done else "payment_asked_for", method=label)
