"""Which situation a message tells of, in whatever words: the form of `data/understanding/situations`, and which of those that it
sounds like it may be.

What to do in each stands in `data/knowledge/situations`; emergencies are red flags of `data/knowledge/safety.yml`. How alike two texts are is measured by `bot.nlu.situations`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Dict, FrozenSet, Iterator, List, Sequence

import yaml

from bot.paths import DATA
from bot.rules.advice import Profile
from bot.rules.gate import is_held
from bot.rules.kinship import is_among
from bot.rules.knowledge import Knowledge
from bot.rules.routine_guard import is_allergic_to
from bot.rules.safety import CHILD, is_strong, red_flags
from bot.rules.schema import Situation
from bot.rules.situations import SITUATION
from bot.understanding.frame import ALLERGIC, CONTENT, NEGATED, Frame, Guess, Mention
from bot.understanding.talks import NO_SITUATION, talks

FOLDER = DATA / "understanding" / "situations"
NEAR_MISSES, EMERGENCIES = "_near_misses.yml", "emergencies.yml"
EXFOLIANT, ACIDS = "exfoliant", "exfoliating_acid"
LEAST = 6
"""Fewer examples do not say what a situation is."""
ORDER, SEVERAL = "order", 3
SURELY = 0.8
"""Share from which hardly anything else is meant."""
GOES_ON = 2.0
"""So many times likelier is what the message before may have told of too."""
CERTAINLY = 0.6
"""Share of all red flags together in a talk, whose earlier message told of none."""
EMERGENCY = 0.25
"""Share of all red flags together from which a red flag is told: one too many costs a sentence, one missed may cost health."""


HEARD_AT_ALL = 0.1
"""The same of all of a message of which one sentence surely tells of one: the rest may speak of much else."""


class SituationError(Exception):
    """The examples cannot be used; the message names the file, the entry and what is wrong."""


@lru_cache(maxsize=4)
def examples(folder: Path = FOLDER) -> Dict[str, List[str]]:
    """How people tell of each situation, by its name.

    Raises:
        SituationError: when a file cannot be read, or an example stands twice.
    """
    found: Dict[str, List[str]] = {}
    seen: Dict[str, str] = {}
    for path in sorted(path for path in folder.glob("*.yml") if path.name != NEAR_MISSES):
        for name, texts in _read(path).items():
            if name in found:
                raise SituationError(f"{path.name}, {name}: another file has it too")
            if len(texts) < LEAST:
                raise SituationError(f"{path.name}, {name}: give at least {LEAST} examples")
            for text in texts:
                if text.lower() in seen:
                    raise SituationError(f"{path.name}, {name}: {text!r} stands in {seen[text.lower()]} too")
                seen[text.lower()] = name
            found[name] = texts
    return found


@lru_cache(maxsize=4)
def emergencies(folder: Path = FOLDER) -> FrozenSet[str]:
    """The red flags among the names.

    Raises:
        SituationError: when the file cannot be read.
    """
    return frozenset(_read(folder / EMERGENCIES))


@lru_cache(maxsize=4)
def near_misses(folder: Path = FOLDER) -> List[str]:
    """What sounds like a situation or an emergency and is none.

    Raises:
        SituationError: when the file cannot be read.
    """
    path = folder / NEAR_MISSES
    return [text for texts in _read(path).values() for text in texts] if path.exists() else []


def mistakes(knowledge: Knowledge, folder: Path = FOLDER) -> Iterator[str]:
    """Situations without examples, and examples and talks of none.

    Raises:
        SituationError: as `examples` does.
        TalkError: as `talks` does.
    """
    told = examples(folder)
    known = {*knowledge.situations, *red_flags(knowledge)}
    yield from (f"situations, {name}: the knowledge has neither a situation nor a red flag of this name" for name in told if name not in known)
    yield from (f"talks, {name}: there is no situation of this name" for name in talks() if name not in (*knowledge.situations, NO_SITUATION))
    yield from (f"situations, {name}: nobody says how people tell of it" for name in knowledge.situations if name not in told)


def fitting(frame: Frame, person: Profile, knowledge: Knowledge, before: Sequence[str] = ()) -> Guess | None:
    """The likeliest of the situations that the message may tell of and that what it names does not speak against.

    Args:
        frame: the message.
        person: whom it is about.
        knowledge: whose situations these are.
        before: those that the message before may have told of; a talk goes on with what it was about.
    """
    guesses = [one._replace(share=min(1.0, one.share * GOES_ON)) if one.name in before else one for one in frame.situations]
    likely = sorted(guesses, key=lambda one: -one.share)
    return next((one for one in likely if _fits(knowledge.situations.get(one.name), frame, person, knowledge, one.share >= SURELY)), None)


def of_this_one(frame: Frame, name: str, knowledge: Knowledge) -> Frame:
    """The frame as one that tells of this situation, and of what it is about."""
    about = tuple(Mention(SITUATION, one, one, 0, 0) for one in knowledge.situations[name].about)
    return replace(frame, situations=(Guess(name, 1.0),), told=(*frame.told, *about))


def emergency(frame: Frame, knowledge: Knowledge) -> str:
    """The red flag that the message tells of in words that no sign knows; empty where there is none. Of several sentences one must
    tell of it by itself, as a long story sounds a little like everything; and what needs a cue must have it."""
    flags = red_flags(knowledge)
    found: List[Guess] = []
    sure = sum(one.share for one in frame.alarm if one.name in flags) >= SURELY
    for guesses, least in ((frame.situations, HEARD_AT_ALL if sure else EMERGENCY), (frame.alarm or frame.situations, EMERGENCY)):
        found = [one for one in guesses if one.name in flags]
        if sum(one.share for one in found) < least:
            return ""
    return _shown(found, frame, knowledge)


def emergency_in_talk(frame: Frame, knowledge: Knowledge) -> str:
    """The red flag that a short message tells of for certain together with the one before it, and neither alone: "what fades scars
    on the arm?" and then "they are from me"; empty where there is none."""
    found = [one for one in frame.in_talk if one.name in red_flags(knowledge)]
    return _shown(found, frame, knowledge) if sum(one.share for one in found) >= CERTAINLY else ""


