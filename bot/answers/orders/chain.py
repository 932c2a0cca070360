"""Several errands one after the other: each a request of its own, the next begun when one is over, all said in one answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Callable, List, Mapping, Sequence

from bot.answers.answer import Answer, Button, Words
from bot.answers.orders import (
    cancel,
    change,
    facts,
    own_address,
    payment,
    problem,
    refund,
    returns,
    status,
    sums,
    swap,
    team,
)
from bot.answers.orders.case import CUES, KINDS, SAID, Case, answered
from bot.answers.orders.errand import Desk, Errand
from bot.answers.orders.proof import asker
from bot.answers.turn import Turn
from bot.rules.names import listed
from bot.store.requests import Request
from bot.store.support_models import DONE, DROPPED, REFUSED
from bot.support.gateway import Order, State
from bot.support.orders import Orders
from bot.understanding.asked import in_words
from bot.understanding.frame import SURE, Frame
from bot.understanding.memory import OpenRequest
from bot.understanding.said import plain
from bot.understanding.support import (
    CANCEL,
    CHANGE,
    CHANGE_ITEMS,
    CHANGE_PAYMENT,
    FACTS,
    OWN_ADDRESS,
    PROBLEM,
    REFUND,
    RETURN,
    STATUS,
    TEAM,
    WHICH_ORDER,
)

LATER, LINES = "later", "lines"
STEPS: Mapping[str, Callable[[Case], Answer]] = {
    STATUS: status.advance, CANCEL: cancel.advance, CHANGE: change.advance, RETURN: returns.advance, REFUND: refund.advance, PROBLEM: problem.advance,
    CHANGE_ITEMS: swap.advance, CHANGE_PAYMENT: payment.advance, OWN_ADDRESS: own_address.advance, TEAM: team.advance,
}


def run(turn: Turn, orders: Orders, desk: Desk, errands: Sequence[Errand], before: Sequence[str] = ()) -> Answer:
    """Answers errands up to the first that has to wait for the customer; the others come behind it."""
    texts: List[str] = [one for one in before if one]
    pointer = turn.memory.request
    rest = list(errands)
    while rest:
        errand, rest = rest[0], rest[1:]
        if errand.kind == FACTS:
            texts.append(facts.told(turn, orders, desk, errand))
            _noted(turn, orders, errand)
            continue
        answer = _begin(turn, orders, desk, errand, rest)
        text, buttons = said(answer)
        texts.append(text)
        pointer = answer.memory.request
        if pointer is not None and pointer.awaits:
            return answered(turn, joined(texts), pointer, buttons)
        rest = following(rest, refused=True)
    pointer = replace(pointer, awaits="") if pointer is not None else None
    return answered(turn, joined(texts), pointer)


def _noted(turn: Turn, orders: Orders, errand: Errand) -> None:
    """Keeps what was asked about, so that "it" behind it is understood."""
    request = orders.requests.begin(turn.sender, FACTS, errand.number, {SAID: errand.text})
    orders.requests.keep(replace(request, state=DROPPED))


def goes_on(turn: Turn, orders: Orders, desk: Desk, answer: Answer) -> Answer:
    """What comes behind the answer of a step: nothing while it waits for the customer, else the errands that are left."""
    pointer = answer.memory.request
    if pointer is None or pointer.awaits:
        return answer
    request = orders.requests.of(turn.sender, pointer.id)
    later = [Errand.read(one) for one in (request.details.get(LATER) or ())] if request else []
    text, _ = said(answer)
    left = [one for one in following(later, refused=request is not None and request.state == REFUSED) if not _is_over(one, desk)]
    if not left:
        total = sums.of_done(turn, orders) if request is not None and request.state == DONE and LATER in request.details else ""
        return answered(turn, joined([text, total]), pointer) if total else answer
    return run(turn, orders, desk, left, [text])


def following(errands: Sequence[Errand], refused: bool) -> List[Errand]:
    """The errands that are left: those meant for a refusal only where there was one, and then only the first of them."""
    rest = list(errands)
    first = rest[:1] if refused and rest and rest[0].otherwise else []
    while rest and rest[0].otherwise:
        rest = rest[1:]
    return [*(replace(one, otherwise=False) for one in first), *rest]


def _is_over(errand: Errand, desk: Desk) -> bool:
    """Whether what waited is done by now: the order is cancelled, or comes back already where that is possible once."""
    order = next((one for one in desk.orders if one.number == errand.number), None)
    if order is None:
        return False
    return (errand.kind == CANCEL and order.state is State.CANCELLED) or (errand.kind == RETURN and bool(order.returns) and desk.policy.returns.once)


def case_of(turn: Turn, orders: Orders, request: Request, order: Order, fresh: bool = False) -> Case:
    """The case of a request, heard in the words of its own errand while it is fresh."""
    return Case(in_own_words(turn, str(request.details.get(SAID, "")), request.kind) if fresh else turn, orders, request, order, fresh)


def in_own_words(turn: Turn, text: str, kind: str) -> Turn:
    """The turn as if only a part of its message had been said."""
    found = turn.resources.cues.find(in_words(text))
    frame = Frame(text, words=plain(text), kind=kind, band=SURE, cues=found.cues | found.told, quantities=turn.frame.quantities)
    return replace(turn, frame=frame)


def _begin(turn: Turn, orders: Orders, desk: Desk, errand: Errand, later: Sequence[Errand]) -> Answer:
    """Begins an errand; one of which the order is not known asks for it."""
    own = in_own_words(turn, errand.text, errand.kind)
    details: dict[str, Any] = {SAID: errand.text, CUES: sorted(own.frame.cues), KINDS: [], LATER: [one.as_data() for one in later]}
    if errand.lines:
        details[LINES] = dict(errand.lines)
    request = orders.requests.begin(turn.sender, errand.kind, errand.number, details)
    if errand.kind in (OWN_ADDRESS, TEAM):
        return own_address.begun(own, orders, request, STEPS[errand.kind])
    order = orders.proving.seen(asker(turn), errand.number) if errand.number else None
    if order is None:
        return _which(turn, orders, desk, errand, request)
    return STEPS[errand.kind](Case(own, orders, request, order, fresh=True))


def _which(turn: Turn, orders: Orders, desk: Desk, errand: Errand, request: Request) -> Answer:
    """Asks which order, or which of several things of one name is meant."""
    pointer = OpenRequest(request.id, request.kind, WHICH_ORDER)
    if errand.among:
        return answered(turn, turn.say("which_of_these", items=listed(list(errand.among))), pointer)
    able = [one for one in desk.orders if desk.allowed(one, errand.kind)] or list(desk.orders)
    if not able:
        return answered(turn, turn.say("no_orders"), None)
    unknown = turn.say("number_not_yours", number=errand.unknown) + " " if errand.unknown else ""
    lines = [facts.in_short(turn, one) for one in able]
    return answered(turn, f"{unknown}{turn.say('which_order')}\n" + "\n".join(lines), pointer)


def said(answer: Answer) -> tuple[str, Sequence[Button]]:
    """The text and the buttons of an answer of words."""
    parts = [one for one in answer.parts if isinstance(one, Words)]
    return "\n\n".join(one.text for one in parts), [button for one in parts for button in one.buttons]


def joined(texts: Sequence[str]) -> str:
    """Texts as paragraphs."""
    return "\n\n".join(dict.fromkeys(one.strip() for one in texts if one.strip()))


__all__ = ["LATER", "LINES", "STEPS", "case_of", "following", "goes_on", "in_own_words", "joined", "run", "said"]
