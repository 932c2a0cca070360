"""Completes a frame by the conversation: whom it is about, what it goes on from, which kind of question it therefore is.

The kind that the reader set holds unless one of `decisions` says that the conversation makes the message mean another.
Nothing else changes the kind of a question.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Tuple

from bot.rules.advice import Profile, Question
from bot.rules.knowledge import Knowledge
from bot.rules.safety import CHILD, UNDER_13
from bot.rules.situations import SITUATION
from bot.understanding import emergencies, minding, wishes
from bot.understanding.acts import with_act
from bot.understanding.care import (
    allergic_to_what_is_told,
    may_be_used_meanwhile,
    planned_while_pregnant,
    reacted_to,
    told_of,
    told_to_leave,
    what_helps_with_it,
    which_may_stay,
)
from bot.understanding.context import FOLLOW_UP, Context, OfShop, is_bare
from bot.understanding.dangers import with_dangers
from bot.understanding.decisions import DECISIONS
from bot.understanding.decisions_acts import INTRODUCED, NOTED, adds_the_second, tells_of_a_situation
from bot.understanding.decisions_policy import asked_in_a_shop_talk, goes_on_with_a_policy, topic_in_talk, with_policy
from bot.understanding.decisions_situations import (
    goes_on_with_a_situation,
    names_something_new,
    rather_than_again,
    something_else_told,
)
from bot.understanding.decisions_talk import (
    again_of_the_same,
    instead_within_the_talk,
    may_be_the_cause,
    of_the_talk,
    rather_than_lost,
    surely_in_talk,
    what_to_do_now,
)
from bot.understanding.finder import noted
from bot.understanding.follow_ups import bargains_with_advice, on_the_same_night, whether_it_is_sold, which_for_my_skin
from bot.understanding.frame import CONTENT, NEGATED, SURE, Frame, Mention
from bot.understanding.memory import Memory
from bot.understanding.narrowing import with_age, with_amount
from bot.understanding.person import REPORTS, told
from bot.understanding.references import followed_up, question, with_last_subjects
from bot.understanding.routine.change import changed
from bot.understanding.routine.meant import owned
from bot.understanding.routine.reading import told as told_routine
from bot.understanding.situations import of_this_one
from bot.understanding.whose import OTHER

PREGNANCY = "pregnancy"
OF_ANOTHER_SITUATION = {one.__name__ for one in (names_something_new, rather_than_again, tells_of_a_situation)}
OF_THE_TALK = {one.__name__ for one in (instead_within_the_talk, surely_in_talk, may_be_the_cause, what_to_do_now, again_of_the_same, rather_than_lost)}
# What is told beside, taken in or asked of the last answer itself leaves the talk where it is.
LEAVING_IT = {NOTED, "source", "show_more", "thank"}
OF_ME = {"me", "myself", "mine", "own"}
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
    frame: Frame, memory: Memory, knowledge: Knowledge, page: str, now: float, of_shop: OfShop = lambda *_: "", repeats: bool = False
) -> Resolved:
    """Completes a frame by what the conversation kept.

    Args:
        frame: as the reader made it.
        memory: the conversation before the message.
        knowledge: whose ids the frame holds.
        page: the handle of the product on whose page the person writes, empty elsewhere.
        now: when the message came, in seconds since 1970.
        of_shop: the kind of what a frame asks of the shop's owner, empty for all else.
        repeats: whether it was answered by what was said last already, so that it may mean something else.
    """
    frame = with_act(with_dangers(with_age(with_amount(frame, memory), memory), memory, knowledge, now), memory)
    flag = emergencies.told(frame, knowledge)
    person, before, kept = _minding_pregnancy(frame, _person(frame, memory, knowledge, now))
    context = Context(frame, memory, person, knowledge, page, of_shop, repeats)
    kind, why = frame.kind, ""
    for decision in DECISIONS:
        found = decision(context)
        if found:
            kind, why = found, decision.__name__
            break
    if why == planned_while_pregnant.__name__:
        frame = replace(frame, mentions=tuple(replace(one, role="") for one in told_to_leave(frame, knowledge)))
    elif why == allergic_to_what_is_told.__name__:
        frame = replace(frame, mentions=(*(one for one in frame.mentions if one.label not in CONTENT), *(replace(one, role="") for one in reacted_to(frame, person, knowledge))))
    elif why == on_the_same_night.__name__:
        frame = replace(frame, polar=True, band=SURE)  # which two is known, and no other question is so short
    elif why == may_be_used_meanwhile.__name__:
        frame = replace(frame, refers=(), band=SURE)  # it is asked of what is named, and "it" was told of
    elif why == what_helps_with_it.__name__:
        frame = replace(frame, mentions=told_of(frame, knowledge))
    elif why == goes_on_with_a_situation.__name__:
        frame = replace(frame, situations=frame.in_talk)
    elif why in OF_THE_TALK and kind == SITUATION:
        frame = minding.without_terms(of_the_talk(frame, memory, person, knowledge))  # which a word beside it does not answer
    elif why == goes_on_with_a_policy.__name__ or (why == asked_in_a_shop_talk.__name__ and topic_in_talk(frame)):
        frame = with_policy(frame)
    elif why == bargains_with_advice.__name__:
        frame = of_this_one(frame, memory.situation, knowledge)
    elif why in OF_ANOTHER_SITUATION and (other := something_else_told(frame, memory, person, knowledge)):
        frame = replace(frame, situations=(other,))
    elif why == adds_the_second.__name__:
        frame = replace(frame, mentions=(Mention("term", INTRODUCED, "", 0, 0),))
    elif why == minding.on_open_skin.__name__:
        frame = minding.without_terms(frame)
    elif why in (minding.in_strong_sun.__name__, which_may_stay.__name__):
        frame = minding.with_all_told(frame)
    goes_on = kind == FOLLOW_UP
    if kind == "find_product" and wishes.narrows(frame, memory):
        frame = wishes.narrowed(frame, memory)
    elif why == which_for_my_skin.__name__:
        frame = with_last_subjects(frame, replace(memory, asked=replace(memory.asked, needs=())), knowledge)
    elif why == whether_it_is_sold.__name__ or kind in ("find_product", "vegan") and is_bare(context) and _goes_on_about_products(kind, memory) and not frame.of("brand"):
        frame = with_last_subjects(frame, memory, knowledge)
    frame = replace(frame, kind=(memory.asked.kind or _first_asked(person)) if goes_on else kind)
    asked = question(frame, memory, person, knowledge)
    if goes_on:
        asked = followed_up(frame, memory, asked)
        frame = replace(frame, kind=asked.kind)
    situations = tuple(one.name for one in frame.situations) or memory.situations
    situation = memory.situation if kind in LEAVING_IT else asked.situation
    kept = replace(noted(frame, kept), strangers=asked.unknown, situations=situations, situation=situation)
    kept = replace(kept, about_pregnancy=kept.about_pregnancy or (asked.kind == PREGNANCY and not kept.of_other))
    if flag and frame.kind == REPORTS:
        kept = replace(kept, emergency=flag, emergency_at=now)
    steps = owned(frame, knowledge)
    if steps and not kept.of_other:
        kept = replace(kept, person=replace(kept.person, routine=changed(frame, knowledge, kept.person.routine, told_routine(frame, knowledge))))
    return Resolved(frame, asked, person, before, kept, why, goes_on)


def _goes_on_about_products(kind: str, memory: Memory) -> bool:
    """True where what was talked of says which products are meant; a mark is asked of a product where one was shown."""
    shown = memory.shown.handle or memory.shown.listed
    return memory.asked.named and (kind == "find_product" or not shown)


def _first_asked(person: Profile) -> str:
    """What "and a toner?" asks where nothing was asked before: of somebody who told of themself, whether it is for them."""
    return "what_is" if person.empty else "can_use"


def _person(frame: Frame, memory: Memory, knowledge: Knowledge, now: float) -> Tuple[Profile, Profile, Memory]:
    """Whom the message is about, with what it tells of them; what was known before; the memory with all of it. What is said of somebody else is kept
    apart, and holds as long as the talk is of them."""
    if frame.has("doubts"):
        frame = replace(frame, whose="")  # for whom else it was right changes nothing
    of_me = bool(OF_ME & set(frame.words))  # "and on my own face?"
    goes_on = memory.of_other and not of_me and (not frame.whose or _puts_it_on_a_child(frame, memory))
    about_other = frame.whose == OTHER or (memory.other is not None and (goes_on or bool(SHE_OR_HE & set(frame.words))))
    if not about_other:
        person = told(frame, memory.person, knowledge, now, asked=True)
        return person, memory.person, replace(memory, person=told(frame, memory.person, knowledge, now), of_other=False)
    known = memory.other if memory.other is not None and _same(frame, memory) else _unnamed(frame, memory)
    other = told(replace(frame, whose=OTHER), known, knowledge, now)
    own = memory.person
    if other.red_flag:
        own = replace(own, red_flag=other.red_flag, red_flag_at=other.red_flag_at)
    return other, known, replace(memory, person=own, other=other, of_other=True, whom=frame.whom or memory.whom)


def _puts_it_on_a_child(frame: Frame, memory: Memory) -> bool:
    """True for "can I put it on there?" in a talk of a child: who asks is not whom it is for."""
    child = memory.other is not None and (UNDER_13 in memory.other.safety or (memory.other.age is not None and memory.other.age < CHILD))
    return child and frame.whose != OTHER and (frame.has("puts_it_there") or not frame.has("tells_of_myself"))


def _minding_pregnancy(frame: Frame, found: Tuple[Profile, Profile, Memory]) -> Tuple[Profile, Profile, Memory]:
    """The same, minding pregnancy once it was asked about: "which one then?" behind "is bakuchiol ok in pregnancy?" means the same
    person. It is not kept as told, and ends where they say that nobody is pregnant."""
    person, before, memory = found
    if not memory.about_pregnancy or memory.of_other:
        return found
    if any(one.id == PREGNANCY and one.role == NEGATED for one in frame.of("safety")):
        return person, before, replace(memory, about_pregnancy=False)
    told_now = person.pregnant and not before.pregnant
    return replace(person, pregnant=True), before if told_now else replace(before, pregnant=True), memory


def _unnamed(frame: Frame, memory: Memory) -> Profile:
    """What to mind of a "he" or "she" of whom nobody was heard: what was told of health before may have been told of them."""
    if frame.whom not in ("she", "he") or memory.other is not None:
        return Profile()
    person = memory.person
    return Profile(
        pregnant=person.pregnant and frame.whom == "she", age=person.age, safety=person.safety, allergies=person.allergies,
        irritated=person.irritated, procedure=person.procedure, procedure_at=person.procedure_at,
    )


def heard(frame: Frame, memory: Memory, knowledge: Knowledge, now: float) -> Memory:
    """The memory with what a question tells of a person, for the other questions of the same message."""
    return _person(frame, memory, knowledge, now)[2]


def _same(frame: Frame, memory: Memory) -> bool:
    pronoun = frame.whom in ("", "she", "he")
    return pronoun or memory.whom in ("", "she", "he", frame.whom)
