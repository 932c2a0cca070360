"""Typing slips: "hylauronic" is "hyaluronic", "shiping" is "shipping", but "tone" stays "tone"."""

from __future__ import annotations

from collections import defaultdict
from typing import Callable, Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA
from wordfreq import top_n_list

SHORTEST = 5
LONG_WORD = 8
COMMON_WORDS = 20_000
ORDINARY_WORDS = 10_000
CACHED = 10_000


class Spelling:
    """Knows the field's words and ordinary English, and maps a misspelt word to the word it means."""

    def __init__(
        self, words: Iterable[str], never_mended: Iterable[str] = (), names: Iterable[str] = ()
    ) -> None:
        """
        Args:
            words: the field's words, lower case, one word each.
            never_mended: further words that are right as they are.
            names: those of the field's words that name something by themselves; they are thought of first, so that
                a slip does not lead to a part of a longer name, or to a slip that the knowledge lists.
        """
        self._known = {word for word in words if word.isalpha()}
        long = {word for word in self._known if len(word) >= SHORTEST}
        short = {word for word in self._known if len(word) == SHORTEST - 1}
        self._tiers = [_by_letter((long | short) & set(names)), _by_letter(long - set(names))]
        self._common = {*top_n_list("en", COMMON_WORDS), *never_mended}
        ordinary = [word for word in top_n_list("en", ORDINARY_WORDS) if len(word) >= SHORTEST - 1 and word.isalpha()]
        self._rank = {word: place for place, word in enumerate(ordinary)}
        self._ordinary = _by_letter(ordinary)
        self._cache: dict[str, str] = {}
        self._plain_cache: dict[str, str] = {}

    def corrected(self, word: str) -> str:
        """The field's word that a misspelt lower-case word stands for; any other word unchanged.

        One slip is allowed in a short word, two from eight letters on, where the second letter must be right as the
        first always must. Ordinary English words are never touched.
        """
        if len(word) < SHORTEST - 1 or not word.isalpha() or word in self._known or word in self._common:
            return word
        return _cached(self._cache, word, self._nearest)

    def ordinary(self, word: str) -> str:
        """The ordinary English word that an unknown lower-case word is one slip away from, the commonest where there
        are more; any other word unchanged."""
        if len(word) < SHORTEST - 1 or not word.isalpha() or word in self._known or word in self._common:
            return word
        return _cached(self._plain_cache, word, self._commonest)

    def knows(self, word: str) -> bool:
        """True for a lower-case word that is ordinary English or the field's, misspelt or not."""
        return word in self._common or word in self._known or self.corrected(word) != word

    def _nearest(self, word: str) -> str:
        for tier in self._tiers:
            found = _best(word, tier[word[0]], 1)
            if not found and len(word) >= LONG_WORD:
                found = _best(word, [known for known in tier[word[0]] if _start_alike(known, word)], 2)
            if found:
                return found
        return word

    def _commonest(self, word: str) -> str:
        candidates = [known for known in self._ordinary[word[0]] if abs(len(known) - len(word)) <= 1]
        near = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=1, limit=None)  # type: ignore[arg-type]
        return min((str(found[0]) for found in near), key=self._rank.__getitem__, default=word)


def _best(word: str, known: Sequence[str], slips: int) -> str | None:
    candidates = [one for one in known if abs(len(one) - len(word)) <= slips]
    best = process.extractOne(word, candidates, scorer=OSA.distance, score_cutoff=slips)  # type: ignore[arg-type]
    return str(best[0]) if best else None


def _start_alike(known: str, word: str) -> bool:
    """True when the second letter is right too, or swapped with the third."""
    return known[1] == word[1] or known[1:3] == word[2:0:-1]


def _by_letter(words: Iterable[str]) -> defaultdict[str, Sequence[str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        groups[word[0]].append(word)
    return groups  # type: ignore[return-value]


def _cached(cache: dict[str, str], word: str, compute: Callable[[str], str]) -> str:
    if word not in cache:
        if len(cache) > CACHED:
            cache.clear()
        cache[word] = compute(word)
    return cache[word]
