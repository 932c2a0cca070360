"""Concerns and skin types that a shop does not tell by tags of ours: from its own tags, its words, and what the title
names. They are kept apart from what it told, and said to be derived."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.labels.inci import normalise_inci
from bot.paths import CATALOGUE
from bot.rules.knowledge import Knowledge
from bot.store.importers.phrases import Phrases
from bot.yaml_files import read_yaml

WORDS = CATALOGUE / "derived_words.yml"

MOST_CONCERNS, MOST_SKIN_TYPES = 4, 3
LONGEST_TEXT = 1500
HELPED_BY_ONE = 2
DENIED_NEAR = 3
SKIN = "skin"
_AND = r"\s{0,2}(?:,|&|/|\||\+|\band\b|\bor\b|\bto\b|\bund\b|\bet\b|\by\b)\s{0,2}"
_ONE = r"(?:very |slightly )?[^\W\d_]{3,20}(?:[- ]prone)?"
_JOINS, _MARKS = frozenset({",", "&", "/", "|", "+", "and", "or", "to", "und", "et", "y"}), ",&/|+"
_TYPES_BEHIND = re.compile(rf"skin\s?types?\s{{0,2}}[:：\-–\t\n ]\s{{0,2}}(?P<types>{_ONE}(?:{_AND}(?:{_AND})?{_ONE}){{0,4}})", re.IGNORECASE)
NEAR, MOST_JOINED = 60, 5
"""So many letters before and behind the word may tell of which types it speaks."""


class Deriving:
    """Derives with one knowledge; made once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        claims = read_yaml(WORDS)["marks"]
        self._marks = {text: mark for mark, texts in claims.items() if mark != "denied" for text in texts}
        self._new = frozenset(read_yaml(WORDS)["new"])
        self._claims = _shortest(self._marks)
        self._unmarked = frozenset(claims["denied"])
        more, skins = read_yaml(WORDS)["concerns"], read_yaml(WORDS)["skin_types"]
        self._concerns = Phrases({key: (one.name, *one.aliases, *one.ko, *more.get(key, ())) for key, one in knowledge.concerns.items()})
        self._skins = Phrases(
            {key: (*_of_skin(one.name, one.aliases, one.ko), *skins.get(key, ())) for key, one in knowledge.skin_types.items()}
        )
        self._tagged_skins = Phrases({key: (key, one.name, *skins.get(key, ())) for key, one in knowledge.skin_types.items()})
        self._helps = {normalise_inci(one.inci): one.helps[:HELPED_BY_ONE] for one in knowledge.ingredients.values()}

    def concerns(self, title: str, text: str, tags: str, named: Iterable[str]) -> tuple[str, ...]:
        """The concerns that words speak of, then those that the ingredients `named` in the title are chosen for."""
        found = [one.meaning for part in (tags.replace(",", " . "), title, text[:LONGEST_TEXT]) for one in self._concerns.find(part)]
        found += [one for name in named for one in self._helps.get(normalise_inci(name), ())]
        return tuple(dict.fromkeys(found))[:MOST_CONCERNS]

    def marks(self, text: str) -> tuple[str, ...]:
        """What the shop's words say of the whole product: "vegan", "cruelty-free"; not what they deny or only hope for."""
        lower = text[:LONGEST_TEXT].lower()
        if not any(claim in lower for claim in self._claims):
            return ()
        said = [word.strip(",.;:!()[]") for word in lower.split()]
        found = []
        for place, word in enumerate(said):
            pair = " ".join(said[place : place + 2])
            mark = self._marks.get(word) or self._marks.get(pair)
            near = {*said[max(0, place - DENIED_NEAR) : place], *said[place + 1 : place + 3]}
            if mark and near.isdisjoint(self._unmarked):
                found.append(mark)
        return tuple(dict.fromkeys(found))

    def is_new(self, tags: str, categories: Iterable[str]) -> bool:
        """Whether the shop files a product under what is new."""
        filed = {part.strip().lower() for text in (*tags.split(","), *categories) for part in text.split(">")}
        return not filed.isdisjoint(self._new)

    def skin_types(self, title: str, text: str, tags: str) -> tuple[str, ...]:
        """The skin types that words speak of: "for dry skin", or a tag "oily"."""
        found = [one.meaning for tag in tags.split(",") for one in self._tagged_skins.find(tag)]
        found += [one.meaning for part in (title, text[:LONGEST_TEXT]) for one in self._skins.find(_each_with_skin(part))]
        return tuple(dict.fromkeys(found))[:MOST_SKIN_TYPES]


def _shortest(claims: Iterable[str]) -> tuple[str, ...]:
    """First words of claims, without those that hold another: a text that has none of them makes no claim."""
    firsts = sorted({claim.split()[0] for claim in claims}, key=len)
    kept: list[str] = []
    for first in firsts:
        if not any(one in first for one in kept):
            kept.append(first)
    return tuple(kept)


def _each_with_skin(text: str) -> str:
    """The text, and behind it each of several types that share one "skin": "oily & combination skin", "Skin type: oily, dry".
    Only what stands near the word is looked at, as there are very many texts."""
    lower, place, spread = text.lower(), -1, []
    while (place := lower.find(SKIN, place + 1)) >= 0:
        spread += [f"{one} {SKIN}" for one in _types_before(lower[max(0, place - NEAR) : place])]
        behind = _TYPES_BEHIND.match(text, place, place + NEAR)
        spread += [f"{one} {SKIN}" for one in re.split(_AND, behind["types"]) if one] if behind else []
    return " . ".join((text, *spread)) if spread else text


def _types_before(text: str) -> list[str]:
    """Several types that a text ends with: "for oily, dry and acne prone " has three; one alone is none."""
    for mark in _MARKS:
        text = text.replace(mark, f" {mark} ")
    words, types = text.split(), list[str]()
    while words and len(types) < MOST_JOINED:
        word = words.pop()
        types.append(f"{words.pop()} {word}" if word == "prone" and words else word)
        if not words or words[-1] not in _JOINS:
            break
        while words and words[-1] in _JOINS:
            words.pop()
    return types[::-1] if len(types) > 1 else []


def _of_skin(name: str, aliases: Iterable[str], korean: Iterable[str]) -> list[str]:
    """Wordings that speak of skin, not of the weather or of a finish: "dry" alone is no skin type."""
    texts = [name, *(one for one in aliases if SKIN in one or " " in one), *korean]
    return [one if SKIN in one or not one.isascii() else f"{one} {SKIN}" for one in texts]
