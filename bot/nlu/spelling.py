"""Typing slips: "hylauronic" is "hyaluronic", "shiping" is "shipping", but "tone" stays "tone"."""

from __future__ import annotations

from typing import Callable, Iterable

import jellyfish
from rapidfuzz.distance import OSA

from bot.nlu.ordinary_words import OrdinaryWords, WordList

SHORTEST = 5
LONG_WORD = 8
# So many letters, and so many sounds of its key, say which word was meant by ear.
BY_EAR, SOUNDS = 7, 4
CACHED = 10_000
# A slip stands for an ordinary word rather than for one of the field's that is less likely, and than this.
LIKELY = 5e-5


class Spelling:
    """Knows the field's words and ordinary English, and maps a misspelt word to the word it means."""

    def __init__(
        self, words: Iterable[str], never_mended: Iterable[str] = (), names: Iterable[str] = (),
        ordinary: OrdinaryWords | None = None,
    ) -> None:
        """
        Args:
            words: the field's words, lower case, one word each.
            never_mended: further words that are right as they are.
            names: those of the field's words that name something by themselves; they are thought of first, so that
                a slip does not lead to a part of a longer name, or to a slip that the knowledge lists.
            ordinary: all other words; ordinary English where it is not given.
        """
        self._known = {word for word in words if word.isalpha()}
        long = {word for word in self._known if len(word) >= SHORTEST}
        short = {word for word in self._known if len(word) == SHORTEST - 1}
        self._tiers = [WordList((long | short) & set(names)), WordList(long - set(names))]
        self._by_ear = _by_sound(long & set(names))
        self._right = {*self._known, *never_mended}
        self._ordinary = ordinary or OrdinaryWords()
        self._cache: dict[str, str] = {}
        self._plain_cache: dict[str, str] = {}

    def corrected(self, word: str) -> str:
        """The field's word that a misspelt lower-case word stands for; any other word unchanged.

        One slip is allowed in a short word, two from eight letters on, where the second letter must be right as the
        first always must. Ordinary English words are never touched.
        """
        if len(word) < SHORTEST - 1 or self.is_right(word):
            return word
        return _cached(self._cache, word, self._nearest)

    def ordinary(self, word: str) -> str:
        """The ordinary English word that an unknown lower-case word stands for; any other word unchanged."""
        if len(word) < SHORTEST - 2 or not word.isascii() or self.is_right(word):
            return word
        return _cached(self._plain_cache, word, lambda slip: self._ordinary.meant(slip) or slip)

    def knows(self, word: str) -> bool:
        """True for a lower-case word that is ordinary English or the field's, misspelt or not."""
        return word in self._right or self._ordinary.knows(word) or self.corrected(word) != word

    def rarely_met(self, word: str) -> bool:
        """True for an English lower-case word that is none of the field's and that customers hardly write."""
        return word not in self._right and self._ordinary.rarely_met(word)

    def is_right(self, word: str) -> bool:
        """True for a lower-case word that is ordinary English or the field's as it is, and for what is no word."""
        return not word.isalpha() or word in self._right or self._ordinary.knows(word)

    def _nearest(self, word: str) -> str:
        for tier in self._tiers:
            found = self._best(word, tier.near(word, 1))
            if not found and len(word) >= LONG_WORD:
                found = self._best(word, tier.near(word, 2, lambda known: _start_alike(known, word)))
            if found:
                return word if self._is_ordinary_rather(word, found) else found
        heard = self._by_ear.get(_sound(word), "") if len(word) >= BY_EAR else ""
        return heard if heard and not self._is_ordinary_rather(word, heard) else word

    def _best(self, word: str, alike: list[str]) -> str | None:
        """The nearest of the words, of equally near ones the likeliest."""
        return min(alike, key=lambda one: (OSA.distance(one, word), -self._ordinary.likelihood(one), one)) if alike else None

    def _is_ordinary_rather(self, word: str, found: str) -> bool:
        """True for "laast", which is "last" and not "lasst"."""
        meant = self._ordinary.meant(word)
        likely = max(LIKELY, self._ordinary.likelihood(found))
        return meant is not None and meant not in self._known and self._ordinary.likelihood(meant) > likely


def _sound(word: str) -> str:
    """The sounds of a word by the Metaphone algorithm, empty where they are too few to say which word it is."""
    key = jellyfish.metaphone(word) if word.isascii() else ""
    return key if len(key) >= SOUNDS else ""


def _by_sound(names: Iterable[str]) -> dict[str, str]:
    """Each name that alone has its sounds, by them."""
    alike: dict[str, list[str]] = {}
    for name in names:
        if len(name) >= BY_EAR and (key := _sound(name)):
            alike.setdefault(key, []).append(name)
    return {key: found[0] for key, found in alike.items() if len(found) == 1}


def _start_alike(known: str, word: str) -> bool:
    """True when the second letter is right too, or swapped with the third."""
    return known[1] == word[1] or known[1:3] == word[2:0:-1]


def _cached(cache: dict[str, str], word: str, compute: Callable[[str], str]) -> str:
    if word not in cache:
        if len(cache) > CACHED:
            cache.clear()
        cache[word] = compute(word)
    return cache[word]