def _shown(found: Sequence[Guess], frame: Frame, knowledge: Knowledge) -> str:
    shown = [one.name for one in found if not (shows := knowledge.safety[one.name].meant_with) or frame.has(*shows)]
    return shown[0] if shown else ""


def _fits(situation: Situation | None, frame: Frame, person: Profile, knowledge: Knowledge, surely: bool) -> bool:
    """True where everything that the situation is about is named, and it speaks of everything that is asked about; of what is mild it need
    not where the situation is sure."""
    if situation is None or not {*situation.about} <= _named(frame, person, knowledge):
        return False
    if not surely and is_held(knowledge, frame.ids(*CONTENT), person) and not {*situation.about} & {*person.safety, *(("pregnancy",) if person.pregnant else ())}:
        return False  # what must be left is refused, in whatever situation
    if not surely and person.age is not None and person.age < CHILD and frame.of(*CONTENT) and situation.kind != "age":
        return False  # what is said of a thing to adults says nothing to a child
    if not {*situation.about} & {*person.safety} and any(is_allergic_to(knowledge, one, person) for one in _spoken_of(frame)):
        return False  # nor is it told what to try of it, also where only the story names it
    said = (*situation.about, *situation.fact.recommends, *situation.fact.mentions)
    if EXFOLIANT in said:
        said = (*said, ACIDS)  # most exfoliants are acids
    contents = frame.ids(*CONTENT)
    of_any = surely or (situation.kind == ORDER and len(contents) >= SEVERAL)  # the order of several layers does not depend on what is in them
    asked = [one for one in contents if not of_any or is_strong(knowledge, one)]
    if not all(is_among(knowledge, one, said) for one in asked):
        return False
    words = " ".join((*situation.fact.say.lower().split(), *(word for text in situation.fact.more for word in text.lower().split())))
    return all(one in words for one in frame.unknown)


def _spoken_of(frame: Frame) -> tuple[str, ...]:
    return tuple(one.id for one in (*frame.mentions, *frame.told) if one.label in CONTENT and one.role not in (NEGATED, ALLERGIC))


def _named(frame: Frame, person: Profile, knowledge: Knowledge) -> set[str]:
    named = {one.id for one in (*frame.mentions, *frame.told) if one.role != NEGATED} | {*person.safety, *person.concerns, *person.allergies}
    named |= {knowledge.ingredients[one].family for one in named if one in knowledge.ingredients}
    named |= {entry for one in named if one in knowledge.conditions and (entry := knowledge.conditions[one].entry)}
    return named | ({"pregnancy"} if person.pregnant else set())


def likeliest(found: Sequence[Sequence[Guess]], most: int) -> tuple[Guess, ...]:
    """The likeliest of what several texts sound like, each situation once."""
    best: Dict[str, float] = {}
    for texts in found:
        for one in texts:
            best[one.name] = max(best.get(one.name, 0.0), one.share)
    return tuple(Guess(*one) for one in sorted(best.items(), key=lambda one: -one[1])[:most])


def _read(path: Path) -> Dict[str, List[str]]:
    try:
        read = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise SituationError(f"{path.name}: cannot be read: {error}") from error
    fits = isinstance(read, dict) and all(isinstance(texts, list) and all(isinstance(text, str) for text in texts) for texts in read.values())
    if not fits:
        raise SituationError(f"{path.name}: should be a mapping from name to a list of texts")
    return {str(name): texts for name, texts in read.items()}
