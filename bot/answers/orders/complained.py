"""A complaint that was heard before the number and the e-mail came, or how a skin reacted before the money was asked back: what is
answered then is that, with the order."""

from __future__ import annotations

from typing import Mapping, Sequence

from bot.answers.orders.chain import in_own_words
from bot.answers.orders.reaction import told_before
from bot.answers.turn import Turn
from bot.understanding.support import CHANGE, PROBLEM, REFUND, RETURN, STATUS
from bot.understanding.upset import UPSET

KINDS_OF: Mapping[str, Sequence[str]] = {
    STATUS: ("charged_twice", "left_elsewhere"),
    PROBLEM: ("is_damaged", "is_missing", "is_wrong", "is_faulty"),
    REFUND: ("wants_refund", "sent_back"),
}
"""Which request a complaint is, by what it says; the first that is found counts."""
OF_ITS_OWN = ("wants_done", "about_address", "about_items", "about_delivery", "other_payment", "about_extras")
"""Cues of a message that says itself what shall change."""


def complained(turn: Turn) -> tuple[str, str, list[str]]:
    """The kind of request, the words and the cues of what was complained of right before; all empty where nothing was."""
    shown = turn.memory.shown
    if told_before(turn):
        return RETURN, turn.frame.text, ["skin_reacted"]
    bare = turn.frame.kind == STATUS or (turn.frame.kind == CHANGE and not turn.frame.has(*OF_ITS_OWN))
    if shown.policy != UPSET or not shown.said or not bare:
        return "", "", []
    cues = in_own_words(turn, shown.said, STATUS).frame.cues
    kind = next((kind for kind, signs in KINDS_OF.items() if cues & set(signs)), STATUS)
    return kind, shown.said, sorted(cues)
