"""What a message says against what was proposed and wants instead of it: the proposal is dropped, the new wish begun."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answers.answer import Answer, Words
from bot.answers.orders.case import CUES, KINDS, SAID, Case
from bot.answers.orders.chain import STEPS, case_of
from bot.answers.orders.proof import asker
from bot.answers.turn import Turn
from bot.store.requests import Request
from bot.store.support_models import DROPPED
from bot.support.gateway import Order
from bot.support.orders import Orders
from bot.understanding.said import plain
from bot.understanding.support import CANCEL, CHANGE, OF_ORDERS, RETURN, YES

PARTS = re.compile(r"[.,;:!?\n]+|\bbut\b|\band\b(?=\s+(?:just|only|rather|instead)\b)", re.IGNORECASE)
DENIES = frozenset({"no", "not", "dont", "don't", "never", "wait", "stop", "actually", "sorry", "nope", "hmm", "oh"})
MOST_OF_A_DENIAL = 7


def instead(case: Case) -> Answer | None:
    """The answer to a message that takes back what was proposed and wants something else of the same order; None where it does not."""
    frame, request = case.turn.frame, case.request
    if case.awaits != YES or request.kind not in OF_ORDERS or not frame.has("said_no", "gives_up") or not frame.has("wishes_instead"):
        return None
    wish = _without_denial(frame.text)
    kind = _kind(case, wish)
    if not wish or not kind or kind == request.kind and kind != CHANGE:
        return None
    case.orders.requests.keep(replace(request, state=DROPPED, details={}))
    answer = _begun(case.turn, case.orders, case.order, kind, wish)
    first = answer.parts[0]
    if not isinstance(first, Words):
        return answer
    dropped = case.say("dropped_for_another")
    return replace(answer, parts=(replace(first, text=f"{dropped} {first.text}"), *answer.parts[1:]))


def _begun(turn: Turn, orders: Orders, order: Order, kind: str, wish: str) -> Answer:
    cues = sorted(turn.frame.cues - {"said_no", "gives_up", "said_yes"})
    details = {SAID: wish, CUES: cues, KINDS: list(turn.frame.ids("product_type", role=None))}
    request: Request = orders.requests.begin(turn.sender, kind, order.number, details)
    seen = orders.proving.seen(asker(turn), order.number) or order
    return STEPS[kind](case_of(turn, orders, request, seen, fresh=True))


def _kind(case: Case, wish: str) -> str:
    """What is wanted instead, by its words: what is said of parts of an order, of its address or of what is packed changes it."""
    words = set(plain(wish))
    if {"cancel", "cancelled"} & words:
        return CANCEL
    if {"return", "returning"} & words or ({"send", "give"} & words and "back" in words):
        return RETURN
    return CHANGE


def _without_denial(text: str) -> str:
    """A message without what only takes the proposal back: "no wait, don't cancel. Just take one off" is "Just take one off"."""
    parts = [part.strip() for part in PARTS.split(text)]
    kept = [part for part in parts if part and not (DENIES & set(part.lower().split()) and len(part.split()) <= MOST_OF_A_DENIAL)]
    return ", ".join(kept)
