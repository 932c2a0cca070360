"""Decisions of a conversation for what the person tells of themself; see `decisions`."""

from __future__ import annotations

from dataclasses import replace
from typing import Tuple

from bot.rules.advice import Profile
from bot.understanding.context import FOLLOW_UP, ROUTINES, Context
from bot.understanding.frame import SUBJECTS, SURE
from bot.understanding.whose import OTHER

CHANGED_BY = "changed_by"


def asks_what_changes(context: Context) -> str:
    """Something told of the person after an answer that it may change: "I have rosacea though", "does that change anything?"."""
    frame, memory = context.frame, context.memory
    if not memory.asked.subjects or frame.of(*SUBJECTS, "product"):
        return ""
    fresh = health(context.person) != health(memory.person) and frame.whose != OTHER
    asks = frame.has("changes_anything", "takes_back")
    tells = fresh and frame.kind in ("tell_profile", "medical", "pregnancy", "allergy", "age", "for_concern", FOLLOW_UP) and not frame.polar
    return CHANGED_BY if (fresh and asks) or tells else ""


def told_at_a_routine(context: Context) -> str:
    """What the person tells of themself while a routine is talked of changes that routine."""
    tells = context.frame.kind == "tell_profile" and context.person != context.memory.person
    return context.memory.asked.kind if tells and context.memory.asked.kind in ROUTINES else ""


def told_at_a_search(context: Context) -> str:
    """ "Sorry, I meant dry" after products were shown: those for that."""
    shown, tells = context.memory.shown, context.frame.kind == "tell_profile"
    fresh = context.person.skin_types != context.memory.person.skin_types or context.frame.has("corrects_subject", "finder_correction")
    return "find_product" if tells and fresh and shown.listed and shown.kind == "find_product" and context.frame.ids("skin_type") else ""


def told_of_themself(context: Context) -> str:
    """Something told of the person's health in few words of which the classifier makes nothing: "forgot to say, I'm ten weeks along"."""
    frame = context.frame
    if frame.band == SURE or frame.story or frame.polar or frame.of(*SUBJECTS, "product"):
        return ""
    here, before = (replace(one, age=None, irritated=False) for one in (context.person, context.memory.person))
    if health(here) == health(before):
        return ""
    return CHANGED_BY if context.memory.asked.subjects else "tell_profile"


def health(person: Profile) -> Tuple[object, ...]:
    """What of a person may change advice beside their skin type and concerns."""
    return person.pregnant, person.age, person.safety, person.allergies, person.irritated, person.procedure
