"""Cancelling an order: what would happen, a yes, and the past tense once the shop confirmed it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.answers.answer import Answer
from bot.answers.orders import methods, returns
from bot.answers.orders.case import PLAN, VERSION, Case, by_ticket
from bot.answers.orders.code import proved_or_ticket
from bot.answers.orders.naming import named_lines
from bot.answers.orders.rules import reason_of
from bot.answers.orders.status import money_back
from bot.answers.orders.words import items, refunds, to_refund
from bot.rules.names import listed
from bot.store.order_policy import Reason
from bot.support.gateway import Capability, Outcome, State
from bot.support.rules import Why, cancelling, returning
from bot.support.status import status_of
from bot.understanding.said import plain
from bot.understanding.support import REASON, RETURN
from bot.understanding.unfit import UNFIT

PART, LINES, WHY, OFFER, MAY_NOT = "part", "lines", "why_cancelled", "offers_return", "may_not_use"


def advance(case: Case) -> Answer:
    """The next step of a cancellation."""
    order = case.order
    if case.denied and not case.told(OFFER):
        return case.drop(case.say("cancel_kept"))
    if case.says(*UNFIT):
        case = case.with_told(**{MAY_NOT: case.text})
    decision = cancelling(order, case.orders.policy)
    reason = reason_of(case.turn, decision, order.number)
    if not decision.allowed:
        if order.state is State.HELD and case.orders.policy.exceptions_by_team:
            return proved_or_ticket(case, Capability.CANCEL, case.say("plan_cancel"), reason)
        if order.state is State.DELIVERED and returning(order, case.orders.policy, Why.UNWANTED, case.today).allowed:
            return _return_instead(case, reason)
        status = status_of(order, case.orders.policy, case.today)
        back = money_back(case, status) if order.state is State.CANCELLED else case.say("cancel_return_instead")
        return case.refuse(f"{reason} {back}".strip())
    part = case.told(PART) or case.told(LINES) or named_lines(case, order.lines)
    only_part = case.shows_items and 0 < len(part) < len(order.lines) and not case.says("all_of_it")
    if only_part and not case.orders.policy.exceptions_by_team:
        if case.fresh and any(one.get("otherwise") for one in (case.told("later") or ())[:1]):
            return case.refuse(case.say("cancel_whole_only"))
        reason = f"{reason} {case.say('cancel_whole_only')}"
    elif only_part:
        plan = case.say("plan_cancel_part", items=items(order, part))
        return by_ticket(case.with_told(**{PART: dict(part)}), plan, case.say("cancel_part"))
    if case.told(MAY_NOT) and not case.can(Capability.CANCEL):
        return proved_or_ticket(case, Capability.CANCEL, case.say("plan_cancel_unfit", said=str(case.told(MAY_NOT))), f"{reason} {case.say('cancel_unfit')}")
    if not case.can(Capability.CANCEL):
        return proved_or_ticket(case, Capability.CANCEL, case.say("plan_cancel"), reason)
    why = _why(case)
    case = case.with_told(**{WHY: why.value if why else ""})
    if case.orders.policy.cancel_reasons and why not in case.orders.policy.cancel_reasons:
        return _ask_why(case, only_part and not case.turn.frame.has("said_yes"))
    if case.agreed_to(case.say("plan_cancel")):
        words = case.orders.policy.cancel_reasons.get(why or Reason.OTHER, "asked for in the chat")
        return case.do(lambda: case.orders.gateway.cancel(order, case.request.token, words), lambda outcome: _done(case, outcome))
    back = refunds(to_refund(order), order.currency, case.part("way_you_paid"))
    days = str(case.orders.policy.working_days.refund)
    paid = case.say("cancel_refund", refunds=back, days=days) if back else case.say("cancel_unpaid")
    reason = f"{reason} {_elsewhere(case)}".strip()
    text = f"{reason} {case.say('cancel_plan', items=items(order))} {paid} {case.say('cancel_shall_i')}"
    return case.propose(case.say("plan_cancel"), text, case.say("yes_cancel"), case.say("no_keep"), back=sum((amount for amount, _ in to_refund(order)), Decimal(0)))


def _ask_why(case: Case, only_part: bool) -> Answer:
    """Asks for the reason; who named single items is told first that all of the order goes."""
    reasons = listed(list(case.orders.policy.cancel_reasons.values()), "or")
    note = _elsewhere(case)
    key = "cancel_whole_why" if only_part else "cancel_why"
    return case.ask(f"{note} {case.say(key, reasons=reasons, items=items(case.order))}".strip(), REASON)


def _elsewhere(case: Case) -> str:
    """That the money goes back the way it was paid, where another way is named."""
    named = methods.named(case, methods.customer_of(case))
    other = bool(named) and all(one.key != case.order.paid_with for one in named)
    return case.say("cancel_refund_only") if other and case.order.paid_with else ""


def _why(case: Case) -> Reason | None:
    """Why it is cancelled, where the owner takes only some reasons; what was said last counts."""
    named = case.turn.resources.request_words.named(plain(case.text), "reasons")
    kept = str(case.told(WHY) or "")
    return Reason(named[0]) if named else Reason(kept) if kept else None


def _return_instead(case: Case, reason: str) -> Answer:
    """What arrived cannot be cancelled; a return of it is offered, and begun by a bare yes."""
    offer = case.say("offer_return")
    if case.agreed_to(offer):
        details = {key: value for key, value in case.request.details.items() if key not in (PLAN, VERSION, OFFER)}
        return returns.advance(replace(case, request=replace(case.request, kind=RETURN, details=details), fresh=True))
    if case.denied:
        return case.drop()
    return case.with_told(**{OFFER: True}).propose(offer, f"{reason} {case.say('cancel_return_now')}", case.say("yes_return"), case.say("no_leave_it"))


def _done(case: Case, outcome: Outcome) -> str:
    if not outcome.done:
        return case.say("cancel_asked_for")
    if not outcome.refunds:
        return case.say("cancel_done")
    back = refunds(outcome.refunds, case.order.currency, case.part("way_you_paid"))
    if case.orders.policy.pays_back_itself:
        return f"{case.say('cancel_done')} {case.say('refund_coming', refunds=back, days=str(case.orders.policy.working_days.refund))}"
    ticket = case.ticket(case.say("plan_pay_back", refunds=back))
    days = str(case.orders.policy.working_days.refund)
    return f"{case.say('cancel_done')} {case.say('refund_asked_for', refunds=back, days=days, ticket=ticket)}"
