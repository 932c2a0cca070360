"""Whether a message is for the finder: an answer to its open question, a correction, a stop, or a word on its result.

It is open while `Memory.finder` is not done. What asks something of its own, tells of a red flag or starts another talk is
not for it; the open question is asked again behind that answer.
"""

from __future__ import annotations

from dataclasses import replace

from bot.rules.advice import Profile
from bot.rules.finder import Finder
from bot.rules.knowledge import Knowledge
from bot.rules.safety import red_flags
from bot.understanding.finder_answers import PREGNANCY, count_of_words, hear, is_short, told_safety
from bot.understanding.frame import CONTENT, NEGATED, SURE, Frame, kind_of_intent
from bot.understanding.memory import Memory

START, ANSWER = "start_finder", "finder"
"""The kinds of its own: a wish to be helped to choose, and a message that it listens to."""
FEW = 3
NO_ANSWER = frozenset({"affirm", "deny", "follow_up", "tell_profile", START, ANSWER})
"""Kinds that say nothing of their own, so that the message may be an answer."""
ENDS = frozenset({"goodbye", "report_reaction", "ask_human", "human", "forget_me", "start_over", "insult"})
"""Kinds after which nobody goes on choosing."""
SKINCARE = frozenset({
    "what_is", "benefits", "difference", "better", "strength", "frequency", "amount", "order", "together", "avoid_mixing", "time_of_day",
    "how_to_apply", "waiting_time", "rinse_off", "need", "replace", "texture", "packaging", "pilling", "results", "shelf_life", "storage", "age",
    "for_skin_type", "for_concern", "percent", "pregnancy", "irritation", "purging", "allergy", "patch_test", "side_effects", "medical",
    "routine_steps", "sunscreen", "choose", "label", "my_skin_type", "evidence", "popular", "cause", "can_use", "report_reaction",
})
"""Kinds that a few words of an answer are easily taken for."""
OF_REASONS = frozenset({"source", "evidence", "show_more", "follow_up", "popular"})
OF_MORE = frozenset({"show_more", "find_similar", "find_product", "follow_up"})
TOLD_BY_CUES = ("beginner", "experienced", "irritated_skin", "calm_again")


def is_open(memory: Memory) -> bool:
    """True while a question of the finder waits for an answer."""
    return memory.finder is not None and not memory.finder.done


def listens(frame: Frame, memory: Memory, knowledge: Knowledge) -> bool:
    """True where the message is for the finder."""
    finder = memory.finder
    if finder is None or flagged(frame, knowledge):
        return False
    return _listens_to_answer(frame, finder, memory, knowledge) if is_open(memory) else _listens_after(frame, finder, memory, knowledge)


def names_what_it_wants(frame: Frame) -> bool:
    """True for "which niacinamide serum should I get": what is in it was decided already, and no question of the finder
    asks for it, so that products are listed instead."""
    return not frame.has("finder_in_use") and bool(frame.ids(*CONTENT))


def starts(frame: Frame) -> bool:
    """True for a wish to be helped to choose, also while a search is open."""
    return frame.kind == START or (frame.kind == ANSWER and kind_of_intent(frame.intent) == START)


def flagged(frame: Frame, knowledge: Knowledge) -> bool:
    """True where the message tells of a red flag."""
    return bool(set(frame.ids("safety")) & red_flags(knowledge))


def ends(frame: Frame, knowledge: Knowledge) -> bool:
    """True for a message after which the search is over: the person needs help, left or started over."""
    return flagged(frame, knowledge) or frame.kind in ENDS or frame.intent in ENDS


def stops(frame: Frame) -> bool:
    """True when the person does not want to go on."""
    return frame.has("finder_stop") and is_short(frame)


def goes_back(frame: Frame) -> bool:
    """True where the last answer is to be given once more."""
    return frame.has("finder_back")


def asks(frame: Frame) -> bool:
    """True when the message asks something of its own."""
    return frame.has("finder_question") or ("?" in frame.text and count_of_words(frame) > FEW)


def corrects(frame: Frame) -> bool:
    """True where a message after a result may change an answer: it says so, or nothing of its own."""
    return not asks(frame) and (_says_nothing_else(frame) or frame.has("finder_correction"))


def wants_why(frame: Frame) -> bool:
    """True for "why this one?"."""
    return frame.has("finder_why") and _is_one_of(frame, OF_REASONS)


def wants_more(frame: Frame) -> bool:
    """True for "show me others"."""
    return frame.has("finder_more") and _is_one_of(frame, OF_MORE)


def tells_of_person(frame: Frame, knowledge: Knowledge) -> bool:
    """True where the message tells what a search must mind: an allergy, a medicine, an age, how the skin is now."""
    return told_safety(frame, Profile(), knowledge) != Profile() or frame.has(*TOLD_BY_CUES)


def searched_for(memory: Memory, finder: Finder) -> Profile:
    """The person whom a search is for."""
    return memory.other if finder.whom and memory.other is not None else memory.person


def closed(finder: Finder) -> Finder:
    """A search that is over; what was said of sensitivity and pregnancy is not asked again in the next one."""
    return Finder(sensitive=finder.sensitive, pregnant=finder.pregnant, done=True)


def noted(frame: Frame, memory: Memory) -> Memory:
    """The memory with a pregnancy that the message denies, so that no search asks for it; to be done with every message."""
    roles = [one.role for one in frame.of("safety") if one.id == PREGNANCY]
    denies = bool(roles) and roles[0] == NEGATED
    if not roles or frame.whose == "other" or (memory.finder is None and not denies):
        return memory
    return replace(memory, finder=replace(memory.finder or Finder(done=True), pregnant=False if denies else None))


def _listens_to_answer(frame: Frame, finder: Finder, memory: Memory, knowledge: Knowledge) -> bool:
    if stops(frame) or goes_back(frame) or frame.kind == START:
        return True
    if asks(frame):
        return False
    if hear(frame, finder, searched_for(memory, finder), knowledge).steps or tells_of_person(frame, knowledge):
        return True
    return _says_nothing_else(frame) or (is_short(frame) and _kind(frame) in SKINCARE)


def _listens_after(frame: Frame, finder: Finder, memory: Memory, knowledge: Knowledge) -> bool:
    """After a result, until the talk turns to other products."""
    if not finder.shown or not set(memory.shown.listed) <= set(finder.shown):
        return False
    if wants_why(frame) or wants_more(frame):
        return True
    heard = hear(frame, finder, searched_for(memory, finder), knowledge)
    return corrects(frame) and (bool(heard.steps) or tells_of_person(frame, knowledge))


def _kind(frame: Frame) -> str:
    return frame.kind if frame.rules else kind_of_intent(frame.intent or frame.kind)


def _is_lost(frame: Frame) -> bool:
    """True where neither the classifier nor a rule knew what the message asks."""
    return frame.band != SURE and not frame.rules


def _says_nothing_else(frame: Frame) -> bool:
    return _is_lost(frame) or _kind(frame) in NO_ANSWER


def _is_one_of(frame: Frame, names: frozenset[str]) -> bool:
    """True for these kinds, and for a message that is known to be for the finder."""
    return frame.kind == ANSWER or _is_lost(frame) or _kind(frame) in names
