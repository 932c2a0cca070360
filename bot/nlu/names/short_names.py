"""Finds products by a part of their title: "daybreak serum", "birch sap serum", "the soft rain".

A part names a product when its words stand in one title only, in the title's order, and

- a word that tells is among them, with the kind of product ("daybreak serum"; after "a" or "any" two words are needed,
  as "a winter cream" asks for a kind) or, at the place of a name, with another word ("is the soft rain vegan");
- or two plain words of it stand side by side in the title, before the kind ("rice milk serum"), and are not what
  skincare is talked about with ("green tea serum", "brightening vitamin c serum").
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from bot.nlu.names.table import NameTable, Numbers
from bot.nlu.names.word_weights import GENERIC
from bot.store.generic_words import CLAIM_WORDS, KIND_WORDS, SIZE_WORDS

MOST_WORDS = 6
MOST_HOLDERS = 60
"""Of so many titles that have all words those are looked for that have them in order."""
MOST_MEANT = 3
"""Without the kind of product, the products of a line are meant together."""
THE_ONE = frozenset(("one", "ones"))
DETERMINERS = frozenset(("the", "your", "this", "that", "my"))
BEFORE_A_NAME = DETERMINERS | {"compare"}
BETWEEN_NAMES = frozenset(["and", "or", "vs", "versus", "with", "than"])
ANY_ONE = frozenset(["a", "an", "any", "some", "which", "what", "good", "best", "another", "cheap", "nice"])


class ShortName(NamedTuple):
    """Where a part of a title stands in the message (first and past its last word) and the places of the products."""

    start: int
    end: int
    places: tuple[int, ...]


class ShortNames:
    """Looks for parts of the titles of `table`. `weigh` tells how much a word says; `talk` is what skincare is talked
    about with, each a run of words."""

    def __init__(
        self, table: NameTable, weigh: Callable[[str], float], talk: Collection[tuple[str, ...]]
    ) -> None:
        self._table = table
        self._weigh = weigh
        self._talk = frozenset(talk)
        self._longest_talk = max(map(len, self._talk), default=1)

    def find(self, said: Sequence[str]) -> Iterator[ShortName]:
        """The parts of titles among these words, longest first where they overlap, in order."""
        start, last = 0, -1
        while start < len(said):
            joined = start - 1 == last and said[last] in BETWEEN_NAMES
            found = self._longest(said, start, joined)
            if found:
                yield found
                last = found.end
            start = found.end if found else start + 1

    def _longest(self, said: Sequence[str], start: int, joined: bool) -> ShortName | None:
        end = start
        while end < min(len(said), start + MOST_WORDS) and said[end] in self._table.numbers:
            end += 1
        before = said[start - 1] if start and not joined else ""
        for stop in range(end, start, -1):
            run = tuple(said[start:stop])
            one = stop < len(said) and said[stop] in THE_ONE and before in DETERMINERS
            if len(run) + one > 1 and run[0] not in KIND_WORDS and not run[0].isdigit():
                places = self._named(run, before, one)
                if places:
                    return ShortName(start, stop + one, places)
        return None

    def _named(self, run: tuple[str, ...], before: str, one: bool) -> tuple[int, ...]:
        inside = []
        for place in self._holders(run):
            title = self._table.title(int(place))
            if _in_order(run, title):
                inside.append((int(place), title))
        if not inside or len(inside) > MOST_MEANT:
            return ()
        named = [place for place, title in inside if self._tells(run, title, place, before, one)]
        typed = len(inside) == 1 or not any(self._kind(run, place) for place, _ in inside)
        return tuple(named) if typed and len(named) == len(inside) else ()

    def _holders(self, run: tuple[str, ...]) -> Numbers:
        """The places of the products whose titles have all these words; none where they are very many."""
        by_size = sorted((self._table.holders(self._table.numbers[word]) for word in set(run)), key=len)
        found = by_size[0]
        for others in by_size[1:]:
            at = np.minimum(np.searchsorted(others, found), len(others) - 1)
            found = found[others[at] == found]
        return found if len(found) <= MOST_HOLDERS else found[:0]

    def _kind(self, run: tuple[str, ...], place: int) -> int:
        """How many words at the end say only what kind of product it is."""
        for kinds in (self._table.kind(place), KIND_WORDS):
            count = 0
            while count < len(run) and run[-1 - count] in kinds:
                count += 1
            if count:
                return count
        return 0

    def _tells(self, run: tuple[str, ...], title: tuple[str, ...], place: int, before: str, one: bool) -> bool:
        kind = self._kind(run, place)
        rest = run[: len(run) - kind]
        strong = any(self._weigh(word) > GENERIC for word in rest)
        if kind or one:
            if strong and (len(rest) > 1 or before not in ANY_ONE):
                return True
            return len(rest) > 1 and _side_by_side(rest, title) and not self._is_talk(rest)
        at_a_name = not before or before in BEFORE_A_NAME
        return strong and at_a_name and len(rest) > 1 and _side_by_side(rest, title)

    def _is_talk(self, rest: tuple[str, ...]) -> bool:
        """True where `rest` is made of nothing but runs that skincare is talked about with."""
        reached = {0}
        for start in range(len(rest)):
            if start in reached:
                word = rest[start]
                if word in CLAIM_WORDS or word in SIZE_WORDS or word.isdigit():
                    reached.add(start + 1)
                for end in range(start + 1, min(len(rest), start + self._longest_talk) + 1):
                    if rest[start:end] in self._talk:
                        reached.add(end)
        return len(rest) in reached


def _in_order(run: tuple[str, ...], title: tuple[str, ...]) -> bool:
    left = iter(title)
    return all(word in left for word in run)


def _side_by_side(rest: tuple[str, ...], title: tuple[str, ...]) -> bool:
    return any(title[start : start + len(rest)] == rest for start in range(len(title) - len(rest) + 1))
