"""Decisions of a conversation where the classifier is unsure or lost: what is plain all the same; see `decisions`."""

from __future__ import annotations

from typing import Sequence

from bot.rules.knowledge import Knowledge
from bot.understanding import shopping
from bot.understanding.context import ROUTINES, Context, asks, is_bare
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

OF_ORDER = frozenset({"order", "routine_steps", "check_routine", "time_of_day"})
# Of an order that nobody spoke of they are poor guesses within a talk of skin.
OF_PARCELS = frozenset({"report_problem", "order_status", "cancel_order", "change_order", "return", "refund", "exchange"})
MINDED = frozenset({"medicine", "condition", "procedure"})
NOT_UNDERSTOOD = "lost"


def plain_though_unsure(context: Context) -> str:
    """What needs no classifier to be understood, where it is unsure or lost: health, irritated skin, a term, products
    with wishes, the routine spoken of; then the likeliest guess where a subject leaves little else to mean."""
    frame, memory, knowledge = context.frame, context.memory, context.knowledge
    if frame.band == SURE or frame.rules:
        return ""
    guesses = [kind_of_intent(name) for name in likely(frame)]
    if memory.asked.kind in ROUTINES and (memory.asked.kind in guesses or (memory.person.routine and OF_ORDER & set(guesses))):
        return memory.asked.kind  # "so in the morning, what's the full order?"
    healing = [one for one in frame.ids("condition") if (entry := knowledge.conditions[one].entry) and knowledge.safety[entry].heals]
    minded = healing or [one.id for one in frame.of("safety") if knowledge.safety[one.id].kind in MINDED and one.role != NEGATED]
    if frame.has("irritated_skin") and "irritation" in guesses:
        return "irritation"
    if frame.has("good_idea", "is_fine", "is_it_bad") and frame.of(*CONTENT) and any("together" in knowledge.terms[one].facts for one in frame.ids("term")):
        return "together"  # "is slugging over adapalene a bad idea?"
    found = _about_a_term(frame, knowledge, guesses)
    if found:
        return found
    if frame.has("first", "second", "last_one") and frame.has("is_it_bad", "is_fine") and len(memory.asked.subjects) > 1:
        return "can_use"  # "so is the second one a bad idea?"
    if shopping.lists_wishes(frame) or shopping.asks_for_products(frame, knowledge):
        return "find_product"
    healing_on = bool(context.person.procedure and memory.asked.kind) and is_bare(context) and not memory.shown.kind and memory.asked.kind not in ROUTINES
    return _best_guess(context, guesses) or ("medical" if minded else "") or _permission(frame) or ("medical" if healing_on else "")


def without_the_guess(context: Context) -> str:
    """What a message is about whose guess cannot be right: a term is explained, a subject asked about for use."""
    frame = context.frame
    if frame.ids("term") and not frame.of(*SUBJECTS):
        return "what_is"
    return "can_use" if frame.of(*SUBJECTS) else "medical"


def _about_a_term(frame: Frame, knowledge: Knowledge, guesses: Sequence[str]) -> str:
    terms = [knowledge.terms[one] for one in frame.ids("term")]
    spoken = {kind for term in terms for kind in (*term.covers, *term.facts)}
    alone = not frame.of(*SUBJECTS, *NEEDS)
    found = next((one for one in guesses if one in spoken), "")
    return found or ("what_is" if alone and any(not term.aspect for term in terms) else "")


OF_THE_SHELF = frozenset({"stock", "price", "product_ingredients"})


def _best_guess(context: Context, guesses: Sequence[str]) -> str:
    """The likeliest guess, where the message names a subject for it, or the conversation has one; never of small talk."""
    frame, memory = context.frame, context.memory
    guess = guesses[0] if guesses else ""
    if not guess or guess in SMALL_TALK or frame.band == LOST or (_of_no_order(guess, context)):
        return ""
    if guess in OF_THE_SHELF and not asks(frame) and not frame.of("product", "brand") and not frame.short:
        return ""  # "I only have azelaic acid left" asks for none
    named = frame.of(*ASKED_ABOUT, *NEEDS, "product", "safety")
    refers = memory.asked.named and (frame.short or frame.has("points_back"))
    return guess if named or refers else ""


def _of_no_order(guess: str, context: Context) -> bool:
    frame, memory = context.frame, context.memory
    talks_of_skin = bool(memory.asked.kind or memory.shown.listed) and memory.request is None and not memory.shown.policy
    return guess in OF_PARCELS and talks_of_skin and not frame.has("of_my_order") and frame.number("order_number") is None


def _permission(frame: Frame) -> str:
    """Whether something may be used, or two things together, where a question asks for no more than that."""
    asks = frame.has("asks_permission", "is_fine")
    named = len(frame.ids(*CONTENT))
    return ("together" if named > 1 else "can_use") if asks and (named or frame.ids(*SUBJECTS)) else ""


SMALL_TALK = frozenset({
    "greet", "goodbye", "thank", "affirm", "deny", "bot_identity", "capabilities", "how_are_you", "insult", "language", "out_of_scope",
    "forget_me", "start_over", "profile", "human",
})


def nothing_was_said(context: Context) -> str:
    """ "Should I put more?" where nothing was said of which there could be more."""
    memory = context.memory
    said = memory.asked.kind or memory.said.more or memory.shown.listed or memory.shown.policy or memory.routine
    return NOT_UNDERSTOOD if context.frame.kind == "show_more" and not said else ""
