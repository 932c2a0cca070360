"""What is said where the number and the e-mail that were told fit no order: what it was about stays named, nothing that was told is asked for again,
and the staff is offered for as long as it takes."""

from __future__ import annotations

from bot.answers.joining import sentences
from bot.answers.orders.case import CUES, SAID
from bot.answers.shop.contact import briefly
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.store.requests import Request
from bot.understanding.next_steps import ASKS_NEXT, INSISTS
from bot.understanding.support import CANCEL, CHANGE, PROBLEM, REFUND, RETURN, STATUS

NUMBER, EMAIL, SAID_NEXT = "number", "email", "said_next"
# What a request is about by a cue of the message that began it; of its kind alone where none of them stands in it.
BY_CUE = {
    "is_damaged": "damaged", "is_wrong": "wrong", "wants_exchange": "exchange", "is_missing": "missing", "is_faulty": "faulty", "looked_around": "lost",
    "shows_delivered": "lost",
}
KINDS_BY_CUE = frozenset({STATUS, RETURN, CHANGE, PROBLEM})
NOT_DONE = frozenset({CANCEL, CHANGE})
PROVES = ("order number", "e-mail")


def wish_of(turn: Turn, request: Request) -> str:
    """What the request is about, as it stands inside a sentence: "the exchange", "the missing parcel"."""
    cues = {*(request.details.get(CUES) or ())}
    named = next((name for cue, name in BY_CUE.items() if cue in cues), "") if request.kind in KINDS_BY_CUE else ""
    if not named and request.kind == CHANGE and "about_address" in cues:
        named = "address"
    known = request.kind if request.kind in (CANCEL, CHANGE, RETURN, REFUND, PROBLEM) else STATUS
    return inside(turn.say(f"unmatched_{named or known}"))


def not_found(turn: Turn, request: Request) -> str:
    """The first time that nothing is found. Who says that they told it before is asked to check nothing."""
    if turn.frame.has(INSISTS, ASKS_NEXT):
        return next_step(turn, request)
    return _said(turn, "order_no_match", request)


def next_step(turn: Turn, request: Request) -> str:
    """What comes next of an order that was not found, for who says that all is right, or asks."""
    return _said(turn, "order_next_step_again" if request.details.get(SAID_NEXT) else "order_next_step", request)


def nothing_yet(turn: Turn, kind: str) -> str:
    """That nothing is done yet, of what the customer may take for done; empty of all else."""
    return turn.say(f"nothing_yet_{kind}") if kind in NOT_DONE else ""


def still_offered(turn: Turn, request: Request) -> str:
    """The offer again, in a sentence behind an answer to something else."""
    return turn.say("request_waits_unmatched", wish=wish_of(turn, request))


def _said(turn: Turn, key: str, request: Request) -> str:
    told = {"number": str(request.details.get(NUMBER) or ""), "email": str(request.details.get(EMAIL) or "")}
    text = turn.say(key, wish=wish_of(turn, request), contact=briefly(turn), nothing=nothing_yet(turn, request.kind), **told)
    return " ".join(text.split())


def with_question(turn: Turn, request: Request) -> dict[str, object]:
    """What the request knows, with the question of this message for the staff to answer too."""
    said = str(request.details.get(SAID) or "")
    return {**request.details, SAID: said if turn.frame.text in said else f"{said}; {turn.frame.text}".strip("; ")}


def without_proof_asked(text: str) -> str:
    """A text of the shop's without the sentences that ask for what was told already."""
    kept = [one for one in sentences(text) if not all(word in one.lower() for word in PROVES)]
    return " ".join(kept)
