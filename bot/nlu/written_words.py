"""The words of a text with their places in it, folded as names are compared."""

from __future__ import annotations

from typing import Iterator, NamedTuple

from bot.store.text import fold

APOSTROPHES = "'\u2019"


class Written(NamedTuple):
    """A word: folded, where it begins and ends, and whether it is the "s" of a possessive."""

    text: str
    start: int
    end: int
    possessive: bool


def written(text: str) -> Iterator[Written]:
    """The words of a text in order."""
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and text[end].isalnum():
            end += 1
        if end > start:
            folded = fold(text[start:end])
            if folded:
                yield Written(folded, start, end, folded == "s" and start > 0 and text[start - 1] in APOSTROPHES)
        start = max(end, start + 1)
