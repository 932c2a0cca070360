"""What kind of product something is, by the shop's own words for it: title, type, category, tags.

A title's last kind is the surest ("Essence Toner" is a toner), as shops file ampoules under serums and sunscreens under
creams; the shop's type comes before it only where that is no kind of the knowledge at all, such as a gift card.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.paths import CATALOGUE
from bot.rules.knowledge import Knowledge
from bot.store.importers.phrases import Phrase, Phrases
from bot.yaml_files import read_yaml

KINDS = CATALOGUE / "kinds.yml"
OTHER = "other"
"""The kind of what the knowledge has no rules for."""
NOTHING = "nothing"
SUNSCREEN = "sunscreen"
SHEET_MASK, SLEEPING_MASK = "sheet_mask", "sleeping_mask"
OF_NIGHT = re.compile(r"\b(?:overnight|sleeping)\b", re.IGNORECASE)
ANY_ACID = "acid "
"""In a title it says nothing of the kind: "hyaluronic acid serum" peels nothing."""
STRONG_SPF = 30
MAY_BE_SUNSCREEN = frozenset(("", "moisturizer", "essence", "serum", "mist"))
_ASIDE = re.compile(r"\s(?:for|with|w/|by|from|in|und|für|mit|pour|avec|para|con)\s|\s[|–—]\s|\s?[,(\[]", re.IGNORECASE)
"""A title's head stands before it: "Cream for face and eyes", "Serum (toner inside)"."""
_SPF = re.compile(r"\bspf\s?(\d{2,3})", re.IGNORECASE)
_STEP = re.compile(r"[>|]|\s/\s")
_TAG_VALUE = re.compile(r"^[\w\s-]{1,30}[:_]")


class Kind(NamedTuple):
    """What something is: an id of the knowledge's product types, OTHER, or "" where no word tells; and by which words."""

    kind: str = ""
    reason: str = ""


class Kinds:
    """Tells kinds with one knowledge; made once."""

    def __init__(self, knowledge: Knowledge) -> None:
        more = read_yaml(KINDS)
        vocabulary = {NOTHING: list(more[NOTHING]), OTHER: list(more[OTHER])}
        for type_id, entry in knowledge.product_types.items():
            texts = (*more.get(type_id, ()), entry.name, *entry.aliases, *entry.sold_as, *entry.ko)
            vocabulary[type_id] = [text for text in texts if not text.startswith(ANY_ACID)]
        self._phrases = Phrases(vocabulary)
        self._shelves = Phrases(more["shelves"])
        self._of_path = lru_cache(maxsize=4096)(self._find_in_path)

    def kind(self, title: str, type_text: str = "", categories: Sequence[str] = (), tags: str = "") -> Kind:
        """The kind of a product by its title and the shop's words for it; categories are paths such as "Skin > Serums"."""
        filed = self._of_path(type_text)
        if filed and filed.meaning == OTHER:
            return Kind(OTHER, f"its type {type_text[:80]!r}")
        named = self._in_title(title)
        strong_sun = _SPF.search(title)
        of_sun = strong_sun and int(strong_sun[1]) >= STRONG_SPF and (named.meaning if named else "") in MAY_BE_SUNSCREEN
        if strong_sun and of_sun and not (filed and not named):
            return Kind(SUNSCREEN, f"its title: {strong_sun[0]!r}")
        if named and named.meaning == SHEET_MASK and OF_NIGHT.search(f"{title} . {type_text}"):
            return Kind(SLEEPING_MASK, f"its title: {named.text!r}, for the night")
        if named:
            return Kind(named.meaning, f"its title: {named.text!r}")
        if filed:
            return Kind(filed.meaning, f"its type {type_text[:80]!r}")
        for path in categories:
            found = self._of_path(path)
            if found:
                return Kind(found.meaning, f"its category {path[-80:]!r}")
        for tag in tags.split(","):
            found = self._of_path(_TAG_VALUE.sub("", tag.strip()))
            if found:
                return Kind(found.meaning, f"its tag {tag.strip()[:80]!r}")
        return Kind()

    def other_in(self, text: str) -> list[str]:
        """The words of a text for kinds that the knowledge has no rules for."""
        return [one.text for one in self._phrases.find(text) if one.meaning == OTHER]

    def known_in(self, text: str) -> list[str]:
        """The kinds of the knowledge that a text names in the words of shops ("sun care"), each once."""
        found = [one.meaning for one in self._phrases.find(text) if one.meaning not in (OTHER, NOTHING)]
        return list(dict.fromkeys(found))

    def shelves(self, text: str) -> frozenset[str]:
        """For what part of somebody things are that the knowledge has no rules for: "hand", "lips", "hair"."""
        return frozenset(one.meaning for one in self._shelves.find(text))

    def _in_title(self, title: str) -> Phrase | None:
        """The last kind in the title's head, else in all of it; a set or a gift card is one wherever that stands."""
        head = _ASIDE.split(title, maxsplit=1)[0]
        found = self._telling(head) or self._telling(title)
        return max(found, key=lambda one: (one.end, one.end - one.start)) if found else None

    def _telling(self, text: str) -> list[Phrase]:
        return [one for one in self._phrases.find(text) if one.meaning != NOTHING]

    def _find_in_path(self, path: str) -> Phrase | None:
        """The last kind of the deepest step of a category that has one."""
        for step in reversed(_STEP.split(path)):
            found = self._telling(step)
            if found:
                return found[-1]
        return None
