"""Decisions of a conversation where the classifier is unsure or lost: what is plain all the same; see `decisions`."""

from __future__ import annotations

from typing import Sequence

from bot.rules.knowledge import Knowledge
from bot.understanding import shopping
from bot.understanding.context import ROUTINES, Context
from bot.understanding.frame import (
    ASKED_ABOUT,
    CONTENT,
    LOST,
    NEEDS,
    NEGATED,
    SUBJECTS,
    SURE,
    Frame,
    kind_of_intent,
    likely,
)

MINDED = frozenset({"medicine", "condition", "procedure"})


def plain_though_unsure(context: Context) -> str:
    """What needs no classifier to be understood, where it is unsure or lost: health, irritated skin, a term, the shop's topics,
    products with wishes, the routine spoken of; then the likeliest guess where a subject leaves little else to mean."""
    frame, memory, knowledge = context.frame, context.memory, context.knowledge
    if frame.band == SURE or frame.rules:
        return ""
    if context.is_topic(frame, memory):
        return "shop_topic"
    guesses = [kind_of_intent(name) for name in likely(frame)]
    if memory.asked.kind in ROUTINES and memory.asked.kind in guesses:
        return memory.asked.kind
    minded = [one for one in frame.of("safety") if knowledge.safety[one.id].kind in MINDED and one.role != NEGATED]
    if frame.has("irritated_skin") and "irritation" in guesses:
        return "irritation"
    found = _about_a_term(frame, knowledge, guesses)
    if found:
        return found
    if shopping.lists_wishes(frame) or shopping.asks_for_products(frame, knowledge):
        return "find_product"
    return _best_guess(context, guesses) or ("medical" if minded else "") or _permission(frame)


def _about_a_term(frame: Frame, knowledge: Knowledge, guesses: Sequence[str]) -> str:
    terms = [knowledge.terms[one] for one in frame.ids("term")]
    spoken = {kind for term in terms for kind in (*term.covers, *term.facts)}
    alone = not frame.of(*SUBJECTS, *NEEDS)
    found = next((one for one in guesses if one in spoken), "")
    return found or ("what_is" if alone and any(not term.aspect for term in terms) else "")


def _best_guess(context: Context, guesses: Sequence[str]) -> str:
    """The likeliest guess, where the message names a subject for it, or the conversation has one; never of small talk."""
    frame, memory = context.frame, context.memory
    guess = guesses[0] if guesses else ""
    if not guess or guess in SMALL_TALK or frame.band == LOST:
        return ""
    named = frame.of(*ASKED_ABOUT, *NEEDS, "product", "safety")
    refers = memory.asked.named and (frame.short or frame.has("points_back"))
    return guess if named or refers else ""


def _permission(frame: Frame) -> str:
    """Whether something may be used, or two things together, where a question asks for no more than that."""
    asks = frame.has("asks_permission", "is_fine")
    named = len(frame.ids(*CONTENT))
    return ("together" if named > 1 else "can_use") if asks and named else ""


SMALL_TALK = frozenset({
    "greet", "goodbye", "thank", "affirm", "deny", "bot_identity", "capabilities", "how_are_you", "insult", "language", "out_of_scope",
    "forget_me", "start_over", "profile", "human",
})
