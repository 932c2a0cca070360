"""Decisions of a conversation for short messages that only what was said before them explains: what they mean within the talk.

How sure that is says `Frame.in_talk`; on talks that were not learned from, of those from `CERTAIN` on six in seven are right, from
`LIKELY` on three in four, from `LEAST` on two in three.
"""

from __future__ import annotations

from dataclasses import replace

from bot.rules.advice import Profile
from bot.rules.gate import is_hurt
from bot.rules.knowledge import Knowledge
from bot.rules.routine_guard import BASICS_ONLY
from bot.rules.situations import SITUATION
from bot.understanding.acts import OUT_OF_SCOPE
from bot.understanding.context import FOLLOW_UP, ROUTINES, Context, asks, is_bare
from bot.understanding.decisions_acts import NOTED
from bot.understanding.decisions_situations import changes_what_was_said, is_of_skin
from bot.understanding.frame import ASKED_ABOUT, CONTENT, NEEDS, SUBJECTS, SURE, Frame, Guess, Mention, kind_of_intent
from bot.understanding.memory import Memory
from bot.understanding.situations import SURELY, fitting

CERTAIN, LIKELY, LEAST = 0.5, 0.25, 0.15
# From this share on what is meant within the talk goes before a question that names something.
RATHER = 0.65
# From this share on nothing is out of scope within a talk of skin: "can I wear makeup?".
OF_NO_STRANGER = 0.2
# A message that the classifier is so sure of and that names what it asks about means that.
NAMED = 0.9
CAUSE, CULPRIT, TOGETHER = "cause", "find_culprit", "together"
OF_TROUBLE = frozenset({"purging", "irritation", "reaction", "lasting_irritation", "calming", "report_reaction", "medical"})
# Kinds as which "so what do I need?" may be read.
ASKS_FOR_ANY = frozenset({"choose", "how_to_order", "start_finder", "need", "replace", "show_more", "capabilities", "for_concern", "can_use", "medical", FOLLOW_UP})
# What they ask has an answer of its own.
OF_ITS_OWN = ("about_pack_dates", "swaps_round", "splits_in_time", "which_days")
ORDINALS = frozenset({"first", "second", "third", "other"})
OF_REASONS = frozenset({"source", "thank", "affirm", "deny", "goodbye"})
GO_ON = frozenset({"source", "show_more", "thank", "affirm", "deny", "goodbye", FOLLOW_UP})
# In their questions two things are asked about, and what comes next is another.
OF_TWO = frozenset({"together", "order", "difference", "better", "replace", "pregnancy"})
TELLS = ("first_person", "about_ones_own", "asks_for_others", "of_others", "tells")


def meant_in_talk(frame: Frame, memory: Memory, person: Profile, knowledge: Knowledge, least: float = LEAST) -> Guess | None:
    """The situation that a message comes to within the talk, None where none is likely enough or what is told speaks against it. What
    was asked about before counts as told."""
    before = tuple(Mention("", one, one, 0, 0) for one in (*memory.asked.subjects, *memory.asked.recent, *memory.asked.needs))
    found = fitting(replace(frame, situations=frame.in_talk, told=(*frame.told, *before)), person, knowledge)
    return found if found is not None and found.share >= least else None


def surely_in_talk(context: Context) -> str:
    """ "Still good?" of a sunscreen that was left in the sun: what is certainly meant within the talk, whatever it sounds like alone."""
    frame, memory = context.frame, context.memory
    goes_on = frame.kind == FOLLOW_UP and memory.asked.kind not in OF_TWO and not frame.of(*SUBJECTS)
    found = meant_in_talk(frame, memory, context.person, context.knowledge, LIKELY if goes_on or _chooses(context) else CERTAIN)
    if found is None or not _may_go_on(context) or found.name != frame.in_talk[0].name:
        return ""
    if frame.kind == TOGETHER and frame.band == SURE and len({*memory.asked.recent, *frame.ids(*CONTENT)}) > 1:
        return ""  # what two things do together has a rule
    if frame.has("steps_up") and found.share < SURELY:
        return ""  # how often comes before how long
    if found.name == memory.situation:
        if ORDINALS & {*frame.refers}:
            return ""  # the second of two is one thing, and the situation is about both
        unsure = frame.band != SURE and found.share >= CERTAIN
        rather = found.share >= RATHER and frame.kind not in OF_REASONS
        return "show_more" if (unsure or rather) and asks(frame) and not frame.rules and not memory.shown.listed else ""
    sure, kind = frame.band == SURE, kind_of_intent(frame.intent)
    asks_itself = sure and frame.confidence >= NAMED and frame.of(*ASKED_ABOUT, *NEEDS) and not frame.refers and not goes_on
    of_else = sure and (frame.kind in ROUTINES or not (is_of_skin(kind) or goes_on))
    if (asks_itself and found.share < RATHER) or of_else or frame.has(*OF_ITS_OWN) or (frame.rules and found.share < SURELY):
        return ""
    return "" if changes_what_was_said(context, found) else SITUATION


def _chooses(context: Context) -> bool:
    """True for "pick one for me" with nothing to choose from on the screen."""
    return context.frame.has("which_then") and not context.memory.shown.listed and is_bare(context)


