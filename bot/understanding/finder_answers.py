"""Understands answers to the finder's questions. What corrects an earlier answer is heard at any question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, Mapping, Tuple

from bot.rules import finder as steps
from bot.rules.advice import Profile, merge
from bot.rules.finder import BESIDE_TYPE, Finder, asked_of
from bot.rules.knowledge import Knowledge
from bot.understanding.frame import FORM, NEGATED, SUBJECTS, USED, Frame

SHORT = 8
MOST_CONCERNS, MOST_KEPT = 2, 4
AGAINST = ("allergy", "medicine", "condition")
SENSITIVE_SKIN, PREGNANCY = "sensitive", "pregnancy"
A_CRISIS = "damaged_barrier"
"""The concern that "skin crisis" is a name of: as an answer to the need it is no concern of its own."""
WITHOUT = (steps.CONCERN, steps.SKIN, steps.BUDGET, steps.USES)
"""Questions to which "no" or "none" says that there is nothing to mind."""


@dataclass(frozen=True)
class Heard:
    """A search and a person after a message; `steps` are the questions that it answered."""

    finder: Finder
    person: Profile
    steps: Tuple[str, ...] = ()


@dataclass(frozen=True)
class _Message:
    """A message with what is needed to understand it; `asked`: whether the question looked at is the open one."""

    frame: Frame
    knowledge: Knowledge
    unit: float
    asked: bool = False


def hear(frame: Frame, finder: Finder, person: Profile, knowledge: Knowledge, unit: float = 1) -> Heard:
    """Takes the answer to the open question and every correction out of a message. `steps` is empty when there is
    neither. `unit`: how many minor units of money make a major one."""
    heard = Heard(finder, person)
    for step in sorted(steps.STEPS, key=lambda one: one != finder.step):
        if step == finder.step or _is_volunteered(frame, step):
            after = READERS[step](_Message(frame, knowledge, unit, step == finder.step), heard)
            if after is not None:
                heard = replace(after, steps=(*heard.steps, step))
    if finder.step and finder.step not in heard.steps and _skips(frame, finder.step, heard):
        heard = replace(heard, steps=(*heard.steps, finder.step))
    both_known = all(asked_of(heard.finder, heard.person))
    settled = [step for step in heard.steps if step != steps.SENSITIVE or step == finder.step or both_known]
    return replace(heard, finder=heard.finder.settle(*settled)) if heard.steps else heard


def kinds(frame: Frame) -> Tuple[str, ...]:
    """The kinds of product that a message asks to find."""
    return merge(frame.ids("product_type"), frame.ids("product_type", role=FORM))


def is_short(frame: Frame) -> bool:
    """True for a message as short as an answer."""
    return count_of_words(frame) <= SHORT


def count_of_words(frame: Frame) -> int:
    """How many words a message has, without its punctuation."""
    return sum(any(map(str.isalnum, word)) for word in frame.words)


def told_safety(frame: Frame, person: Profile, knowledge: Knowledge) -> Profile:
    """The person with the allergies, medicines, conditions and age that a message tells in passing."""
    against = tuple(one for one in frame.ids("safety") if knowledge.safety[one].kind in AGAINST)
    age = frame.number("age")
    return replace(person, safety=merge(person.safety, against), age=person.age if age is None else int(age))


def _is_volunteered(frame: Frame, step: str) -> bool:
    """What is understood without having been asked: everything that its own words make plain."""
    return step != steps.USES or frame.has("finder_in_use")


def _skips(frame: Frame, step: str, heard: Heard) -> bool:
    if heard.steps and not frame.has("finder_skip"):
        return False
    empty = step in WITHOUT and frame.has("finder_none")
    return is_short(frame) and (frame.has("finder_skip") or empty)


def _concern(message: _Message, heard: Heard) -> Heard | None:
    found = message.frame.ids("concern")
    if not found or (heard.finder.step == steps.NEED and found == (A_CRISIS,)):
        return None
    person = replace(heard.person, concerns=merge(found, heard.person.concerns)[:MOST_KEPT])
    return replace(heard, finder=replace(heard.finder, concerns=found[:MOST_CONCERNS]), person=person)


def _need(message: _Message, heard: Heard) -> Heard | None:
    frame = message.frame
    corrects = frame.has("finder_correction")
    named = kinds(frame) if message.asked or corrects else ()
    if named:
        return replace(heard, finder=replace(heard.finder, types=named))
    if not message.asked and not corrects:
        return None
    crisis = frame.has("finder_crisis") or A_CRISIS in frame.ids("concern")
    if not crisis and not frame.has("finder_every_day"):
        return None
    return replace(heard, finder=replace(heard.finder, need=steps.CRISIS if crisis else steps.DAILY))


def _skin(message: _Message, heard: Heard) -> Heard | None:
    found = message.frame.ids("skin_type") or (_bare_skin(message) if message.asked else ())
    if not set(found) - {SENSITIVE_SKIN}:
        return None
    kept = tuple(one for one in heard.person.skin_types if one in BESIDE_TYPE)
    return replace(heard, person=replace(heard.person, skin_types=merge(found, kept)))


def _bare_skin(message: _Message) -> Tuple[str, ...]:
    """The skin types that an answer names without "skin" ("normal")."""
    return tuple(
        key
        for key, entry in message.knowledge.skin_types.items()
        if any(f"{word} skin" in (entry.name.lower(), *entry.aliases) for word in message.frame.words)
    )


def _sensitive(message: _Message, heard: Heard) -> Heard | None:
    """Sensitivity and pregnancy, which are one question; "yes" and "no" are for what of the two was asked."""
    frame = message.frame
    sensitive = _said(frame, "skin_type", SENSITIVE_SKIN)
    pregnant = _said(frame, "safety", PREGNANCY)
    if message.asked:
        known_sensitive, known_pregnant = asked_of(heard.finder, heard.person)
        open_ones = [not known_sensitive, not known_pregnant]
        unsaid = sensitive is None and pregnant is None
        if frame.has("finder_both"):
            sensitive, pregnant = True, True
        elif unsaid and frame.has("finder_none"):
            sensitive, pregnant = False, False
        elif unsaid and frame.has("finder_yes") and sum(open_ones) == 1:
            sensitive, pregnant = (True, None) if open_ones[0] else (None, True)
        elif not unsaid:
            sensitive = sensitive if sensitive is not None or known_sensitive else False
            pregnant = pregnant if pregnant is not None or known_pregnant else False
    if sensitive is None and pregnant is None:
        return None
    return _with(heard, sensitive, pregnant)


def _said(frame: Frame, label: str, subject_id: str) -> bool | None:
    """True where the message says that something holds, False that it does not, None where it says nothing of it."""
    roles = [one.role for one in frame.of(label) if one.id == subject_id]
    return roles[0] != NEGATED if roles else None


def _with(heard: Heard, sensitive: bool | None, pregnant: bool | None) -> Heard:
    person, finder = heard.person, heard.finder
    if sensitive is not None:
        others = tuple(one for one in person.skin_types if one != SENSITIVE_SKIN)
        person = replace(person, skin_types=(*others, SENSITIVE_SKIN) if sensitive else others)
        finder = replace(finder, sensitive=sensitive)
    if pregnant is not None:
        person = replace(person, pregnant=pregnant)
        finder = replace(finder, pregnant=pregnant)
    return replace(heard, person=person, finder=finder)


def _uses(message: _Message, heard: Heard) -> Heard | None:
    found = merge(message.frame.ids(*SUBJECTS), message.frame.ids(*SUBJECTS, role=USED))
    if not found:
        return None
    return replace(heard, finder=replace(heard.finder, uses=merge(() if message.asked else heard.finder.uses, found)))


def _budget(message: _Message, heard: Heard) -> Heard | None:
    highest, lowest = message.frame.number("price"), message.frame.number("price", "min")
    if highest is None and lowest is None and message.asked:
        highest = _bare_number(message.frame)
    if highest is None and lowest is None:
        return None
    finder = replace(
        heard.finder,
        max_price=None if highest is None else round(highest * message.unit),
        min_price=None if lowest is None else round(lowest * message.unit),
    )
    return replace(heard, finder=finder)


def _bare_number(frame: Frame) -> float | None:
    """The number in the answer to "what is your budget?", where any number is one."""
    counted = frame.number("count")
    if counted is not None:
        return counted
    written = [word.replace(",", ".") for word in frame.words]
    return next((float(word) for word in written if word.replace(".", "", 1).isdecimal()), None)


READERS: Mapping[str, Callable[[_Message, Heard], Heard | None]] = {
    steps.CONCERN: _concern,
    steps.NEED: _need,
    steps.SKIN: _skin,
    steps.SENSITIVE: _sensitive,
    steps.USES: _uses,
    steps.BUDGET: _budget,
}
