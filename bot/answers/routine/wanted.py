"""For whom a routine is built, how long, for which half of the day."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from bot.answers.turn import Turn
from bot.rules.advice import Profile, merge
from bot.rules.routine_guard import IRRITATED
from bot.rules.safety import CHILD, TEEN
from bot.rules.steps import MORNING, NIGHT
from bot.understanding.frame import CONTENT, NEGATED
from bot.understanding.memory import Wanted
from bot.understanding.narrowing import goes_on_building
from bot.understanding.plain import TIME
from bot.understanding.routine.meant import spoken_of, wants_cheaper_routine

YOUNG = 16
HALVES = (MORNING, NIGHT)
PREGNANCY = "pregnancy"


def wanted_for(turn: Turn) -> Profile:
    """The person a routine is for: what is known of them, what this very question says of anybody ("for oily skin"), and
    what the routine spoken of last was for."""
    frame, known, data = turn.frame, turn.person, turn.knowledge
    last = turn.memory.asked.needs if spoken_of(turn.memory) else ()
    skin_types = frame.ids("skin_type") or known.skin_types or tuple(one for one in last if one in data.skin_types)
    # Skin that is said to be calm again needs nothing any more for what it was.
    over = (IRRITATED,) if frame.has("calm_again") else ()
    concerns = merge(frame.ids("concern"), known.concerns) or tuple(one for one in last if one in data.concerns and one not in over)
    age = frame.number("age")
    beginner = False if frame.has("experienced") else True if frame.has("beginner") else known.beginner
    years = known.age if age is None else int(age)
    if years is not None and years < TEEN:
        concerns = tuple(one for one in concerns if not (one in data.concerns and data.concerns[one].of_age))
    return replace(
        known,
        wants=frame.ids(*CONTENT),
        skin_types=skin_types,
        concerns=concerns,
        avoids=merge(known.avoids, frame.ids(*CONTENT, role=NEGATED)),
        beginner=beginner,
        age=years,
        pregnant=known.pregnant or PREGNANCY in frame.ids("safety"),
    )


def wished(turn: Turn, known: Profile) -> Wanted:
    """What the routine is wished for with: the budget, what is had already, the cheapest; behind a routine built before with the wishes of that one."""
    frame, before = turn.frame, turn.memory.wanted
    most = frame.number("price") or 0
    cheaper = wants_cheaper_routine(frame, turn.memory)
    if before is None or not goes_on_building(frame, turn.memory):
        return Wanted(most, size_of(turn, known), cheaper=cheaper)
    owned = frame.ids("product_type", role=None) if frame.has("still_has") else ()
    has = merge(before.has, [one for one in owned if one in {step.type for step in turn.memory.routine}])
    size = size_of(turn, known) if most else before.size
    return Wanted(most or before.most, size, tuple(has), cheaper or (before.cheaper and not most))


def halves_of(turn: Turn) -> Sequence[str]:
    """The half of the day that the question asks about, both where it names none or both."""
    asked = turn.frame.ids(TIME, role=None)
    return asked if len(asked) == 1 else HALVES


def size_of(turn: Turn, known: Profile) -> str:
    """Which routine: the basics for the young, whatever they have seen elsewhere."""
    if known.age is not None and known.age < (CHILD if known.concerns else YOUNG):
        return "young"
    # With a budget "full" is no wish for ten steps.
    if turn.frame.number("price") is not None and not turn.frame.has("long_routine"):
        return "short"
    return "full" if turn.frame.has("full_routine") else "short"
