"""The finder as a service: asks, listens, goes on after an interruption, and ends in products.

A search lives in `Memory.finder`. `resolve` sends it every message that `bot.understanding.finder.listens` to; behind the
answer to any other the open question is asked again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Callable, Mapping, Sequence

from bot.answers.answer import Answer, Button, Part, Statements, Words
from bot.answers.finder.results import Result, explained, more, result
from bot.answers.products.cards import minor_units
from bot.answers.products.lacking import lacking
from bot.answers.turn import Turn
from bot.rules.advice import Profile, Question
from bot.rules.answers import answer
from bot.rules.finder import CONCERN, SENSITIVE, SKIN, USES, Finder, asked_of, next_step, progress, wants
from bot.rules.gate import BASICS
from bot.rules.safety import CHILD
from bot.understanding import finder as asking
from bot.understanding.finder import ANSWER, START, closed, searched_for
from bot.understanding.finder_answers import MOST_CONCERNS, Heard, hear, kinds, told_safety
from bot.understanding.memory import Memory

MOST_MISSED = 2
OTHER = "other"
NEW = Finder(done=True)
MOST_AT_ONCE = {CONCERN: MOST_CONCERNS, USES: 3}
"""Questions that several answers may be given to at once, and how many."""


def finder(turn: Turn) -> Answer:
    """Begins a search, takes an answer to its open question, or goes on after its result.

    Raises:
        StoreError: when the shop's database is away as products are to be shown.
    """
    before = turn.memory.finder or NEW
    if (asking.starts(turn.frame) and kinds(turn.frame)) or (before.done and not before.shown):
        return _begin(turn, before)
    return _after_result(turn, before) if before.done else _listen(turn, before)


def asked_again(turn: Turn) -> Part | None:
    """The open question again, behind another answer; None where no search is open, or nobody goes on choosing. The answer
    may have brought what the question was about, so that the next one is asked; see `interrupted`."""
    open_one = _still_open(turn, turn.memory)
    if open_one is None:
        return None
    return _question(turn, open_one, searched_for(turn.memory, open_one), turn.say("finder_back"))


def interrupted(turn: Turn, answer: Answer) -> Answer:
    """The answer to a message that was not for the finder: with the open question behind it, and the search as it is from
    now on; closed where the person left, needs help, or the talk turned to other products."""
    search, request = answer.memory.finder, answer.memory.request
    if search is None or turn.frame.kind in (START, ANSWER):
        return answer
    if request is not None and request.awaits:  # one question at a time: a yes must be to what was asked last
        return replace(answer, memory=replace(answer.memory, finder=closed(search)))
    after = replace(turn, memory=answer.memory)
    again, open_one = asked_again(after), _still_open(turn, answer.memory)
    if again is not None and open_one is not None:
        return replace(answer, parts=(*answer.parts, again), memory=replace(answer.memory, finder=open_one))
    talked_on = not set(answer.memory.shown.listed) <= set(search.shown)
    over = asking.ends(turn.frame, turn.knowledge) or (search.done and talked_on)
    return replace(answer, memory=replace(answer.memory, finder=closed(search))) if over else answer


def _still_open(turn: Turn, memory: Memory) -> Finder | None:
    search = memory.finder
    if search is None or search.done or asking.ends(turn.frame, turn.knowledge):
        return None
    return replace(search, step=next_step(search, searched_for(memory, search)) or search.step)


def _begin(turn: Turn, before: Finder) -> Answer:
    types = set(kinds(turn.frame))
    if turn.person.age is not None and turn.person.age < CHILD and types and not types & BASICS:
        advice = answer(turn.knowledge, Question("age", profile=turn.person))
        return turn.answer(Statements(advice), memory=_kept(turn, closed(before), None))
    other = turn.memory.other is not None and turn.person == turn.memory.other
    finder = Finder(types=kinds(turn.frame), whom=(turn.frame.whom or turn.memory.whom or OTHER) if other else "")
    if not other:
        finder = replace(finder, sensitive=before.sensitive, pregnant=before.pregnant)
    known = searched_for(turn.memory, finder)
    after = turn.knowledge.safety[known.red_flag].after if known.red_flag else None
    if after:
        return turn.reply(after, _kept(turn, closed(before), None))
    heard = _heard(turn, finder)
    return _go_on(turn, heard.finder, heard.person, turn.say("finder_begin"))


def _listen(turn: Turn, finder: Finder) -> Answer:
    if asking.stops(turn.frame):
        return turn.reply(turn.say("finder_stopped"), _kept(turn, closed(finder), None))
    if asking.goes_back(turn.frame) and finder.settled:
        return _back(turn, finder.back())
    heard = _heard(turn, finder)
    told = asking.tells_of_person(turn.frame, turn.knowledge)
    if heard.steps or told:
        return _go_on(turn, heard.finder, heard.person, _noted(turn, finder, heard, told))
    return _missed(turn, finder, heard.person)


def _back(turn: Turn, finder: Finder) -> Answer:
    person = searched_for(turn.memory, finder)
    if finder.step == SENSITIVE:
        person = replace(person, skin_types=tuple(one for one in person.skin_types if one != SENSITIVE))
    return turn.answer(_question(turn, finder, person, ""), memory=_kept(turn, finder, person))


def _missed(turn: Turn, finder: Finder, person: Profile) -> Answer:
    """Asks again in other words; the second time the question is left out."""
    if finder.missed + 1 < MOST_MISSED:
        finder = replace(finder, missed=finder.missed + 1)
        part = _question(turn, finder, person, turn.say("finder_again"))
        return turn.answer(part, memory=_kept(turn, finder, person))
    return _go_on(turn, finder.settle(finder.step), person, turn.say("finder_left_out"))


def _noted(turn: Turn, before: Finder, heard: Heard, told: bool) -> str:
    """Says that something beside the open question was understood; nothing where that alone was answered."""
    if any(step != before.step and step in before.settled for step in heard.steps):
        return turn.say("finder_changed")
    return turn.say("finder_noted") if told or before.step not in heard.steps else ""


def _go_on(turn: Turn, finder: Finder, person: Profile, intro: str = "") -> Answer:
    """Asks the next question, or shows what was found."""
    step = next_step(finder, person)
    if not step:
        return _finish(turn, replace(finder, step="", done=True), person)
    finder = replace(finder, step=step, done=False)
    return turn.answer(_question(turn, finder, person, intro), memory=_kept(turn, finder, person))


def _finish(turn: Turn, finder: Finder, person: Profile) -> Answer:
    found = result(turn, finder, person)
    answered = _showing(turn, found, replace(finder, shown=found.shown), person)
    wanted = wants(turn.knowledge, finder, person)
    return answered if found.shown else replace(answered, lacks=lacking(turn, wanted.types[:1], (), wanted.max_price))


def _after_result(turn: Turn, finder: Finder) -> Answer:
    """After a result a message asks why or for more, corrects an answer, or begins another search."""
    heard = _heard(turn, finder)
    if asking.wants_why(turn.frame):
        return turn.answer(explained(turn, finder, heard.person), memory=_kept(turn, finder, heard.person))
    if asking.wants_more(turn.frame):
        found = more(turn, finder, heard.person)
        return _showing(turn, found, replace(finder, shown=(*finder.shown, *found.shown)), heard.person)
    if heard.steps or asking.tells_of_person(turn.frame, turn.knowledge):
        return _finish(turn, replace(heard.finder, shown=()), heard.person)
    return _begin(turn, finder)


def _showing(turn: Turn, found: Result, finder: Finder, person: Profile) -> Answer:
    memory = turn.memory
    if found.shown:
        focus = found.shown[0] if len(found.shown) == 1 else ""
        memory = turn.shows(found.shown, focus, found=(), wish={}, kind=START, policy="", said="")
    return turn.answer(found.part, memory=_kept(turn, finder, person, memory))


def _question(turn: Turn, finder: Finder, person: Profile, intro: str) -> Part:
    """The open question with its buttons. Of sensitivity and pregnancy only what is not known yet is asked."""
    key = f"finder_{finder.step}"
    if finder.step == SENSITIVE:
        known_sensitive, known_pregnant = asked_of(finder, person)
        key = "finder_pregnant" if known_sensitive else "finder_sensitive" if known_pregnant else "finder_both"
    elif finder.step == SKIN and person.sensitive:
        key = "finder_skin_besides"
    text = f"{intro} {turn.say(key)}".strip()
    at, of = progress(finder, person)
    back = turn.wording.buttons_of("finder_go_back") if finder.settled else []
    buttons = turn.wording.buttons_of(key)
    payload = {"finder": finder.step, "progress": {"at": at, "of": of}, **_several(turn, finder.step, buttons)}
    return Words(text, (*buttons, *back), payload=payload)


def _several(turn: Turn, step: str, buttons: Sequence[Button]) -> Mapping[str, Any]:
    """Which of the answers may be given together, for channels that let one choose before sending."""
    if step not in MOST_AT_ONCE:
        return {}
    alone = turn.wording.buttons_of("finder_alone")
    return {"several": {"of": [one["payload"] for one in buttons if one not in alone], "most": MOST_AT_ONCE[step]}}


def _heard(turn: Turn, finder: Finder) -> Heard:
    known = told_safety(turn.frame, searched_for(turn.memory, finder), turn.knowledge)
    return hear(turn.frame, finder, known, turn.knowledge, minor_units(1, turn.currency))


def _kept(turn: Turn, finder: Finder, person: Profile | None, memory: Memory | None = None) -> Memory:
    """The memory with the search, and with the person that its answers told of where one is given. Answers to a search for
    somebody else tell nothing of the person who writes."""
    memory = replace(turn.memory if memory is None else memory, finder=finder, lost=0)
    if person is None:
        return memory
    if not finder.whom or memory.other is None:
        return replace(memory, person=person)
    return replace(memory, other=person, person=memory.person if memory.of_other else turn.before)


SERVICES: Mapping[str, Callable[[Turn], Answer]] = {START: finder, ANSWER: finder}
