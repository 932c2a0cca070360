"""What a message says against an open request or beside it: that it is left, that something else is meant, that a person is wanted, or
that there is more to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import List, Sequence

from bot.answers.orders.case import SAID
from bot.answers.orders.errand import Desk, Errand
from bot.answers.orders.errands import errands
from bot.answers.turn import Turn
from bot.store.requests import Request
from bot.support.naming import numbers_in, titles_in
from bot.understanding.addresses import address_in
from bot.understanding.requests import ADDRESS as CHANGES_ADDRESS
from bot.understanding.requests import FACTS, RequestWords, Want
from bot.understanding.said import plain
from bot.understanding.support import ADDRESS, CANCEL, ITEMS, METHOD, OWN_ADDRESS, REASON, RETURN, TEAM, VARIANT, YES

THIS = frozenset({"order", "it", "everything", "whole", "entire", "all", "that", "this"})
BACK = frozenset({CANCEL, RETURN})
BARE = 3


@dataclass(frozen=True)
class Aside:
    """What a message says: questions, what is wanted besides, what is wanted instead, and whether the open request is left."""

    told: Sequence[Errand] = ()
    more: Sequence[Errand] = ()
    instead: Sequence[Errand] = ()
    leaves: bool = False


def aside(turn: Turn, desk: Desk, request: Request, awaits: str) -> Aside:
    """Reads a message while a request waits for the customer."""
    reading, words = turn.resources.request_words, plain(turn.frame.text)
    wants = [one for one in reading.wants(turn.frame.text) if not _only_where_to(one, request, reading, desk)]
    found = [_of_this(one, request) for one in errands(wants, desk)]
    if any(one.kind == TEAM for one in found):
        return Aside(instead=[one for one in found if one.kind == TEAM])
    if not found:
        found = _unsaid(turn.frame.text, desk, request)
    told = [one for one in found if one.kind == FACTS]
    others = [one for one in found if one.kind != FACTS and (one.kind, one.number) != (request.kind, request.order_number) and (one.number or one.kind == OWN_ADDRESS)]
    leaves = _leaves(turn, reading, words, awaits)
    another = not reading.has(words, "also") and any(_same_sort(one.kind, request.kind) and one.number != request.order_number for one in others)
    if another and (leaves or awaits != YES or turn.frame.has("said_no") or reading.has(words, "only")):
        return Aside(told, instead=others)
    if others and awaits in (VARIANT, ITEMS) and any(one.number == request.order_number for one in others):
        return Aside(told, instead=others)  # "then cancel the order": said instead of an answer
    if others and awaits in (REASON, ADDRESS, METHOD, VARIANT, ITEMS) and not leaves and not _answers(turn, reading, words, awaits):
        parked = Errand(request.kind, str(request.details.get(SAID, "")), request.order_number, request.details.get("lines") or {})
        return Aside(told, instead=[*others, parked] if request.order_number else others)
    return Aside(told, others, leaves=leaves)


def _unsaid(text: str, desk: Desk, request: Request) -> List[Errand]:
    """What a message without a verb means: "also the tea pot", which is in another order, or "no, #1234"."""
    words = plain(text)
    numbers = [one for one in numbers_in(words, [order.number for order in desk.orders]) if one != request.order_number]
    titles = titles_in([line.title for order in desk.orders for line in order.lines], words)
    if request.kind == CHANGES_ADDRESS or not (numbers or titles):
        return []
    began = "" if titles else " ".join(word for word in str(request.details.get(SAID, "")).split() if not numbers_in(plain(word), [request.order_number]))
    more = errands([Want(request.kind, f"{text} {began}".strip())], desk)
    if any(one.number == request.order_number for one in more) and not numbers:
        return []
    return [one for one in more if one.number and one.number != request.order_number and (one.lines or numbers)]


def _leaves(turn: Turn, reading: RequestWords, words: Sequence[str], awaits: str) -> bool:
    """Whether nothing shall be done: said so, or a bare no where something is asked for."""
    if awaits == REASON and reading.named(words, "reasons"):
        return False  # "I don't need it any more" is why
    bare = turn.frame.has("said_no") and len(words) <= BARE and awaits != YES
    return bare or reading.has(words, "leaves")


def _answers(turn: Turn, reading: RequestWords, words: Sequence[str], awaits: str) -> bool:
    if awaits == REASON:
        return bool(reading.named(words, "reasons"))
    if awaits == METHOD:
        return bool(reading.named(words, "methods"))
    told = address_in(turn.frame.text)
    return awaits == ADDRESS and (told.whole or told.only_unit)


def _only_where_to(want: Want, request: Request, reading: RequestWords, desk: Desk) -> bool:
    """ "Refund it to my gift card instead" says where the money of the open request goes, and is none of its own."""
    words = plain(want.text)
    sends_back = {"return", "returning", "send", "give", "back"} & set(words)
    names = titles_in([line.title for order in desk.orders for line in order.lines], words) or numbers_in(words, [one.number for one in desk.orders])
    return want.kind == RETURN and request.kind != TEAM and bool(reading.named(words, "methods")) and not sends_back and not names


def _of_this(one: Errand, request: Request) -> Errand:
    this = not one.number and not one.among and one.kind in BACK and bool(THIS & set(plain(one.text)))
    return replace(one, number=request.order_number) if this else one


def _same_sort(one: str, other: str) -> bool:
    return one == other or {one, other} <= BACK
