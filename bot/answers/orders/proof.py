"""Asks whose order it is, and takes what proves it. What is said of a failed look-up is the same whatever failed."""

from __future__ import annotations

from dataclasses import replace
from typing import Tuple

from bot.answers.answer import Answer
from bot.answers.orders.case import CUES, SAID, answered
from bot.answers.orders.rules import postage, rule_of
from bot.answers.orders.unmatched import (
    EMAIL,
    NUMBER,
    SAID_NEXT,
    next_step,
    not_found,
    nothing_yet,
    still_offered,
    wish_of,
    with_question,
)
from bot.answers.shop.contact import briefly, reach
from bot.answers.shop.passing_on import buttons
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.store.requests import Request
from bot.store.support_models import DROPPED, REFUSED, SENT
from bot.support.asking import ADDRESS
from bot.support.gateway import Order
from bot.support.orders import Orders
from bot.support.proving import Asker, Refusal
from bot.understanding.email_corrections import corrected
from bot.understanding.memory import OpenRequest
from bot.understanding.next_steps import ASKS_NEXT, is_agreed
from bot.understanding.order_numbers import numbers_in, told
from bot.understanding.support import CHANGE, OF_ORDERS, PROBLEM, PROOF, REFUND, RETURN, TICKET, is_about_own

FAILED = "failed"
FEW = 4
WAITED_FOR = frozenset({REFUND, RETURN})
WISHES = {"wants_replacement": "replacement", "wants_refund": "refund"}


def asker(turn: Turn) -> Asker:
    """Who asks: the conversation, and the network address where the channel knows it."""
    return Asker(turn.sender, ADDRESS.get())


def last_order(turn: Turn, orders: Orders) -> str:
    """The number of the order that this conversation looked at last; empty where there is none, or another one is meant."""
    if turn.frame.has("other_order"):
        return ""
    before = orders.requests.latest(turn.sender, with_order=True)
    return before.order_number if before else ""


def identified(turn: Turn, orders: Orders, request: Request) -> Answer | Request | Tuple[Request, Order]:
    """The request, and the order that the customer proved to be theirs; the request alone where only a code can prove that; an answer
    that asks on where they did not yet.

    Raises:
        GatewayError, StoreError: when the shop or the database gives no answer.
    """
    found = told(turn.frame, asked=True)
    if not found.email and request.details.get(FAILED):
        found = replace(found, email=corrected(str(request.details[EMAIL]), turn.frame.text))
    details = {**request.details, **{key: value for key, value in ((NUMBER, found.number), (EMAIL, found.email)) if value}}
    request = replace(request, details=details)
    waits = turn.memory.request is not None and turn.memory.request.id == request.id
    if waits and found.nothing:
        untold = "" if turn.frame.has("looked_around") else cannot_say(turn, request)
        if untold:
            return _ask(turn, orders, request, untold)
        if details.get(FAILED) and is_agreed(turn.frame):
            return _by_staff(turn, orders, request)
        if turn.frame.has("gives_up") or (turn.frame.intent == "deny" and not turn.frame.has("looked_around")):
            orders.requests.keep(replace(request, state=DROPPED, details={}))
            return answered(turn, turn.say("request_dropped"), None)
    if waits and found.nothing and details.get(FAILED):
        return _next(turn, orders, request)
    answers = turn.frame.has("said_yes", "said_no", ASKS_NEXT) and len(turn.frame.words) <= FEW
    if waits and found.nothing and not answers:
        told_more = {SAID: f"{details.get(SAID, '')}, {turn.frame.text}", CUES: sorted({*details.get(CUES, ()), *turn.frame.cues})}
        return needed(turn, orders, replace(request, details={**details, **told_more}), again=True, noted=True)
    if not details.get(NUMBER) or not details.get(EMAIL):
        return needed(turn, orders, request, again=waits, noted=waits and turn.frame.has("asks_postage", "looked_around"))
    if orders.policy.sees_by_code:
        return request
    result = orders.proving.look_up(asker(turn), details[NUMBER], details[EMAIL])
    if result is Refusal.TOO_MANY:
        orders.requests.keep(replace(request, state=REFUSED, details={}))
        return answered(turn, f"{turn.say('order_too_many')} {briefly(turn)}", None)
    if isinstance(result, Refusal):
        failed = f"{details[NUMBER]} {details[EMAIL]}".lower()
        before, request = details.get(FAILED), replace(request, details={**details, FAILED: failed})
        if before == failed:  # the same once more
            return _next(turn, orders, request)
        return _ask(turn, orders, request, turn.say("order_no_match_again", contact=briefly(turn)) if before else not_found(turn, request))
    kept = {key: value for key, value in details.items() if key not in (EMAIL, FAILED)}
    return replace(request, details=kept), result


