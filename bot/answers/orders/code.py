"""The talk about a code that was sent by mail: asked for where a proof is missing, typed, sent again, or given up for a ticket."""

from __future__ import annotations

from dataclasses import replace
from typing import Mapping

from bot.answers.answer import Answer, Button
from bot.answers.orders.case import CUES, KINDS, NO_CODE, SAID, Case, answered, by_ticket
from bot.answers.orders.proof import asker
from bot.answers.orders.unmatched import EMAIL, NUMBER
from bot.answers.shop.contact import briefly
from bot.answers.turn import Turn
from bot.store.order_policy import Way
from bot.store.requests import Request
from bot.store.support_models import DROPPED, REFUSED, SENT
from bot.support.codes import DIGITS, Typed, masked
from bot.support.gateway import Capability
from bot.support.orders import Orders
from bot.support.proving import Refusal
from bot.understanding.codes import typed_code
from bot.understanding.memory import OpenRequest
from bot.understanding.support import CODE

AGAIN: Mapping[Typed, str] = {Typed.OVER: "code_over", Typed.TOO_OFTEN: "code_too_often", Typed.WRONG: "code_wrong"}


def proved_or_ticket(case: Case, capability: Capability, plan: str, what: str) -> Answer:
    """What the customer has not proved enough for waits for a code; what no code can prove, or the shop cannot do, is a ticket.

    Args:
        case: the request.
        capability: what would do it here.
        plan: what the staff read.
        what: the sentence in front, such as the rule that decided.
    """
    unproved = capability in case.orders.gateway.capabilities and not case.shows_items and Way.MAILED_CODE in case.orders.policy.change
    if not unproved:
        return by_ticket(case, plan, what)
    if can_prove(case):
        return asked(case, what)
    why = "" if case.told(NO_CODE) else case.say("code_none")
    return by_ticket(case, case.say("plan_unproved", plan=plan), f"{what} {why}".strip())


def can_prove(case: Case) -> bool:
    """Whether a code would open the order."""
    codes, policy = case.orders.codes, case.orders.policy
    return codes.can_send and Way.MAILED_CODE in policy.change and not case.shows_items and not case.told(NO_CODE) and "@" in case.order.email


def asked(case: Case, what: str = "") -> Answer:
    """Has a code sent to the order's address and waits for it; beyond the limit the request goes on without."""
    if case.fresh:  # heard again once the code is there, in the words that were said so far
        case = case.with_told(**{SAID: case.text, CUES: sorted({*(case.told(CUES) or ()), *case.turn.frame.cues}), KINDS: list(case.kinds)})
    case = replace(case, request=replace(case.request, order_number=case.order.number))
    if case.orders.codes.want(case.asker, case.order) is Refusal.TOO_MANY:
        case.orders.requests.keep(replace(case.request, state=REFUSED))
        return answered(case.turn, f"{what} {case.say('code_too_many')} {briefly(case.turn)}".strip(), None)
    return case.ask(f"{what} {case.say('code_sent', email=masked(case.order.email), minutes=_minutes(case.orders))}".strip(), CODE, _again(case.turn))


def asked_unseen(turn: Turn, orders: Orders, request: Request) -> Answer:
    """Has a code sent where the number and the e-mail are of one order; what is said is the same where they are not.

    Raises:
        GatewayError, StoreError: when the shop or the database gives no answer.
    """
    number, email = str(request.details[NUMBER]), str(request.details[EMAIL])
    if orders.codes.want_unseen(asker(turn), number, email) is Refusal.TOO_MANY:
        orders.requests.keep(replace(request, state=REFUSED, details={}))
        return answered(turn, f"{turn.say('code_too_many')} {briefly(turn)}", None)
    orders.requests.keep(request)
    return _wait(turn, request, turn.say("code_sent_unseen", number=number, email=masked(email), minutes=_minutes(orders)))


def heard(turn: Turn, orders: Orders, request: Request) -> Answer | Request:
    """The request, once the code was right or is given up for a ticket; an answer that waits on elsewhere.

    Raises:
        GatewayError, StoreError: when the shop or the database gives no answer.
    """
    code, frame = typed_code(turn.frame.text), turn.frame
    if code:
        if len(code) != DIGITS:
            return _wait(turn, request, turn.say("code_length"))
        typed = orders.codes.typed(asker(turn), code)
        return request if typed is Typed.RIGHT else _wait(turn, request, turn.say(AGAIN[typed]))
    unseen = not request.order_number
    if frame.has("cannot_read_mail") or (frame.has("wants_code_again") and not unseen and orders.codes.was_not_taken(asker(turn))):
        return _by_staff(turn, orders, request) if unseen else replace(request, details={**request.details, NO_CODE: True})
    if frame.has("gives_up", "said_no"):
        orders.requests.keep(replace(request, state=DROPPED, details={}))
        return answered(turn, turn.say("request_dropped"), None)
    if frame.has("wants_code_again"):
        return asked_unseen(turn, orders, request) if unseen else _sent_again(turn, orders, request)
    return _wait(turn, request, turn.say("request_waits_code"))


def _sent_again(turn: Turn, orders: Orders, request: Request) -> Answer:
    order = orders.proving.seen(asker(turn), request.order_number)
    if order is None:
        return answered(turn, turn.say("request_gone"), None)
    if orders.codes.want(asker(turn), order, again=True) is Refusal.TOO_MANY:
        return _wait(turn, request, f"{turn.say('code_too_many')} {briefly(turn)}")
    return _wait(turn, request, turn.say("code_sent_again", email=masked(order.email)))


def _by_staff(turn: Turn, orders: Orders, request: Request) -> Answer:
    """An order of which nothing may be told is for the staff: nothing is told of whether there is one."""
    number, email = str(request.details[NUMBER]), str(request.details[EMAIL])
    plan = turn.say("plan_unproved", plan=turn.say("plan_unseen", number=number, said=str(request.details.get(SAID, ""))))
    ticket = orders.tickets.make(turn.sender, request.token, request.kind, plan, number, email)
    orders.requests.keep(replace(request, state=SENT, details={}))
    return answered(turn, turn.say("ticket_made_unread", ticket=ticket.number, contact=briefly(turn)), None)


def _wait(turn: Turn, request: Request, text: str) -> Answer:
    return answered(turn, text, OpenRequest(request.id, request.kind, CODE), _again(turn))


def _again(turn: Turn) -> list[Button]:
    return [{"title": title, "payload": title} for title in (turn.say("code_again"), turn.say("code_no_mailbox"))]


def _minutes(orders: Orders) -> str:
    return str(orders.policy.code_minutes)
