"""How much a word of a title says about which product is meant: a rare word much, a plain one some, a generic one
little. How common an English word is comes from wordfreq's list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from wordfreq import get_frequency_dict

RARE, PLAIN, GENERIC = 3.0, 2.0, 1.0
VERY_COMMON = 1e-4
"""Share of running English from which a word says nothing about a product ("new", "first", "good")."""
SHORTEST_OPENING = 5
"""A word that begins as an ingredient's name does ("Niacin") is not rare."""


class WordWeights:
    """Weighs words, where `generic` are those that many products share and `label_words` those of ingredients."""

    def __init__(self, generic: Collection[str], label_words: Collection[str]) -> None:
        self._generic = generic
        self._openings = {word[:SHORTEST_OPENING] for word in label_words if len(word) >= SHORTEST_OPENING}

    def __call__(self, word: str) -> float:
        """RARE, PLAIN or GENERIC."""
        if word in self._generic or len(word) < 3 or word.isdigit():
            return GENERIC
        share = english().get(word, 0.0)
        if share >= VERY_COMMON:
            return GENERIC
        return PLAIN if share > 0.0 or word[:SHORTEST_OPENING] in self._openings else RARE


@lru_cache(maxsize=1)
def english() -> Mapping[str, float]:
    """The English words above one in a million, with their share of running text (wordfreq's small list)."""
    frequencies: Mapping[str, float] = get_frequency_dict("en", wordlist="small")
    return frequencies
