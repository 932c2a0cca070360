"""Returning something of an order: what, why, whether the rules allow it, what is paid back, and a yes."""

from __future__ import annotations

from dataclasses import replace
from typing import Mapping

from bot.answers.answer import Answer
from bot.answers.orders import methods, problem, swap
from bot.answers.orders.case import Case, by_ticket
from bot.answers.orders.code import can_prove, proved_or_ticket
from bot.answers.orders.corrections import lines_after
from bot.answers.orders.naming import left, named_lines
from bot.answers.orders.rules import postage, reason_of
from bot.answers.orders.words import counted, items, money, refunds, total
from bot.rules.names import listed
from bot.support.gateway import Capability, Outcome, State
from bot.support.naming import titles_in
from bot.support.rules import NOT_THERE, Why, returning
from bot.support.variants import Method
from bot.understanding.said import plain
from bot.understanding.support import ITEMS, PROBLEM, REASON
from bot.understanding.unfit import UNFIT

LINES, WHY, EXCHANGE, WISH = "lines", "why", "exchange", "wish"
NEAR, THINGS = 4, frozenset({"it", "them", "that", "this"})
FAULTS = ("is_damaged", "is_missing", "is_wrong", "is_faulty")


def advance(case: Case) -> Answer:
    """The next step of a return."""
    if case.denied and not case.says("is_unopened", "is_opened") and not named_lines(case, left(case.order)) and not methods.named(case, methods.customer_of(case)):
        return case.drop()
    order, policy = case.order, case.orders.policy
    if is_gone(case):
        return case.refuse(case.say("return_gone"))
    why = _why(case)
    ways = [why] if why else [Why.UNWANTED, Why.REACTION, Why.FAULT]
    decisions = [returning(order, policy, one, case.today) for one in ways]
    if not any(one.allowed for one in decisions):
        if decisions[0].rule == NOT_THERE and (problem.holds_it(case) or (case.says("is_opened") and not case.says("is_unopened", "should_be_here", "not_received"))):
            return _behind(case, why)
        return case.refuse(reason_of(case.turn, decisions[0], order.number))
    if why is Why.FAULT and policy.returns.ask_opened:
        return problem.taken_over(case, PROBLEM)
    if not case.shows_items:
        case = _wished(case).with_told(**{WHY: why.value if why else None})
        reacted = why is Why.REACTION
        plan = case.say("plan_return_reaction" if reacted else "plan_return", wish=str(case.told(WISH)))
        rule = reason_of(case.turn, decisions[0], order.number) if reacted else ""
        return proved_or_ticket(case, Capability.RETURN, plan, f"{rule} {_taken_up(case)}".strip())
    lines = _lines(case)
    if case.told(EXCHANGE) or case.says("wants_exchange"):
        if policy.returns.exchange_days is not None and case.can(Capability.EXCHANGE):
            return swap.taken_over(case)
        return _exchange(case, lines)
    if not lines:
        names = [counted(line, line.quantity) for line in left(order)]
        if not names:
            return case.refuse(case.say("return_nothing_left"))
        return _kept(case, lines, why).ask(case.say("return_which", items=listed(names)), ITEMS)
    case = _kept(case, lines, why)
    if why is None and not policy.returns.ask_opened:
        why = Why.UNWANTED
    if why is None:
        return case.ask(case.say("return_why", items=items(order, lines)), REASON, case.turn.wording.buttons_of("return_why"))
    return _propose(case, lines, why)


def _behind(case: Case, why: Why | None) -> Answer:
    """A return of what the customer has, while the records still show it on its way: the shop's rule, and the staff."""
    if why is Why.FAULT:
        return problem.taken_over(case, PROBLEM)
    there = replace(case.order, state=State.DELIVERED, parcels=())
    decision = returning(there, case.orders.policy, why or Why.UNWANTED, case.today)
    rule = reason_of(case.turn, decision, case.order.number) if not decision.allowed else ""
    case = _wished(case)
    return by_ticket(case, case.say("plan_return", wish=str(case.told(WISH))), f"{case.say('records_behind')} {rule}".strip())


def _wished(case: Case) -> Case:
    """The case with all that was said of the return; what comes later is added to it, so that it is still told which item it is."""
    before = str(case.told(WISH) or "")
    more = "" if case.agreed or case.text in before else case.text
    return case.with_told(**{WISH: "; ".join(one for one in (before, more) if one)})


def _taken_up(case: Case) -> str:
    return "" if can_prove(case) and Capability.RETURN in case.orders.gateway.capabilities else case.say("return_by_staff")


def is_gone(case: Case) -> bool:
    """Whether the customer says that they have the thing no more."""
    words = plain(case.text)
    titles = [line.title for line in case.order.lines]
    if case.order.state is not State.DELIVERED:
        return False
    if any(words[one.start - 1] in ("lost", "stolen") for one in titles_in(titles, words) if one.start):
        return True  # "the lost tablet"
    at, end = case.turn.resources.request_words.first(words, "gone")
    behind = words[end : end + NEAR]
    return at >= 0 and bool(THINGS & set(behind) or titles_in(titles, behind) or at + 4 > len(words))


