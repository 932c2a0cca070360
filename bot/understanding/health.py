"""What of a conversation is, or may be, about somebody's skin or health, so that nobody else reads it unless they agree."""

from __future__ import annotations

from bot.understanding.frame import ALLERGIC, SURE, USED, Frame, kind_of_intent
from bot.understanding.support import BACK, HUMAN, NO_HUMAN, OF_ORDERS, TICKET
from bot.understanding.whose import OTHER

OF_HEALTH = ("concern", "skin_type", "condition", "safety")
TELLING = frozenset({ALLERGIC, USED})
KINDS = frozenset({
    "age", "allergic_or_irritated", "allergy", "calming", "cause", "find_culprit", "for_concern", "for_skin_type", "irritation", "medical",
    "my_skin_type", "not_working", "pregnancy", "pregnancy_used", "profile", "purging", "reaction", "report_reaction", "side_effects",
    "tell_profile",
})
"""Kinds of question that tell of whoever asks them."""
CUES = (
    "allergy_told", "am_i_allergic", "beginner", "experienced", "irritated_skin", "nurses", "of_my_body", "of_others", "pregnant_maybe",
    "pregnant_told", "reacts_badly", "skin_reacted", "speaks_of_pregnancy",
)
OF_SHOP = frozenset({
    *OF_ORDERS, TICKET, HUMAN, NO_HUMAN, BACK, "authenticity", "bot_identity", "capabilities", "carrier", "contact", "delivery_area",
    "delivery_cost", "delivery_time", "discount", "goodbye", "greet", "how_to_order", "language", "packaging", "payment", "thank",
})
"""Kinds whose answers tell nothing of whoever asked."""
ASKS_CONSENT = frozenset({HUMAN, "affirm", "deny"})
"""Kinds whose answers may repeat what is known of the person."""
FEW = 6
LIKELY = 0.2


def tells(frame: Frame) -> bool:
    """Whether a message tells, as far as it was understood, of anybody's skin or health."""
    return (
        bool(frame.whose == OTHER or frame.whom) or frame.kind in KINDS or frame.has(*CUES) or frame.number("age") is not None
        or any(one.label in OF_HEALTH or one.role in TELLING for one in (*frame.mentions, *frame.told))
    )  # fmt: skip


def is_open(frame: Frame) -> bool:
    """Whether a message surely tells nothing of anybody's skin or health: it was understood, or is the number or the address that
    was asked for, and names nothing of the kind. What is unclear is not open."""
    asked_for = len(frame.words) <= FEW and any(one.measures in ("order_number", "email") for one in frame.quantities)
    return not tells(frame) and (frame.band == SURE or frame.kind in OF_SHOP or asked_for)


def may_tell(frame: Frame) -> bool:
    """Whether a message that was not understood may tell of anybody's skin or health: one of its likelier readings would."""
    guessed = [name for name in (frame.runner_up, *(one for one, share in frame.ranking if share >= LIKELY)) if kind_of_intent(name) in KINDS]
    situations = (*frame.situations, *frame.in_talk, *frame.alarm)
    return tells(frame) or bool(guessed) or any(one.name and one.share >= LIKELY for one in situations)


def answers_openly(frame: Frame) -> bool:
    """Whether the answer to an open message tells nothing of the person either, whatever is known of them."""
    return frame.kind in OF_SHOP and frame.kind not in ASKS_CONSENT
