"""Parts what a story tells from what it asks: the subjects of the question alone are asked about, and where it names none those
that it points back to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Dict, FrozenSet, Iterator, List, NamedTuple, Sequence, Tuple

import yaml
from pydantic import BaseModel, Extra

from bot.understanding.frame import ALLERGIC, CONTENT, FORM, NEGATED, SUBJECTS, USED, Mention
from bot.understanding.plain import SENTENCE_ENDS, Spoken

FILE = "_story.yml"
PRODUCT_TYPE, LABEL, PRODUCT = "product_type", "label", "product"
# What a question may point back to.
POINTED_AT = (*SUBJECTS, PRODUCT)
BESIDE = (FORM, NEGATED)
FEW = 2
COUNTS = {"three": 3, "four": 4, "five": 5}


class Parted(NamedTuple):
    """The mentions of a question, and those of what is told around it; whether the question names none and points back."""

    asked: Tuple[Mention, ...]
    told: Tuple[Mention, ...]
    pointed: bool = False


class Pointing(BaseModel):
    """`_story.yml`: words by what a question with them points back to, and for whom a story speaks of."""

    all: FrozenSet[str]
    several: FrozenSet[str]
    one: FrozenSet[str]
    definite: FrozenSet[str]
    others: FrozenSet[str]

    class Config:
        extra = Extra.forbid

    @classmethod
    def load(cls, folder: Path) -> Pointing:
        """The lists of a folder's file."""
        return cls.parse_obj(yaml.load((folder / FILE).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def parted(mentions: Sequence[Mention], tokens: Sequence[Spoken], place: Tuple[int, int], pointing: Pointing, of_all: bool) -> Parted:
    """The mentions of a story, those asked about apart from the told ones.

    Args:
        mentions: all of them, in any order.
        tokens: the words of the message.
        place: where the question stands in it.
        pointing: words that point back.
        of_all: whether the kind of question is one about everything that somebody uses.
    """
    begin, end = place
    own = [one for one in mentions if _is_own(one, begin, end)]
    told = [one for one in mentions if one not in own]
    words = [token.mended for token in tokens if begin <= token.start < end]
    before = [one for one in told if one.end <= begin and one.label in POINTED_AT and one.role != ALLERGIC]
    meant: List[Mention] = []
    if any(one.label in POINTED_AT and one.role not in BESIDE for one in own):
        meant = list(_told_of(own, before, tokens, pointing))
    elif of_all or not pointing.all.isdisjoint(words):
        meant = before
    elif not (pointing.several | pointing.one).isdisjoint(words):
        counted = max((COUNTS.get(word, 1) for word in words), default=1)
        meant = _last(before, tokens, max(counted, FEW) if not pointing.several.isdisjoint(words) else 1)
    plain = [replace(one, role="") if one.role == USED else one for one in meant]
    named = any(one.label in POINTED_AT and one.role not in BESIDE for one in own)
    return Parted((*plain, *own), tuple(one for one in told if one not in meant), bool(meant) and not named)


def _is_own(mention: Mention, begin: int, end: int) -> bool:
    """True for a mention in the question, for a pasted label, and for what has no place."""
    return begin <= mention.start < end or mention.label == LABEL or mention.end == 0


def _told_of(own: Sequence[Mention], before: Sequence[Mention], tokens: Sequence[Spoken], pointing: Pointing) -> Iterator[Mention]:
    """What is in the product that a question calls by its kind alone: the vitamin C of "shall I leave the ampoule on?"."""
    words = {token.start: token.mended for token in tokens}
    starts = sorted(words)
    content = [one for one in own if one.label in CONTENT and one.role not in BESIDE]
    for one in own:
        at = starts.index(one.start) if one.start in words else 0
        if content or one.label != PRODUCT_TYPE or at == 0 or words[starts[at - 1]] not in pointing.definite:
            continue
        forms = [each for each in before if each.role == FORM and each.id == one.id]
        if forms:
            yield from _in_it(forms[-1], before, tokens)


def _in_it(form: Mention, before: Sequence[Mention], tokens: Sequence[Spoken]) -> Iterator[Mention]:
    """The ingredients named in front of a form in its sentence, back to the product before it."""
    sentence = _sentences(tokens)
    for one in sorted((one for one in before if one.end <= form.start), key=lambda one: -one.start):
        if one.label not in CONTENT or sentence.get(one.start) != sentence.get(form.start):
            return
        yield one


def _last(before: Sequence[Mention], tokens: Sequence[Spoken], least: int) -> List[Mention]:
    """The subjects of the last sentence that names so many, else of the last that names any; ingredients before kinds of product."""
    sentence = _sentences(tokens)
    by: Dict[int, List[Mention]] = {}
    for one in before:
        if one.role != NEGATED:
            by.setdefault(sentence.get(one.start, 0), []).append(one)
    content = {number: found for number, found in by.items() if any(one.label in (*CONTENT, PRODUCT) for one in found)}
    for group, wanted in ((content, least), (by, least), (content, 1), (by, 1)):
        fitting = [number for number, found in group.items() if len({one.id for one in found if one.role != FORM}) >= wanted]
        if fitting:
            return by[max(fitting)]
    return []


def _sentences(tokens: Sequence[Spoken]) -> Dict[int, int]:
    """Of each word's place the number of its sentence."""
    found, number = {}, 0
    for token in tokens:
        found[token.start] = number
        number += token.written in SENTENCE_ENDS
    return found


def sentence_of(tokens: Sequence[Spoken], place: int) -> Tuple[int, int]:
    """Where the sentence around a place begins and ends."""
    numbers = _sentences(tokens)
    wanted = numbers.get(place, 0)
    inside = [token for token in tokens if numbers[token.start] == wanted]
    return (inside[0].start, inside[-1].start + len(inside[-1].written)) if inside else (place, place)