def _exchange(case: Case, lines: Mapping[str, int]) -> Answer:
    """Another variant instead is for the staff."""
    wish = str(case.told(EXCHANGE) or "")
    if not case.agreed:
        wish = f"{wish}; {case.text}".strip("; ")
    which = items(case.order, lines) if lines else case.part("problem_no_item")
    return by_ticket(case.with_told(**{EXCHANGE: wish, LINES: dict(lines)}), case.say("plan_exchange", items=which, wish=wish), case.say("exchange_by_staff"))


def _propose(case: Case, lines: Mapping[str, int], why: Why) -> Answer:
    order = case.order
    reason = reason_of(case.turn, returning(order, case.orders.policy, why, case.today), order.number)
    case, to, note = _refund_to(case)
    back, method = money(total(order, lines), order.currency), (to.label if to else order.paid_by) or case.part("way_you_paid")
    plan = case.say("plan_return_lines", items=items(order, lines), why=case.part(f"why_{why.value}"))
    if to is not None and to.key != order.paid_with:
        plan = f"{plan}; {case.say('plan_refund_to', method=to.label)}"
    # What a discount or an earlier refund leaves of the price is for the staff to say.
    plain = not order.discount and not any(one.refund for one in order.payments)
    if not case.can(Capability.RETURN) or not plain:
        return by_ticket(case, plan, reason)
    if case.agreed_to(plan):
        return case.do(
            lambda: case.orders.gateway.return_lines(order, case.request.token, lines, why.value, case.told(methods.KEY) or ""), lambda outcome: _done(case, outcome, lines, plan)
        )
    days = str(case.orders.policy.working_days.refund)
    paid = case.say("return_refund", items=items(order, lines), refund=back, method=method, days=days)
    text = f"{note} {reason} {paid} {postage(case.turn, case.orders.policy, fault=False)} {case.say('return_shall_i')}".strip()
    return case.propose(plan, text, case.say("yes_return"), case.say("no_leave_it"), back=total(order, lines))


def _done(case: Case, outcome: Outcome, lines: Mapping[str, int], plan: str) -> str:
    if outcome.done and case.orders.policy.returns.label_follows:
        return case.say("return_done_label", items=items(case.order, lines), refunds=refunds(outcome.refunds, case.order.currency, case.part("way_you_paid")))
    if not outcome.done:
        return case.say("return_asked_for", items=items(case.order, lines))
    return case.say("return_done", items=items(case.order, lines), ticket=case.ticket(plan))


def _lines(case: Case) -> Mapping[str, int]:
    """What comes back: what the message names, else what was named before, else the only thing there is."""
    there = {line.key: line.quantity for line in left(case.order)}
    named = named_lines(case, left(case.order))
    before = case.told(LINES) or {}
    if case.fresh and before:
        return before
    if named and before:
        return lines_after(case, before, named)
    if named:
        return named
    kept = {key: count for key, count in (case.told(LINES) or {}).items() if there.get(key, 0) >= count}
    return kept or (there if len(there) == 1 else {})


def _refund_to(case: Case) -> tuple[Case, Method | None, str]:
    """To which way the money goes: the one that is named where the owner allows it, else as before; with what is said of another."""
    customer = methods.customer_of(case)
    named = methods.named(case, customer)
    allowed = [one for one in named if methods.may_get(case, one)]
    kept = customer.method(str(case.told(methods.KEY) or "")) if customer else None
    note = ""
    if (named and not allowed) or methods.unknown_kind(case, customer):
        gift_cards = [one.label for one in (customer.methods if customer else ()) if methods.may_get(case, one) and one.key != case.order.paid_with]
        note = case.say("refund_not_there", also=case.part("refund_or", methods=listed(gift_cards, "or")) if gift_cards else "")
    to = allowed[0] if allowed else kept
    if to is None and customer is not None:
        to = customer.method(case.order.paid_with)
    return case.with_told(**{methods.KEY: to.key if to else ""}), to, note


def _why(case: Case) -> Why | None:
    """Why it comes back; None where it was not said."""
    if case.says("is_unopened") and case.says(*UNFIT):
        return Why.UNWANTED  # "allergic" tells why, and not how the skin is
    if case.says("skin_reacted"):
        return Why.REACTION
    if case.says(*FAULTS):
        return Why.FAULT
    if case.says("is_unopened"):
        return Why.UNWANTED
    if case.says("is_opened"):
        return Why.OPENED
    kept = case.told(WHY)
    return Why(kept) if kept else None


def _kept(case: Case, lines: Mapping[str, int], why: Why | None) -> Case:
    return case.with_told(**{LINES: dict(lines), WHY: why.value if why else None})
