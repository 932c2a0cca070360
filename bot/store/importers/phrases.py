"""Finds phrases of a vocabulary in short texts: English by whole words in the singular, Korean inside longer words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bot.store.text import words

_HANGUL = re.compile(r"[가-힣]")


class Phrase(NamedTuple):
    """A phrase that a text has: what it stands for, as it is written in the vocabulary, and where it stands in the text
    (words for English, letters for Korean)."""

    meaning: str
    text: str
    start: int
    end: int


class Phrases:
    """A vocabulary: meanings with their phrases. Of two meanings with one phrase the first has it."""

    def __init__(self, vocabulary: Mapping[str, Iterable[str]]) -> None:
        self._latin: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        self._korean: list[tuple[str, str]] = []
        seen: set[tuple[str, ...]] = set()
        for meaning, texts in vocabulary.items():
            for text in texts:
                run = tuple(map(singular, words(text)))
                if _HANGUL.search(text):
                    self._korean.append((text.replace(" ", ""), meaning))
                elif run and run not in seen:
                    seen.add(run)
                    self._latin.setdefault(run[0], []).append((run, meaning, text))
        for runs in self._latin.values():
            runs.sort(key=lambda one: -len(one[0]))
        self._korean.sort(key=lambda one: -len(one[0]))

    def find(self, text: str) -> list[Phrase]:
        """The phrases of a text in order, the longest where they overlap; Korean ones behind the others."""
        found: list[Phrase] = []
        said = [singular(word) for word in words(text)]
        place = 0
        while place < len(said):
            for run, meaning, written in self._latin.get(said[place], ()):
                if tuple(said[place : place + len(run)]) == run:
                    found.append(Phrase(meaning, written, place, place + len(run)))
                    place += len(run) - 1
                    break
            place += 1
        return found + self._in_korean(text) if _HANGUL.search(text) else found

    def _in_korean(self, text: str) -> list[Phrase]:
        bare = text.replace(" ", "")
        taken = [False] * len(bare)
        found = []
        for written, meaning in self._korean:
            start = bare.find(written)
            while start >= 0:
                end = start + len(written)
                if not any(taken[start:end]):
                    taken[start:end] = [True] * len(written)
                    found.append(Phrase(meaning, written, start, end))
                start = bare.find(written, end)
        return sorted(found, key=lambda one: one.start)


def singular(word: str) -> str:
    """A word in the singular, as far as taking its "s" does it."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
