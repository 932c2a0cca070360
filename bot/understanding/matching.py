"""Finds compiled patterns in a row of words.

spaCy's Matcher would do, but asks every pattern at every word and its sets of words in Python: over a millisecond a message
for the patterns of this project. Here a pattern is only asked where its first word stands, which takes a tenth of that.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Dict, Iterator, List, NamedTuple, Sequence, Tuple

from bot.understanding.frame import Mention

# The start and the end of a question, and what ends a sentence.
ENDS = (".", "!", "?", ";", "^", "$")


class Word(NamedTuple):
    """A word for patterns: its text or its label in braces, the words it stands for, and the mention that it is."""

    text: str
    norm: str
    mention: Mention | None = None

    @property
    def keys(self) -> Tuple[str, ...]:
        """What a pattern may call it: its label, its words, or the mention's id ("@retinol")."""
        return (self.text,) if self.mention is None else (self.text, self.norm, f"@{self.mention.id}")


class Step(NamedTuple):
    """A step of a pattern: the words or labels that fit (empty: any but those of `never`), from `low` to `high` times."""

    fits: frozenset[str]
    never: frozenset[str] = frozenset()
    low: int = 1
    high: int = 1

    def takes(self, word: Word) -> bool:
        """True where the word fits."""
        if self.fits:
            return word.text in self.fits if word.mention is None else not self.fits.isdisjoint(word.keys)
        return word.text not in self.never


Row = Tuple[Step, ...]


class Match(NamedTuple):
    """A pattern found: its name, and the places of its first word and past its last."""

    name: str
    start: int
    end: int


class Pattern(NamedTuple):
    """A pattern with its name; `needs` are the words behind its first step of which one must stand there, for each step."""

    name: str
    row: Row
    needs: Tuple[frozenset[str], ...]

    def may_fit(self, present: frozenset[str]) -> bool:
        """False where a step needs a word that is not among these."""
        return not any(each.isdisjoint(present) for each in self.needs)


class PatternFinder:
    """Looks for many patterns at once."""

    def __init__(self, rows: Sequence[Tuple[str, Row]]) -> None:
        """Takes rows by name; what may be missing at the ends of a row says nothing and is left out."""
        self._rows: Dict[str, List[Pattern]] = defaultdict(list)
        for name, row in rows:
            row = _trimmed(row)
            needs = tuple(step.fits for step in row[1:] if step.low and step.fits)
            for word in row[0].fits if row else ():
                self._rows[word].append(Pattern(name, row, needs))

    def find(self, words: Sequence[Word]) -> Iterator[Match]:
        """Every pattern that begins at every word, in the shortest way in which it fits."""
        rows: Dict[str, Sequence[Pattern]] = {}
        present: frozenset[str] = frozenset()
        for place, word in enumerate(words):
            for key in word.keys:
                if key not in rows:
                    rows[key] = self._rows.get(key, ())
                elif isinstance(rows[key], list):  # it stands here again: rows that need a word which stands nowhere are not tried again
                    present = present or frozenset(each for one in words for each in one.keys)
                    rows[key] = tuple([one for one in rows[key] if one.may_fit(present)])
                for name, row, _ in rows[key]:
                    end = _end(row, 1, words, place + 1)
                    if end:
                        yield Match(name, place, end)


def _trimmed(row: Row) -> Row:
    kept = list(row)
    while kept and kept[0].low == 0:
        kept.pop(0)
    while kept and kept[-1].low == 0:
        kept.pop()
    return tuple(kept)


def _end(row: Row, step: int, words: Sequence[Word], place: int) -> int:
    """The place past the last word where the rest of the row fits from a place on; 0 where it does not."""
    if step == len(row):
        return place
    here = row[step]
    count = 0
    while True:
        if count >= here.low:
            end = _end(row, step + 1, words, place)
            if end:
                return end
        if count == here.high or place >= len(words) or not here.takes(words[place]):
            return 0
        place, count = place + 1, count + 1