def may_be_the_cause(context: Context) -> str:
    """ "Could that be it?" of something told after the trouble: what is said of the two together, else what such trouble comes from."""
    frame = context.frame
    if not frame.has("may_be_the_cause") or not _may_go_on(context):
        return ""
    if meant_in_talk(frame, context.memory, context.person, context.knowledge):
        return SITUATION
    if context.memory.asked.kind in OF_TROUBLE:
        return CULPRIT
    return CAUSE if context.memory.asked.needs or frame.of(*NEEDS) else ""


def what_to_do_now(context: Context) -> str:
    """ "So what do I need?", "and now?" after somebody told of their skin: what helps with it."""
    frame, memory, person = context.frame, context.memory, context.person
    asks = frame.has("what_now") and not frame.of(*ASKED_ABOUT, "product", "safety") and memory.asked.kind not in ROUTINES
    if not asks or not _may_go_on(context) or (frame.band == SURE and frame.kind not in ASKS_FOR_ANY):
        return ""
    found = meant_in_talk(frame, memory, person, context.knowledge, LIKELY)
    if found is not None and found.name != memory.situation:
        return SITUATION
    if person.age is not None and person.age < BASICS_ONLY:
        return "age"
    if is_hurt(context.knowledge, person):
        return "calming"
    if memory.asked.needs or person.concerns or frame.of(*NEEDS):
        return "for_concern"
    if person.skin_types:
        return "for_skin_type"
    return "show_more" if memory.said.more and frame.band != SURE else ""


def again_of_the_same(context: Context) -> str:
    """ "So no cream will do it?" within a talk of dark circles: what more there is to say of the same, where the words alone would be
    answered in general."""
    frame, memory = context.frame, context.memory
    general = is_bare(context) and not frame.rules and not frame.of("safety", "condition") and (frame.band != SURE or frame.confidence < NAMED)
    if not general or not memory.situation or memory.shown.listed or not _may_go_on(context) or frame.kind in GO_ON:
        return ""
    found = meant_in_talk(frame, memory, context.person, context.knowledge, LIKELY)
    return "show_more" if found is not None and found.name == memory.situation and asks(frame) else ""


def instead_within_the_talk(context: Context) -> str:
    """ "What should I look for instead?" behind the advice on a situation that names no ingredient: another that is meant within the talk,
    else what more there is to say of it."""
    frame, memory = context.frame, context.memory
    asks_instead = frame.kind == "replace" and is_bare(context) and memory.situation and not memory.shown.listed
    if not asks_instead or any(context.knowledge.is_content(one) for one in memory.asked.subjects):
        return ""
    found = meant_in_talk(frame, memory, context.person, context.knowledge, LIKELY)
    return "" if found is None else "show_more" if found.name == memory.situation else SITUATION


def stops_what_was_spoken_of(context: Context) -> str:
    """ "So stop?", "should I stop it?" behind the advice on a situation or on skin in trouble: what of it says so."""
    frame, memory = context.frame, context.memory
    stops = frame.has("keep_or_leave", "stop_or_go_on", "finder_stop") and frame.short and is_bare(context)
    if not stops or (frame.band == SURE and frame.kind not in OF_REASONS) or memory.shown.listed or memory.shown.policy:
        return ""
    if memory.situation:
        return "show_more"
    return memory.asked.kind if memory.asked.kind in OF_TROUBLE and asks(frame) else ""


def rather_than_lost(context: Context) -> str:
    """What a message may well mean within the talk, where nothing else is understood; what only tells something is taken in."""
    frame, memory = context.frame, context.memory
    if frame.kind == OUT_OF_SCOPE and frame.band == SURE and _may_go_on(context):
        found = meant_in_talk(frame, memory, context.person, context.knowledge, OF_NO_STRANGER)
        return SITUATION if found is not None and found.name != memory.situation else ""
    if frame.band == SURE or frame.rules or not _may_go_on(context) or not memory.asked.kind:
        return ""
    asking = asks(frame)
    found = meant_in_talk(frame, memory, context.person, context.knowledge, LEAST if asking else LIKELY)
    of_trouble = memory.asked.kind in OF_TROUBLE or is_hurt(context.knowledge, context.person)
    if found is None:
        only_tells = not asking and not frame.unknown and bool(frame.has(*TELLS) or frame.quantities)
        return NOTED if only_tells and not of_trouble else ""  # how skin that hurts is now must be understood
    if found.name != memory.situation:
        return SITUATION
    return "show_more" if asking else NOTED


def _may_go_on(context: Context) -> bool:
    """True where a message may go on with a talk of skin, and is no part of a request or a search."""
    frame, memory = context.frame, context.memory
    of_shop = memory.request is not None and memory.request.awaits
    names = frame.of("product", "brand", "country", "label") or frame.number("order_number") is not None or frame.has("of_my_order")
    return bool(memory.asked.kind) and not frame.story and not of_shop and not names and not memory.shown.policy


def of_the_talk(frame: Frame, memory: Memory, person: Profile, knowledge: Knowledge) -> Frame:
    """The frame as one that tells of the situation it comes to within the talk."""
    found = meant_in_talk(frame, memory, person, knowledge)
    if found is None:
        return frame
    about = tuple(Mention(SITUATION, one, one, 0, 0) for one in knowledge.situations[found.name].about)
    return replace(frame, situations=(found,), told=(*frame.told, *about))
