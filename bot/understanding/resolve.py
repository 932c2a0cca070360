"""Completes a frame by the conversation: whom it is about, what it goes on from, which kind of question it therefore is.

The kind that the reader set holds unless one of `decisions` says that the conversation makes the message mean another.
Nothing else changes the kind of a question.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Tuple

from bot.rules.advice import Profile, Question
from bot.rules.knowledge import Knowledge
from bot.understanding import wishes
from bot.understanding.context import FOLLOW_UP, Context, IsTopic, is_bare
from bot.understanding.decisions import DECISIONS
from bot.understanding.finder import noted
from bot.understanding.frame import ASKED_ABOUT, NEEDS, Frame
from bot.understanding.memory import Memory
from bot.understanding.person import told
from bot.understanding.reader import OTHER
from bot.understanding.references import followed_up, question, with_last_subjects

SHE_OR_HE = {"she", "her", "he", "him", "his"}


@dataclass(frozen=True)
class Resolved:
    """A frame with its final kind, the question as the rules take it, whom the answer is for, and the memory with what the
    message told; `before` is what was known of that person, `why` the decision of the conversation that set the kind,
    `goes_on` whether it goes on with the last question."""

    frame: Frame
    asked: Question
    person: Profile
    before: Profile
    memory: Memory
    why: str = ""
    goes_on: bool = False


def resolve(
    frame: Frame, memory: Memory, knowledge: Knowledge, page: str, now: float, is_topic: IsTopic = lambda *_: False
) -> Resolved:
    """Completes a frame by what the conversation kept.

    Args:
        frame: as the reader made it.
        memory: the conversation before the message.
        knowledge: whose ids the frame holds.
        page: the handle of the product on whose page the person writes, empty elsewhere.
        now: when the message came, in seconds since 1970.
        is_topic: whether a frame asks one of the shop's own topics.
    """
    person, before, kept = _person(frame, memory, knowledge, now)
    context = Context(frame, memory, person, knowledge, page, is_topic)
    kind, why = frame.kind, ""
    for decision in DECISIONS:
        found = decision(context)
        if found:
            kind, why = found, decision.__name__
            break
    goes_on = kind == FOLLOW_UP
    if kind == "find_product" and wishes.narrows(frame, memory):
        frame = wishes.narrowed(frame, memory)
    elif kind == "find_product" and is_bare(context) and memory.asked.named and not frame.of("brand"):
        frame = with_last_subjects(frame, memory, knowledge)
    frame = replace(frame, kind=(memory.asked.kind or _first_asked(person)) if goes_on else kind)
    asked = question(frame, memory, person, knowledge)
    if goes_on:
        asked = followed_up(frame, memory, asked)
        frame = replace(frame, kind=asked.kind)
    kept = replace(noted(frame, kept), strangers=asked.unknown)
    return Resolved(frame, asked, person, before, kept, why, goes_on)


def _first_asked(person: Profile) -> str:
    """What "and a toner?" asks where nothing was asked before: of somebody who told of themself, whether it is for them."""
    return "what_is" if person.empty else "can_use"


def _person(frame: Frame, memory: Memory, knowledge: Knowledge, now: float) -> Tuple[Profile, Profile, Memory]:
    """Whom the message is about, with what it tells of them; what was known before; the memory with all of it. What is said of somebody else is kept
    apart, and holds as long as the talk is of them."""
    goes_on = memory.of_other and not frame.whose and bool(frame.of(*ASKED_ABOUT, *NEEDS, "product"))
    about_other = frame.whose == OTHER or (memory.other is not None and (goes_on or bool(SHE_OR_HE & set(frame.words))))
    if not about_other:
        person = told(frame, memory.person, knowledge, now, asked=True)
        return person, memory.person, replace(memory, person=told(frame, memory.person, knowledge, now), of_other=False)
    known = memory.other if memory.other is not None and _same(frame, memory) else Profile()
    other = told(replace(frame, whose=OTHER), known, knowledge, now)
    own = memory.person
    if other.red_flag:
        own = replace(own, red_flag=other.red_flag, red_flag_at=other.red_flag_at)
    return other, known, replace(memory, person=own, other=other, of_other=True, whom=frame.whom or memory.whom)


def heard(frame: Frame, memory: Memory, knowledge: Knowledge, now: float) -> Memory:
    """The memory with what a question tells of a person, for the other questions of the same message."""
    return _person(frame, memory, knowledge, now)[2]


def _same(frame: Frame, memory: Memory) -> bool:
    pronoun = frame.whom in ("", "she", "he")
    return pronoun or memory.whom in ("", "she", "he", frame.whom)
