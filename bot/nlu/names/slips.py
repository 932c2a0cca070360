"""Typing slips mended towards the words of product names, but never where the message has an English word; Korean names in
Latin letters are met by their sounds."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.nlu.names.word_weights import VERY_COMMON, english
from bot.store.hangul import Sounds

SHORTEST_PLURAL = 3
SHORTEST_WITH_SLIP = 5
SHORTEST_WITH_TWO_SLIPS = 8
_EDITS: Any = OSA.distance  # its type stub names keyword arguments that extractOne does not expect


class Slips:
    """Mends words towards `known`; `joined` are names of two words written as one, `right` words that are no slip."""

    def __init__(self, known: Collection[str], right: Collection[str], joined: Collection[str] = ()) -> None:
        self._known = set(known)
        self._right = right
        self._joined = set(joined)
        self._sounds = Sounds(self._known)
        self._near = sorted({word for word in self._known if len(word) >= SHORTEST_WITH_SLIP} | self._joined)

    def __call__(self, word: str) -> str:
        """The known word that `word` stands for; `word` itself where there is none."""
        if word in self._known or word in self._joined:
            return word
        if len(word) > SHORTEST_PLURAL and word.endswith("s") and word[:-1] in self._known:
            return word[:-1]
        if english().get(word, 0.0) < VERY_COMMON and (korean := self._sounds.like(word)):
            return korean[0]
        if len(word) < SHORTEST_WITH_SLIP or word in self._right or word in english():
            return word
        slips = 1 if len(word) < SHORTEST_WITH_TWO_SLIPS else 2
        found = process.extractOne(word, self._near, scorer=_EDITS, score_cutoff=slips)
        return str(found[0]) if found else word
