"""Red flags that the order of words shows, or what was told before, or the meaning of a message: heat and pus some days after stitches.

One told of minutes ago stands, see `emergencies`. Signs (`bot.nlu.danger`) find most of them in any order of words. Whose medicine it is depends on the order, though, and a wound that
"gets redder every day" is one only of somebody who told of a procedure or a wound.
"""

from __future__ import annotations

from dataclasses import replace
from typing import AbstractSet

from bot.rules.advice import Profile
from bot.rules.knowledge import Knowledge
from bot.rules.safety import CHILD, red_flags
from bot.understanding.emergencies import standing
from bot.understanding.frame import CONTENT, NEGATED, SURE, UNSURE, Frame, Mention, kind_of_intent
from bot.understanding.memory import Memory
from bot.understanding.person import KEPT, REPORTS, TELLS
from bot.understanding.situations import emergency, emergency_in_talk, fitting

# Red flags that many harmless things sound like.
MILD = frozenset({"lasting_reaction", "severe_acne", "product_in_eye"})
KNOWN_BETTER = 0.3
IN_THE_EYE, OF_EYES = "product_in_eye", frozenset({"products_creep_into_eyes", "sunscreen_stings_eyes"})
SORE_CONCERNS, SORE_TYPES = frozenset({"acne", "damaged_barrier"}), frozenset({"spot_patch"})
OF_HARM = frozenset({"irritation", "reaction", "calming", "lasting_irritation", REPORTS})
RESURFACED = "after_ablative_laser"


def with_dangers(frame: Frame, memory: Memory, knowledge: Knowledge, now: float) -> Frame:
    """The frame as a report of the red flags that its cues show, where it names none itself."""
    frame = _without_mild_ones(frame, memory, knowledge)
    named = [one.id for one in frame.of("safety") if one.role != NEGATED]
    if red_flags(knowledge) & set(named):
        return frame
    told = any(_is_hurt(knowledge, one) for one in named) or any(
        _told_of_a_wound(one, knowledge, now) for one in (memory.person, memory.other) if one is not None
    )
    sore = talks_of_sore_skin(memory, knowledge, now)
    shown = [
        key for key, entry in knowledge.safety.items()
        if frame.has(*entry.cues) or (told and frame.has(*entry.cues_after_procedure)) or (sore and frame.has(*entry.cues_in_talk))
    ]
    raw_by_plan = RESURFACED in named  # skin is raw and weeps for days then, so that any telling of it sounds like harm
    if not shown and not raw_by_plan and (told_of := emergency(frame, knowledge)) and not frame.has("long_ago"):
        shown = [told_of]
    if not shown and not memory.emergency and memory.situations and (quietly := emergency_in_talk(frame, knowledge)) and not frame.has("long_ago"):
        shown = [quietly]
    if not shown and (lasting := standing(frame, memory, knowledge, now)):
        shown = [lasting]
    if not shown:
        return frame
    mentions = tuple(Mention("safety", one, one, 0, 0) for one in shown)
    return replace(frame, mentions=(*frame.mentions, *mentions), kind=REPORTS, band=SURE)


def _without_mild_ones(frame: Frame, memory: Memory, knowledge: Knowledge) -> Frame:
    """The frame without a sign of something that merely lasts, where the situation it tells of is known better."""
    flags = {one.id for one in frame.of("safety") if one.role != NEGATED} & red_flags(knowledge)
    if not flags or not flags <= MILD:
        return frame
    if _is_a_sore_child(frame, memory):
        return _without(frame, flags)
    found = fitting(frame, memory.person, knowledge, memory.situations)
    meant = sum(one.share for one in frame.situations if one.name in red_flags(knowledge))
    if found is None or found.share < max(KNOWN_BETTER, 2 * meant) or (IN_THE_EYE in flags and found.name not in OF_EYES):
        return frame
    return _without(frame, flags)


def _without(frame: Frame, flags: AbstractSet[str]) -> Frame:
    mentions = tuple(one for one in frame.mentions if one.id not in flags)
    guesses = [kind_of_intent(name) for name, _ in frame.ranking if kind_of_intent(name) != REPORTS]
    return replace(frame, mentions=mentions, kind=guesses[0] if guesses else TELLS, band=UNSURE)


def _is_a_sore_child(frame: Frame, memory: Memory) -> bool:
    """True where a child's skin is sore from something named, which has an answer of its own."""
    age = frame.number("age")
    known = memory.other.age if age is None and memory.other is not None else age
    content = [one for one in (*frame.told, *frame.mentions) if one.label in CONTENT]
    return known is not None and known < CHILD and bool(content) and frame.has("sore_from_a_product") and not frame.has("long_ago")


def _told_of_a_wound(known: Profile, knowledge: Knowledge, now: float) -> bool:
    lately = bool(known.procedure) and now - known.procedure_at <= KEPT
    return lately or any(knowledge.safety[one].hurt for one in known.safety)


def talks_of_sore_skin(memory: Memory, knowledge: Knowledge, now: float) -> bool:
    """True where the talk was of spots, a wound or skin that is inflamed, so that a fever told a message later belongs to it."""
    of_spots = {*memory.asked.needs, *memory.person.concerns} & SORE_CONCERNS or {*memory.asked.subjects, *memory.asked.recent} & SORE_TYPES
    told_of = knowledge.situations.get(memory.situation)
    names = [name for one in SORE_CONCERNS for name in knowledge.concerns[one].wordings]
    told = told_of is not None and any(name in told_of.fact.say.lower() for name in names)
    people = [one for one in (memory.person, memory.other) if one is not None]
    of_harm = memory.asked.kind in OF_HARM or bool(memory.emergency) or any(one.red_flag or one.irritated or _told_of_a_wound(one, knowledge, now) for one in people)
    return bool(of_spots) or told or of_harm


def _is_hurt(knowledge: Knowledge, safety_id: str) -> bool:
    entry = knowledge.safety[safety_id]
    return entry.heals or entry.hurt
