"""Ordinary English as customers use it: which words are right as they are, and which one a slip stands for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from os.path import commonprefix
from typing import Callable, Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA
from wordfreq import top_n_list

# How many of the commonest words are right as they are, and how many a slip may stand for. A word of three letters
# is sooner a slip ("whn", "msk") than a rare word.
KNOWN, KNOWN_SHORT, MEANT = 20_000, 5_000, 10_000
SHORT, LONG = 3, 8
# Words commoner than this are met in any talk.
COMMON = 1_500
# A word that the examples hold so often is one, however rare in English; a slip that they hold seldom is none.
ESTABLISHED = 4
# The examples' share in how likely a word is; the rest is that of ordinary English, by Zipf's law.
EXAMPLES_SHARE, ZIPF = 0.9, 0.1
WORD = re.compile(r"[a-z]+")
# How likely a slip is: a letter left out, doubled or swapped with the next one; a key beside the right one; any other.
EASY, BESIDE, ODD = 1.0, 0.4, 0.05
KEYS = {
    key: (place + shift, row)
    for row, (keys, shift) in enumerate((("qwertyuiop", 0.0), ("asdfghjkl", 0.25), ("zxcvbnm", 0.75)))
    for place, key in enumerate(keys)
}


class OrdinaryWords:
    """Knows ordinary English, and how often each word stands in the training examples."""

    def __init__(self, counts: Mapping[str, int] | None = None) -> None:
        """Takes how often the examples hold each lower-case word; none where nothing was learned."""
        common = top_n_list("en", KNOWN)
        self._rank = {word: place for place, word in enumerate(common, start=1)}
        self._counts = {word: count for word, count in (counts or {}).items() if word in self._rank or count >= ESTABLISHED}
        self._total = max(1, sum(self._counts.values()))
        meant = {word for word in common[:MEANT] if word.isalpha() and len(word) > SHORT}
        self._by_letter = WordList(meant | {word for word in self._counts if len(word) >= SHORT})
        self._from_examples = WordList((word for word in self._counts if len(word) > SHORT), first_letter=False)

    def knows(self, word: str) -> bool:
        """True for a lower-case word that is right as it is."""
        return word in self._counts or self._rank.get(word, KNOWN + 1) <= (KNOWN_SHORT if len(word) <= SHORT else KNOWN)

    def rarely_met(self, word: str) -> bool:
        """True for an English word that is not among the commonest and that no more than one example holds."""
        return self._rank.get(word, 0) > COMMON and self._counts.get(word, 0) <= 1

    def likelihood(self, word: str) -> float:
        """How likely a customer is to write the word, 0 to 1."""
        english = ZIPF / self._rank[word] if word in self._rank else 0.0
        return EXAMPLES_SHARE * self._counts.get(word, 0) / self._total + (1 - EXAMPLES_SHARE) * english

    def meant(self, word: str) -> str | None:
        """The likeliest word one slip away from an unknown one, none where there is none.

        The first letter is trusted but for words of the examples; a word of three letters lost a letter or swapped
        two; from eight letters on, a word of the examples may be two slips away.
        """
        alike = _one_slip_away(word, self._by_letter) or _one_slip_away(word, self._from_examples)
        if not alike and len(word) >= LONG:
            alike = [one for one in self._by_letter.near(word, 2) if one in self._counts]
        return max(alike, key=lambda one: (self.likelihood(one) * _ease(one, word), one)) if alike else None


def _one_slip_away(word: str, known: WordList) -> list[str]:
    return [one for one in known.near(word, 1) if len(word) > SHORT or _is_whole(one, word)]


def counted(texts: Iterable[str]) -> Counter[str]:
    """How often texts hold each lower-case word."""
    return Counter(word for text in texts for word in WORD.findall(text.lower()))


def _ease(known: str, word: str) -> float:
    """How likely the slip is that makes one word of the other, beside others (`EASY` and so on)."""
    start = len(commonprefix((known, word)))
    if len(known) != len(word):
        doubled = len(word) > len(known) and start and word[start] == word[start - 1]
        return EASY if doubled or len(word) < len(known) else ODD
    if sorted(known) == sorted(word):
        return EASY
    (column, row), (other_column, other_row) = KEYS.get(known[start], (0, 0)), KEYS.get(word[start], (99, 99))
    return BESIDE if abs(column - other_column) <= 1 and abs(row - other_row) <= 1 else ODD


def _is_whole(known: str, word: str) -> bool:
    return len(known) > len(word) or sorted(known) == sorted(word)


class WordList:
    """Words in which those near another are found without a look at all of them: by length, and by their first letter
    where that is trusted."""

    def __init__(self, words: Iterable[str], first_letter: bool = True) -> None:
        self._first_letter = first_letter
        self._groups: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        self._joined: dict[tuple[str, int, int], list[str]] = {}
        for word in sorted(words):
            self._groups[self._letter(word), len(word)].append(word)

    def near(self, word: str, slips: int, suits: Callable[[str], bool] | None = None) -> list[str]:
        """The words that are at most so many slips away, nearest first; of all or of those that suit."""
        candidates = self._about_as_long(self._letter(word), len(word), slips)
        if suits is not None:
            candidates = list(filter(suits, candidates))
        if not candidates:
            return []
        found = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=slips, limit=None)  # type: ignore[arg-type]
        return [str(one[0]) for one in found]

    def _about_as_long(self, letter: str, length: int, slips: int) -> list[str]:
        """The words of a letter that are at most so many letters longer or shorter. Nothing is kept where there are none: whoever
        invents words would fill the memory."""
        kept = self._joined.get((letter, length, slips))
        if kept is None:
            lengths = range(length - slips, length + slips + 1)
            kept = [one for other in lengths for one in self._groups.get((letter, other), ())]
            if kept:
                self._joined[letter, length, slips] = kept
        return kept

    def _letter(self, word: str) -> str:
        return word[:1] if self._first_letter else ""
