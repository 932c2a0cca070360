"""Typing slips in the words of the field: "hylauronic" is "hyaluronic", but "tone" stays "tone"."""

from __future__ import annotations

from typing import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA
from wordfreq import top_n_list

SHORTEST = 5
LONG_WORD = 8
COMMON_WORDS = 20_000


class Spelling:
    """Knows the field's words and ordinary English, and maps a misspelt word to the field's word it means."""

    def __init__(self, words: Iterable[str], never_mended: Iterable[str] = ()) -> None:
        """
        Args:
            words: the field's words, lower case, one word each.
            never_mended: further words that are right as they are.
        """
        self._words = sorted({word for word in words if len(word) >= SHORTEST and word.isalpha()})
        self._known = set(self._words)
        self._common = {*top_n_list("en", COMMON_WORDS), *never_mended}
        self._cache: dict[str, str] = {}

    def corrected(self, word: str) -> str:
        """The field's word that a misspelt lower-case word stands for; any other word unchanged.

        One slip is allowed in a short word, two from eight letters on; the first letter must be right.
        Ordinary English words are never touched.
        """
        if len(word) < SHORTEST or not word.isalpha() or word in self._known or word in self._common:
            return word
        if word not in self._cache:
            if len(self._cache) > 10_000:
                self._cache.clear()
            self._cache[word] = self._nearest(word)
        return self._cache[word]

    def knows(self, word: str) -> bool:
        """True for a lower-case word that is ordinary English or the field's, misspelt or not."""
        return word in self._common or word in self._known or self.corrected(word) != word

    def _nearest(self, word: str) -> str:
        slips = 2 if len(word) >= LONG_WORD else 1
        candidates = [known for known in self._words if known[0] == word[0] and abs(len(known) - len(word)) <= slips]
        best = process.extractOne(word, candidates, scorer=OSA.distance, score_cutoff=slips)  # type: ignore[arg-type]
        return best[0] if best else word
