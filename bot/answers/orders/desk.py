"""The talk with a customer who proves who they are once, for all their orders: what they want, in errands one after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import List, Sequence

from bot.answers.answer import Answer
from bot.answers.orders import chain, code, facts, own_address
from bot.answers.orders.aside import Aside, aside
from bot.answers.orders.case import SAID, answered
from bot.answers.orders.chain import LATER, STEPS
from bot.answers.orders.claims import claim_in, proved
from bot.answers.orders.errand import Desk, Errand
from bot.answers.orders.errands import errands
from bot.answers.orders.proof import asker
from bot.answers.turn import Turn
from bot.store.requests import Request
from bot.store.support_models import DROPPED
from bot.support.gateway import Customer, Order
from bot.support.naming import numbers_in, titles_in
from bot.support.orders import Orders
from bot.understanding.memory import OpenRequest
from bot.understanding.requests import FACTS, Want
from bot.understanding.said import plain
from bot.understanding.support import CANCEL, CODE, OF_ORDERS, OWN_ADDRESS, PROOF, TEAM, WHICH_ORDER

SHORT = 2


def heard(turn: Turn, orders: Orders) -> Answer:
    """Answers a message about the orders of a customer.

    Raises:
        GatewayError, StoreError: when the shop or the database gives no answer.
    """
    pointer = turn.memory.request
    request = orders.requests.of(turn.sender, pointer.id) if pointer is not None else None
    customer = orders.proving.customer(asker(turn))
    if customer is None:
        waits = request if pointer is not None and pointer.awaits == PROOF else None
        result = proved(turn, orders, waits)
        return result if isinstance(result, Answer) else _first(turn, orders, *result)
    if _is_somebody_else(turn, orders, customer):
        return answered(turn, turn.say("one_customer_only"), pointer)
    desk = desk_of(turn, orders)
    if pointer is None or not pointer.awaits or request is None:
        return _new(turn, orders, desk, turn.frame.text)
    if pointer.awaits == WHICH_ORDER:
        return _told_which(turn, orders, replace(desk, hint=plain(turn.frame.text)), request)
    return _open(turn, orders, desk, request)


def desk_of(turn: Turn, orders: Orders) -> Desk:
    """What errands are read by in this turn."""
    today = datetime.fromtimestamp(turn.now, tz=timezone.utc).date()
    before = orders.requests.latest(turn.sender, with_order=True)
    spoken = orders.requests.latest(turn.sender)
    known = orders.proving.orders_of(asker(turn))
    topic = _topic(known, spoken) if spoken else ()
    return Desk(known, orders.policy, today, turn.resources.request_words, last=before.order_number if before else "", last_kind=spoken.kind if spoken else "", topic=topic)


def _topic(known: Sequence[Order], spoken: Request) -> Sequence[str]:
    """The words of the titles that were spoken of last: in the message, or else as the positions of a request."""
    said = plain(str(spoken.details.get(SAID, "")))
    titles = [one.title for one in titles_in([line.title for order in known for line in order.lines], said)]
    keys = spoken.details.get(chain.LINES) or {}
    titles = titles or [line.title for order in known if order.number == spoken.order_number for line in order.lines if line.key in keys]
    return [word for title in dict.fromkeys(titles) for word in plain(title)]


def _first(turn: Turn, orders: Orders, customer: Customer, said: str) -> Answer:
    """The first answer to somebody who just proved who they are: what they asked for meanwhile, or what they would like."""
    wants = turn.resources.request_words.wants(said)
    greeting = turn.say("customer_found", name=customer.first_name or customer.email)
    desk = desk_of(turn, orders)
    if not wants and not _hints(said, desk):
        return answered(turn, f"{greeting} {turn.say('what_can_i_do')}", turn.memory.request and replace(turn.memory.request, awaits=""))
    return _new(turn, orders, desk, said, greeting)


def _new(turn: Turn, orders: Orders, desk: Desk, text: str, before: str = "") -> Answer:
    wants: Sequence[Want] = turn.resources.request_words.wants(text)
    if not wants:
        kind = turn.frame.kind if turn.frame.kind in STEPS and turn.frame.kind in OF_ORDERS else FACTS
        if kind == FACTS and turn.frame.has("said_no", "gives_up") or len(plain(text)) <= SHORT and not _hints(text, desk):
            return answered(turn, turn.say("anything_else"), turn.memory.request)
        wants = [Want(kind, text)]
    return chain.run(turn, orders, desk, errands(wants, desk), [before])


def _told_which(turn: Turn, orders: Orders, desk: Desk, request: Request) -> Answer:
    """The answer to the question which order, or which of several things, is meant."""
    orders.requests.keep(replace(request, state=DROPPED))
    own = turn.resources.request_words.wants(turn.frame.text)
    person = [one for one in errands(own, desk) if one.kind == TEAM]
    if person:
        return chain.run(turn, orders, desk, person)
    if turn.frame.has("gives_up") or turn.resources.request_words.has(plain(turn.frame.text), "leaves"):
        return chain.goes_on(turn, orders, desk, answered(turn, turn.say("request_dropped"), replace(_pointer(turn), awaits="")))
    said = str(request.details.get(SAID, ""))
    later = [Errand.read(one) for one in request.details.get(LATER) or ()]
    text = f"{said}. {turn.frame.text}"
    found = errands([Want(request.kind, text)], desk)
    more = list(errands([one for one in own if one.kind != request.kind], desk))
    return chain.run(turn, orders, desk, [*found, *later, *more])


def _open(turn: Turn, orders: Orders, desk: Desk, request: Request) -> Answer:
    """A message while a request waits: its answer, a correction of it, or something else beside it."""
    pointer = _pointer(turn)
    if pointer.awaits == CODE:
        result = code.heard(turn, orders, request)
        if isinstance(result, Answer):
            return result
        return _unlocked(turn, orders, result)
    desk = replace(desk, last=request.order_number or desk.last)
    found = aside(turn, desk, request, pointer.awaits)
    if found.told and not turn.frame.has("said_yes", "said_no") and not (found.instead or found.leaves or found.more):
        text = "\n\n".join(facts.told(turn, orders, desk, one) for one in found.told)
        waits = turn.say(f"request_waits_{pointer.awaits}")
        return answered(turn, f"{text}\n\n{waits}", pointer)
    if found.instead or found.leaves:
        return _left(turn, orders, desk, request, found)
    if found.more:
        later = [*(request.details.get(LATER) or ()), *(one.as_data() for one in _new_ones(found.more, request))]
        request = replace(request, details={**request.details, LATER: later})
        orders.requests.keep(request)
    if request.kind in (OWN_ADDRESS, TEAM):
        case = own_address.resumed(turn, orders, request)
        answer = STEPS[request.kind](case) if case else answered(turn, turn.say("request_gone"), None)
        return chain.goes_on(turn, orders, desk, answer)
    order = orders.proving.seen(asker(turn), request.order_number)
    if order is None:
        return answered(turn, turn.say("request_gone"), None)
    step = STEPS[request.kind](chain.case_of(turn, orders, request, order))
    answer = chain.goes_on(turn, orders, desk_of(turn, orders), step)
    return _with_facts(turn, orders, answer, found) if turn.frame.has("said_yes") else answer


def _unlocked(turn: Turn, orders: Orders, request: Request) -> Answer:
    """Goes on with a request, as it was told before its code was asked for."""
    if request.kind == OWN_ADDRESS:
        case = own_address.resumed(chain.in_own_words(turn, str(request.details.get(SAID, "")), request.kind), orders, request, fresh=True)
        answer = STEPS[request.kind](case) if case else answered(turn, turn.say("request_gone"), None)
        return chain.goes_on(turn, orders, desk_of(turn, orders), answer)
    order = orders.proving.seen(asker(turn), request.order_number)
    if order is None:
        return answered(turn, turn.say("request_gone"), None)
    return chain.goes_on(turn, orders, desk_of(turn, orders), STEPS[request.kind](chain.case_of(turn, orders, request, order, fresh=True)))


def _with_facts(turn: Turn, orders: Orders, answer: Answer, found: Aside) -> Answer:
    """The answer to a yes, with what was asked beside it: "yes, and what is the total then?"."""
    desk = desk_of(turn, orders)
    told = [facts.told(turn, orders, desk, one) for one in found.told]
    text, buttons = chain.said(answer)
    return answered(turn, chain.joined([text, *told]), answer.memory.request, buttons) if told else answer


def _left(turn: Turn, orders: Orders, desk: Desk, request: Request, found: Aside) -> Answer:
    """The open request is left with nothing done: what is wanted instead comes, and what waited behind it."""
    orders.requests.keep(replace(request, state=DROPPED))
    waiting = chain.following([Errand.read(one) for one in request.details.get(LATER) or ()], refused=False)
    if any(one.kind == TEAM for one in found.instead):
        waiting = []  # a person sees to the rest too
    sorts = {one.kind for one in found.instead}
    waiting = [one for one in waiting if not (one.kind in sorts and request.kind in sorts)]
    left = turn.say("cancel_kept", number=request.order_number) if request.kind == CANCEL else turn.say("request_dropped")
    rest = [*found.instead, *found.more, *waiting]
    said = [left] if found.leaves or not found.instead else []
    if not rest:
        return answered(turn, left, replace(_pointer(turn), awaits=""))
    return chain.run(turn, orders, desk, rest, said)


def _new_ones(more: Sequence[Errand], request: Request) -> List[Errand]:
    """What does not wait already."""
    waiting = {(one["kind"], one["number"]) for one in request.details.get(LATER) or ()}
    return [one for one in more if not one.number or (one.kind, one.number) not in waiting or one.lines]


def _hints(text: str, desk: Desk) -> bool:
    """Whether a text names something of the customer's orders."""

    words = plain(text)
    titles = [line.title for order in desk.orders for line in order.lines]
    return bool(titles_in(titles, words) or numbers_in(words, [one.number for one in desk.orders]) or "order" in words or "orders" in words)


def _is_somebody_else(turn: Turn, orders: Orders, customer: Customer) -> bool:
    """Whether a message names another e-mail than the customer's: a conversation is with one customer only."""
    claim = claim_in(turn.frame.text, turn.frame, turn.resources, orders, asked=False)
    return bool(claim.email) and claim.email.lower() != customer.email.lower()


def _pointer(turn: Turn) -> OpenRequest:
    assert turn.memory.request is not None, "only called while a request is open"
    return turn.memory.request


