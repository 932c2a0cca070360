"""The words of a text with their places in it, folded as names are compared."""

from __future__ import annotations

from typing import AbstractSet, Container, Iterator, NamedTuple, Sequence, Tuple

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


def runs(said: Sequence[Written], names: Container[Tuple[str, ...]], starts: AbstractSet[str], longest: int) -> Iterator[Tuple[int, int]]:
    """Where names stand among words, none overlapping, the longest of those that begin at a word.

    Args:
        said: the words.
        names: names as their words.
        starts: the first words of names, so that nothing is looked up where none begins.
        longest: so many words a name has at most.
    """
    place = 0
    while place < len(said):
        size = longest if said[place].text in starts else 0
        while size and tuple(one.text for one in said[place : place + size]) not in names:
            size -= 1
        if size:
            size = min(size, len(said) - place)
            yield place, place + size
        place += size or 1
