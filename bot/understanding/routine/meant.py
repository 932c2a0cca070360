"""Which question about routines a message is, where its words alone would let it be another. Pure decisions for resolving.

`kind` and `intent` of a frame are both looked at: a narrower kind ("next_step") is still of its intent.
"""

from __future__ import annotations

from typing import Sequence

from bot.rules.knowledge import Knowledge
from bot.rules.routine_dropping import AMPOULE, basic, droppable
from bot.rules.steps import Step
from bot.understanding.frame import SUBJECTS, SURE, Frame, kind_of_intent
from bot.understanding.memory import Memory
from bot.understanding.places import places
from bot.understanding.routine.reading import PRODUCT, told
from bot.understanding.whose import OTHER

BUILD, CHECK, WEEK = "build_routine", "check_routine", "plan_week"
ROUTINES = frozenset({BUILD, CHECK, WEEK})
ABOUT_SEVERAL = frozenset({"together", "order", "can_use", "avoid_mixing"})
ABOUT_CHANGE = frozenset({"replace"})
ABOUT_STEPS = frozenset({"routine_steps"})
ABOUT_PRICE = frozenset({"price"})
ABOUT_PERSON = frozenset({"tell_profile"})
OF_ITSELF = frozenset({"order", "pregnancy", "replace", "better"})
MANY = 4
# Words from which a message is a story with a question in it.
STORY = 25
FEW = 2
INVENTORY = 3


def spoken_of(memory: Memory) -> str:
    """The kind of routine question that the conversation is at; empty when it is at something else."""
    return memory.asked.kind if memory.asked.kind in ROUTINES else ""


def meant(frame: Frame, memory: Memory, knowledge: Knowledge) -> str:
    """The kind of routine question that a message means though it was taken for another: products used together are a
    routine, "is that ok?" is about the one spoken of, and a wish after a built one changes it. Empty for any other."""
    spoken, named = spoken_of(memory), told(frame, knowledge).named
    asks = frame.has("question_word")
    if _is(frame, ABOUT_STEPS) and spoken == BUILD and not asks:
        return spoken
    if _is(frame, {"together"}) and not _is_routine(named):
        return ""
    if _asks_something_else(frame):
        return ""
    if named and _says_i_use(frame) and (len(named) >= FEW or (_is(frame, ABOUT_PERSON) and not asks)):
        return CHECK if _is(frame, ABOUT_SEVERAL | ABOUT_CHANGE | ABOUT_PERSON) else ""
    if _is(frame, ABOUT_CHANGE) and (spoken == CHECK or memory.person.routine):
        return CHECK if len(named) == FEW and not asks else ""
    if not _is(frame, ABOUT_SEVERAL):
        return ""
    if spoken == CHECK and not named:
        return spoken if frame.has("points_back") else ""
    return CHECK if len(named) >= MANY and any(step.actives for step in named) else ""


def _asks_something_else(frame: Frame) -> bool:
    """True for a story with products in it whose question is plainly another: "does the order matter?", "is either ok while I feed?"."""
    told_before = len(frame.text.split()) >= STORY
    of_itself = frame.kind in OF_ITSELF or (frame.kind in ABOUT_SEVERAL and not frame.has("points_back"))
    return told_before and frame.band == SURE and of_itself


def names_own_products(frame: Frame) -> bool:
    """True where a routine is wished for out of what the person has: it is checked, and none is built from the shop's."""
    return frame.has("own_products") or (frame.has("what_i_have") and not frame.has("what_i_have_to"))


def owned(frame: Frame, knowledge: Knowledge) -> Sequence[Step]:
    """The steps that somebody says they have or use, where it is an inventory of several, whatever the message asks besides."""
    named = told(frame, knowledge).named
    lists = len(named) >= INVENTORY and frame.whose != OTHER and frame.kind not in ROUTINES
    return named if lists and (_says_i_use(frame) or frame.has("i_have_these")) else ()


def asks_what_to_drop(frame: Frame, memory: Memory, knowledge: Knowledge) -> bool:
    """True for "which would you drop first?" about the routine built last, where there is more than the basics in it."""
    about_it = spoken_of(memory) == BUILD and not frame.of(*SUBJECTS) and frame.has("which_to_drop")
    steps = memory.routine
    return about_it and bool(droppable(knowledge, steps)) and bool(basic(knowledge, steps))


def asks_what_it_costs(frame: Frame, memory: Memory) -> bool:
    """True where a question about a price ("how much is it all together?") is about the routine built last."""
    asks = _is(frame, ABOUT_PRICE) and frame.has("whole_of_it") and not frame.of(*SUBJECTS, PRODUCT)
    return asks and spoken_of(memory) == BUILD and len({step.handle for step in memory.routine if step.handle and step.type != AMPOULE}) >= FEW


def wants_cheaper_routine(frame: Frame, memory: Memory) -> bool:
    """True for "can you make it cheaper?" after a built routine."""
    return spoken_of(memory) == BUILD and frame.has("cheaper") and not frame.of(*SUBJECTS)


def check_is_really_something_else(frame: Frame, memory: Memory, knowledge: Knowledge) -> str:
    """The kind of a message that goes on with another talk, though it sounds like a step: "and a serum?" after a question
    about ampoules, "is it ok with vitamin C?" after one about niacinamide. Empty where it is about a routine."""
    if not memory.asked.kind or spoken_of(memory) or memory.person.routine:
        return ""
    if frame.has("goes_on", "goes_on_asking"):
        return "follow_up"
    return "together" if len(told(frame, knowledge).named) == 1 and frame.has("points_back") else ""


def week_is_really_a_question(frame: Frame) -> bool:
    """True for "what is skin cycling?", as against a wish for a week of it: it asks what something is."""
    return bool(frame.of("term")) and frame.has("wants_explanation")


def week_is_really_a_check(frame: Frame, knowledge: Knowledge) -> bool:
    """True where the nights are told already and only asked about: "retinal on mondays, is that fine?"."""
    return any(step.nights for step in told(frame, knowledge).named) and asks_for_check(frame)


def asks_for_check(frame: Frame) -> bool:
    """True where the message asks something of the steps it names, as against only telling them."""
    return "?" in frame.text or places(frame.text, frame.mentions).has("asks_check")


def _is(frame: Frame, kinds: frozenset[str] | set[str]) -> bool:
    return frame.kind in kinds or kind_of_intent(frame.intent) in kinds


def _says_i_use(frame: Frame) -> bool:
    """True for "I use a toner", as against "can I use a toner?"."""
    seen = places(frame.text, frame.mentions)
    asked = seen.of("asks_i_use")
    return any(not any(one.start < said.start <= one.end for one in asked) for said in seen.of("says_i_use"))


def _is_routine(named: Sequence[Step]) -> bool:
    """False for two actives, each perhaps "in a serum", of which somebody asks whether they may meet."""
    actives = [step for step in named if step.actives]
    forms = [step for step in named if not step.actives]
    return len(actives) != FEW or any(step.times for step in named) or any(form.type not in {one.type for one in actives} for form in forms)
