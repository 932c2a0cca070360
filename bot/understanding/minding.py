"""What speaks against what somebody asks, though they did not ask about that: a practice that skin must be spared, open skin, a child's
sore skin, a medicine under a strong sun. Decisions of a conversation; see `decisions`."""

from __future__ import annotations

from dataclasses import replace
from typing import Tuple

from bot.rules.gate import BASICS, is_hurt
from bot.rules.kinship import is_among
from bot.rules.practices import KIND as PRACTICE
from bot.rules.practices import rule_for
from bot.rules.safety import CHILD, is_strong
from bot.rules.strong_sun import KIND as STRONG_SUN
from bot.rules.strong_sun import MEDICINES, SENSITIVE
from bot.understanding.context import Context, is_bare
from bot.understanding.frame import CONTENT, NEGATED, SUBJECTS, SURE, Frame, Mention
from bot.understanding.person import REPORTS, TELLS
from bot.understanding.references import CHILD_REACTED, practices_of

OPEN = ("open_skin",)
MEDICAL, CAN_USE, CALMING = "medical", "can_use", "calming"
# They are about what was done already, or about the pack.
COMPARES = frozenset({"better", "difference"})
SEARCHES = frozenset({"start_finder", "find_product", "choose"})
BABY = 3
NEVER = frozenset({REPORTS, "read_label", "shelf_life", "storage", "thank", "goodbye", "greet", "human"})


def practice_asked(context: Context) -> str:
    """A massage, a wax, a sauna or the like of somebody for whom it is not: with a medicine, in a pregnancy, on hurt skin, after a procedure."""
    frame = context.frame
    found = practices_of(frame) if frame.kind not in NEVER | COMPARES else ()
    if not found or not _asks(frame) or rule_for(context.knowledge, found, context.person) is None:
        return ""
    active = [one for one in frame.ids(*CONTENT) if is_strong(context.knowledge, one)]
    return "" if active and not frame.story else PRACTICE


def on_open_skin(context: Context) -> str:
    """Something to put on skin that is told of as open in the same message."""
    frame = context.frame
    if frame.kind in NEVER or not set(OPEN) & set(frame.ids("safety")):
        return ""
    named = {*frame.ids(*SUBJECTS), *frame.ids("product_type", role=None)} - BASICS
    if named:
        return CAN_USE
    return MEDICAL if frame.refers and (frame.has("asks_permission", "is_fine") or frame.polar) else ""


def a_child_is_sore(context: Context) -> str:
    """A child whose skin is sore from something strong: what to do now, whatever is asked."""
    frame, knowledge, age = context.frame, context.knowledge, context.person.age
    if age is None or age >= CHILD or frame.kind in NEVER or not frame.has("sore_from_a_product"):
        return ""
    named = [one.id for one in _all_content(frame)] + ([] if frame.of(*SUBJECTS) else list(context.memory.asked.recent))
    return CHILD_REACTED if any(one == "exfoliant" or is_strong(knowledge, one) for one in named) else ""


def a_child_is_told_of(context: Context) -> str:
    """ "8 months, behind the knees, she rubs them at night" in a talk of a child, which asks nothing: what such skin needs."""
    frame, person, before = context.frame, context.person, context.memory.other
    newly = context.memory.of_other and before is not None and before.age is None and person.age is not None and person.age < CHILD
    asks = "?" in frame.text or frame.has("question_word", "asks_permission") or bool(frame.of(*SUBJECTS, "product"))
    return TELLS if newly and not asks and frame.kind not in NEVER else ""


def a_child_needs_little(context: Context) -> str:
    """ "So what can I get her?" for a child is no search: what a child's skin needs."""
    frame, age = context.frame, context.person.age
    known = context.memory.other if context.memory.of_other else context.memory.person
    searches = frame.kind in SEARCHES and known is not None and known.age is not None and not frame.of(*CONTENT, "product_type", "product", "brand")
    return "age" if searches and age is not None and BABY <= age < CHILD and not is_hurt(context.knowledge, context.person) else ""


def in_strong_sun(context: Context) -> str:
    """A holiday in the sun, or a day in it, of somebody with a medicine that makes skin burn, or who tells of such creams."""
    frame, knowledge = context.frame, context.knowledge
    if not frame.has("strong_sun") or frame.kind in NEVER or not _asks(frame):
        return ""
    medicine = set(MEDICINES) & {*context.person.safety}
    told = (frame.story or frame.has("changes_anything", "uses_on")) and any(is_among(knowledge, one.id, SENSITIVE) for one in _all_content(frame))
    return STRONG_SUN if medicine or told else ""


def what_to_put_on(context: Context) -> str:
    """ "What do I put on?" of somebody whose skin hurts, where nothing else is understood of it."""
    frame = context.frame
    asks = frame.has("emergency_put_on", "what_now") and frame.band != SURE and not frame.rules
    return CALMING if asks and is_bare(context) and is_hurt(context.knowledge, context.person) and not context.person.procedure else ""


def with_all_told(frame: Frame) -> Frame:
    """The frame with what its story names among what is asked about."""
    return replace(frame, mentions=(*frame.mentions, *(replace(one, role="") for one in _all_content(frame) if one not in frame.mentions)))


def without_terms(frame: Frame) -> Frame:
    """The frame without words of skincare, which say less than what is meant: that skin is open ("after shaving"), the advice within a talk."""
    return replace(frame, mentions=tuple(one for one in frame.mentions if one.label != "term"))


def _asks(frame: Frame) -> bool:
    return frame.polar or "?" in frame.text or frame.short or frame.band != SURE or frame.has("question_word", "asks_permission", "is_fine")


def _all_content(frame: Frame) -> Tuple[Mention, ...]:
    return tuple(one for one in (*frame.told, *frame.mentions) if one.label in (*CONTENT, "product_type") and one.role != NEGATED)


def pills_and_no_pilling(context: Context) -> str:
    """ "Is it the pills or the BHA?" of who takes a medicine is about that, and not about what rolls into little balls."""
    frame = context.frame
    takes = frame.has("emergency_tablet") and any(one.label == "safety" for one in (*frame.mentions, *frame.told))
    if frame.kind != "pilling" or not takes:
        return ""
    return "irritation" if frame.has("speaks_of_irritation", "skin_reacted") else "medical"