def needed(turn: Turn, orders: Orders, request: Request, again: bool = False, noted: bool = False) -> Answer:
    """Asks for what is missing of number and e-mail; the first time behind what the shop's rule is, later `noted` where more of
    the request was told."""
    refused = cannot_say(turn, request) if turn.frame.has("refuses_email", "of_somebody_else") else ""
    if refused:
        return _ask(turn, orders, request, refused)
    asks = "?" in turn.frame.text
    lead = _noted(turn, orders, request.kind, asks) if noted else "" if again else rule_of(turn, orders.policy, request.kind)
    if not again and request.kind in WAITED_FOR and turn.frame.has("is_late", "not_received"):
        lead = f"{turn.say('order_sorry')} {lead}".strip()
    if not again and request.kind == CHANGE:
        lead = f"{lead} {nothing_yet(turn, CHANGE)}"
    return _ask(turn, orders, request, f"{lead} {missing(turn, request)}".strip())


def _noted(turn: Turn, orders: Orders, kind: str, asks: bool) -> str:
    """What was told meanwhile is said back, where it is a wish; what the shop's rules answer without the order is answered."""
    if turn.frame.has("asks_postage") and kind in (PROBLEM, RETURN, REFUND):
        return postage(turn, orders.policy, fault=kind == PROBLEM)
    if turn.frame.has("looked_around"):
        return turn.say("order_traced")
    wish = next((wish for cue, wish in WISHES.items() if turn.frame.has(cue) and not turn.frame.has(f"refuses_{wish}")), "")
    if wish and not asks:
        return turn.say("order_noted_wish", wish=inside(turn.say(f"wish_{wish}")))
    return turn.say("order_then" if asks else "order_noted")


def missing(turn: Turn, request: Request) -> str:
    """The question for what is missing of number and e-mail, or for both anew where they did not fit."""
    number, email = request.details.get(NUMBER), request.details.get(EMAIL)
    if number and email:
        return turn.say("order_still_unknown", wish=wish_of(turn, request), contact=briefly(turn))
    if number and not email and (turn.frame.has("tells_postcode") or len(numbers_in(turn.frame.text)) > 1):
        return turn.say("order_email_and_no_postcode", number=str(number))
    key = "order_ask_email" if number else "order_ask_number" if email else "order_ask_both"
    return turn.say(key, number=str(number or ""))


def cannot_say(turn: Turn, request: Request) -> str:
    """What is said where a number, an e-mail or somebody else's is what the customer has not, or will not tell: what is missing is what they did
    not tell. Empty where they said nothing of it."""
    frame, number = turn.frame, str(request.details.get(NUMBER) or "")
    if frame.has("of_somebody_else"):
        return f"{turn.say('order_of_somebody_else')} {briefly(turn)}"
    if not frame.has("lost_number", "refuses_email"):
        return ""
    if number:
        return f"{turn.say('order_email_lost', number=number)} {briefly(turn)}"
    if frame.has("refuses_email") or request.details.get(EMAIL) is None and frame.has("lost_email"):
        return f"{turn.say('order_email_refused')} {briefly(turn)}"
    return f"{turn.say('order_number_lost')} {reach(turn)}"


def _by_staff(turn: Turn, orders: Orders, request: Request) -> Answer:
    """An order that was not found is looked for by the staff: nothing is told of whether there is one."""
    number, email = str(request.details[NUMBER]), str(request.details[EMAIL])
    plan = turn.say("plan_not_found", number=number, said=str(request.details.get(SAID, "")))
    ticket = orders.tickets.make(turn.sender, request.token, request.kind, plan, number, email)
    orders.requests.keep(replace(request, state=SENT, details={}))
    answer = answered(turn, turn.say("ticket_made_unknown", ticket=ticket.number, email=email), None)
    return replace(answer, memory=replace(answer.memory, shown=replace(answer.memory.shown, policy=TICKET)))


def still_unknown(turn: Turn, orders: Orders, request: Request) -> Answer:
    """Asked again about an order that was not found: nothing is looked up anew."""
    return _ask(turn, orders, request, missing(turn, request))


def _next(turn: Turn, orders: Orders, request: Request) -> Answer:
    """The next step of an order that was not found, behind what the shop's rules answer without it."""
    asks = "?" in turn.frame.text or turn.frame.has("asks_postage")
    lead = _noted(turn, orders, request.kind, asks) if turn.frame.has("asks_postage", "looked_around", *WISHES) else ""
    if lead and lead != turn.say("order_then"):
        return _ask(turn, orders, replace(request, details=with_question(turn, request)), f"{lead} {still_offered(turn, request)}")
    return _ask(turn, orders, replace(request, details={**request.details, SAID_NEXT: True}), next_step(turn, request))


def _ask(turn: Turn, orders: Orders, request: Request, text: str) -> Answer:
    orders.requests.keep(request)
    asked_by_rule = turn.frame.kind in OF_ORDERS and not is_about_own(turn.frame)
    failed = bool(request.details.get(FAILED) and request.details.get(NUMBER) and request.details.get(EMAIL))
    pointer = OpenRequest(request.id, request.kind, PROOF, reminded=asked_by_rule and not failed, unmatched=failed)
    return answered(turn, text, pointer, buttons(turn) if failed else ())
