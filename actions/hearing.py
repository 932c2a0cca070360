"""Understands answers to the finder's questions, and whether a message is one.

What corrects an earlier answer is heard at any question; a message that asks something is no answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Callable, Mapping

from rasa_sdk import Tracker

from actions import conversation
from actions.cards import minor_units
from actions.registry import action_of_intent
from actions.resources import knowledge, shop
from bot.nlu import prices
from bot.rules import finder as steps
from bot.rules.advice import Profile, merge
from bot.rules.finder import BESIDE_TYPE, Finder, asked_of

SHORT = 8
FEW = 3
OF_SKINCARE = frozenset({"action_answer", "action_follow_up"})
STOP = re.compile(
    r"\b(stop|cancel|quit|exit|never ?mind|forget it|no thanks?|no thank you|not now|changed my mind|leave it|enough|later"
    r"|bye|goodbye|see you|that'?s (all|it)|don'?t want (this|to|any)|let'?s not|end (this|it))\b",
    re.I,
)
SKIP = re.compile(
    r"\b(skip|pass|next( one| question)?|don'?t (really )?(know|care|mind)|do not know|dunno|idk|no (idea|clue|preference)|not sure|unsure"
    r"|doesn'?t matter|does not matter|whatever|any(thing|one)?|prefer not|rather not|can'?t say|hard to say|you decide)\b",
    re.I,
)
NONE = re.compile(r"^\W*(no|nope|nah|none|nothing|not really|neither|no limit|unlimited|zero|not yet|not any\w*)\b", re.I)
BOTH = re.compile(r"\b(both|yes to both|all of (it|them))\b", re.I)
YES = re.compile(r"^\W*(yes|yeah|yep|yup|sure|i am|it is|very|a bit|a little|sometimes|correct|right|indeed)\b", re.I)
ASKS = re.compile(
    r"^\W*(?:(?:ok|okay|hey|and|but|so|wait|hmm|um|well|also|quick question|question)\W+)*(what|whats|what's|how|why|when|which|who|where|can|could|is|are|do|does|did|should"
    r"|will|would|may|show|tell|give|explain)\b",
    re.I,
)
CORRECTS = re.compile(r"\b(actually|sorry|i mean|i meant|correction|rather|instead|wait|oops|no,|not .+ but|make (it|that)|change)\b", re.I)
EVERY_DAY = re.compile(r"\b(every ?day|daily|day[- ]to[- ]day|regular(ly)?|normal|long[- ]term|maintenance|basic|always)\b", re.I)
IN_CRISIS = re.compile(
    r"\b(crisis|crises|course|intensive|boost|emergency|short|quick(ly)?|sos|urgent(ly)?|right now|flare|bad (patch|phase)|worse"
    r"|treatment|kur|fast)\b",
    re.I,
)
IN_USE = re.compile(r"\b(i|i'm|im|already|currently)\s+(am\s+|already\s+|currently\s+|also\s+)*(use|using|on|take|taking|apply)\b", re.I)


@dataclass(frozen=True)
class Heard:
    """A search and a profile after a message; `steps` are the questions that it answered."""

    finder: Finder
    profile: Profile
    steps: tuple[str, ...] = ()


def stops(tracker: Tracker) -> bool:
    """True when the person does not want to go on."""
    return bool(STOP.search(conversation.text(tracker))) and _is_short(tracker)


def asks(tracker: Tracker) -> bool:
    """True when the message asks something of its own."""
    message = conversation.text(tracker)
    return bool(ASKS.match(message)) or ("?" in message and len(message.split()) > FEW)


def is_meant_as_answer(tracker: Tracker) -> bool:
    """True for a few words that ask nothing, about skincare: an answer, though not one that was understood."""
    return _is_short(tracker) and action_of_intent().get(conversation.intent(tracker)) in OF_SKINCARE


def hear(tracker: Tracker, finder: Finder, profile: Profile) -> Heard:
    """Takes the answer to the open question and every correction out of a message. `steps` is empty when there is
    neither."""
    heard = Heard(finder, profile)
    for step in sorted(steps.STEPS, key=lambda one: one != finder.step):
        if step == finder.step or _volunteered(tracker, step):
            after = READERS[step](tracker, heard, step == finder.step)
            if after is not None:
                heard = replace(after, steps=(*heard.steps, step))
    if finder.step and finder.step not in heard.steps and _skips(tracker, finder.step, heard):
        heard = replace(heard, steps=(*heard.steps, finder.step))
    both_known = all(asked_of(heard.finder, heard.profile))
    settled = [step for step in heard.steps if step != steps.SENSITIVE or step == finder.step or both_known]
    return replace(heard, finder=heard.finder.settle(*settled)) if heard.steps else heard


def kinds(tracker: Tracker) -> tuple[str, ...]:
    """The kinds of product that a message asks to find."""
    return tuple(
        one for role in (None, "form") for one in conversation.values(tracker, "product_type", role=role)
    )


def _volunteered(tracker: Tracker, step: str) -> bool:
    """What is understood without having been asked: everything that its own words make plain."""
    return step != steps.USES or bool(IN_USE.search(conversation.text(tracker)))


def _is_short(tracker: Tracker) -> bool:
    return len(conversation.text(tracker).split()) <= SHORT


def _skips(tracker: Tracker, step: str, heard: Heard) -> bool:
    message = conversation.text(tracker)
    if heard.steps and not SKIP.search(message):
        return False
    empty = step in (steps.CONCERN, steps.SKIN, steps.BUDGET, steps.USES) and NONE.match(message)
    return _is_short(tracker) and bool(SKIP.search(message) or empty)


def _concern(tracker: Tracker, heard: Heard, asked: bool) -> Heard | None:
    found = conversation.values(tracker, "concern")
    if not found:
        return None
    profile = replace(heard.profile, concerns=merge(found, heard.profile.concerns)[:4])
    return replace(heard, finder=replace(heard.finder, concerns=found[:2]), profile=profile)


def _need(tracker: Tracker, heard: Heard, asked: bool) -> Heard | None:
    message = conversation.text(tracker)
    named = kinds(tracker) if asked or CORRECTS.search(message) else ()
    if named:
        return replace(heard, finder=replace(heard.finder, types=named))
    if not asked and not CORRECTS.search(message):
        return None
    crisis = IN_CRISIS.search(message)
    if not crisis and not EVERY_DAY.search(message):
        return None
    return replace(heard, finder=replace(heard.finder, need=steps.CRISIS if crisis else steps.DAILY))


def _skin(tracker: Tracker, heard: Heard, asked: bool) -> Heard | None:
    found = conversation.values(tracker, "skin_type") or (_bare_skin(tracker) if asked else ())
    if not set(found) - {"sensitive"}:
        return None
    kept = tuple(one for one in heard.profile.skin_types if one in BESIDE_TYPE)
    return replace(heard, profile=replace(heard.profile, skin_types=merge(found, kept)))


def _bare_skin(tracker: Tracker) -> tuple[str, ...]:
    """The skin types that an answer names without "skin" ("normal")."""
    said = re.findall(r"\w+", conversation.text(tracker).lower())
    return tuple(
        key
        for key, entry in knowledge().skin_types.items()
        if any(f"{word} skin" in (entry.name.lower(), *entry.aliases) for word in said)
    )


def _sensitive(tracker: Tracker, heard: Heard, asked: bool) -> Heard | None:
    """Sensitivity and pregnancy, which are one question; "yes" and "no" are for what of the two was asked."""
    message = conversation.text(tracker)
    sensitive = _said(tracker, "skin_type", "sensitive")
    pregnant = _said(tracker, "safety", "pregnancy")
    if asked:
        known_sensitive, known_pregnant = asked_of(heard.finder, heard.profile)
        open_ones = [not known_sensitive, not known_pregnant]
        if BOTH.search(message):
            sensitive, pregnant = True, True
        elif NONE.match(message) and sensitive is None and pregnant is None:
            sensitive, pregnant = False, False
        elif YES.match(message) and sensitive is None and pregnant is None and sum(open_ones) == 1:
            sensitive, pregnant = (True, None) if open_ones[0] else (None, True)
        elif sensitive is not None or pregnant is not None:
            sensitive = sensitive if sensitive is not None or known_sensitive else False
            pregnant = pregnant if pregnant is not None or known_pregnant else False
    if sensitive is None and pregnant is None:
        return None
    return _with(heard, sensitive, pregnant)


def _said(tracker: Tracker, label: str, value: str) -> bool | None:
    """True where the message says that something holds, False that it does not, None where it says nothing of it."""
    roles = [one.get("role") for one in conversation.entities(tracker, label) if one["value"] == value]
    return roles[0] != "negated" if roles else None


def _with(heard: Heard, sensitive: bool | None, pregnant: bool | None) -> Heard:
    profile, finder = heard.profile, heard.finder
    if sensitive is not None:
        others = tuple(one for one in profile.skin_types if one != "sensitive")
        profile = replace(profile, skin_types=(*others, "sensitive") if sensitive else others)
        finder = replace(finder, sensitive=sensitive)
    if pregnant is not None:
        profile = replace(profile, pregnant=pregnant)
        finder = replace(finder, pregnant=pregnant)
    return replace(heard, profile=profile, finder=finder)


def _uses(tracker: Tracker, heard: Heard, asked: bool) -> Heard | None:
    found = conversation.values(tracker, *conversation.SUBJECTS)
    if not found:
        return None
    return replace(heard, finder=replace(heard.finder, uses=merge(() if asked else heard.finder.uses, found)))


def _budget(tracker: Tracker, heard: Heard, asked: bool) -> Heard | None:
    message = conversation.text(tracker)
    highest, lowest = (conversation.values(tracker, "price", role=role) for role in (None, "min"))
    amount = float(highest[-1]) if highest else prices.bare(message) if asked and not lowest else None
    if amount is None and not lowest:
        return None
    currency = shop().currency
    finder = replace(
        heard.finder,
        max_price=None if amount is None else minor_units(amount, currency),
        min_price=minor_units(float(lowest[0]), currency) if lowest else None,
    )
    return replace(heard, finder=finder)


READERS: Mapping[str, Callable[[Tracker, Heard, bool], Heard | None]] = {
    steps.CONCERN: _concern,
    steps.NEED: _need,
    steps.SKIN: _skin,
    steps.SENSITIVE: _sensitive,
    steps.USES: _uses,
    steps.BUDGET: _budget,
}


def denied_pregnancy(tracker: Tracker) -> bool | None:
    """False where the person said earlier that they are not pregnant, None where they said nothing of it or had it
    forgotten since."""
    said: bool | None = None
    for event in tracker.events or []:
        if event.get("event") == "reset_slots":
            said = None
        for entity in (event.get("parse_data") or {}).get("entities") or []:
            if entity.get("entity") == "safety" and entity.get("value") == "pregnancy":
                said = False if entity.get("role") == "negated" else None
    return said


def told_safety(tracker: Tracker, profile: Profile) -> Profile:
    """The profile with the allergies, medicines, conditions and age that a message tells in passing."""
    against = tuple(
        one
        for one in conversation.values(tracker, "safety")
        if knowledge().safety[one].kind in ("allergy", "medicine", "condition")
    )
    ages = conversation.values(tracker, "age")
    return replace(
        profile, safety=merge(profile.safety, against), age=int(ages[0]) if ages else profile.age
    )
