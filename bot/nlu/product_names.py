"""The shop's product names, so that a product's title does not hide what is asked about it.

The names come in a file of one product a line (handle, brand, title, the shop's word for its kind, and ingredients of
its title that hardly another product holds; tabs between, the last two may be missing), which the shop's import writes;
a missing file means that no names are known. It is read again when it changed, so that an import needs neither training
nor a restart.
"""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Iterator, NamedTuple, Sequence

import numpy as np
from spacy.tokens import Doc
from wordfreq import top_n_list

from bot.nlu.plain import at_same_places
from bot.settings import settings
from bot.store.generic_words import GENERIC_WORDS
from bot.store.name_table import Name, NameTable
from bot.store.short_names import ShortNames
from bot.store.slips import Slips
from bot.store.talk import Phrase, all_phrases
from bot.store.text import words as words_of
from bot.store.word_weights import WordWeights

COMMON_WORDS = 20_000
SHORTEST_RARE_WORD = 5
LEAST_WORDS = 3
FUNCTION_WORDS = frozenset(("for", "with", "and", "the", "of", "in", "on", "to", "a", "an", "by", "my", "your"))


class Named(NamedTuple):
    """A product named in a message: its handle, and its first and past its last token."""

    handle: str
    start: int
    end: int


class ProductNames:
    """Finds products by title: the whole of it, without the brand, without its last word, by a rare word of it, or by a
    part that names it (`bot.store.short_names`).

    Runs of words are kept as numbers (Python's hash of the run), so that a hundred thousand titles take some megabytes
    and a look-up does not depend on how many there are.
    """

    def __init__(self, path: Path, knowledge: Path | None = None) -> None:
        """
        Args:
            path: the file of names; it need not be there.
            knowledge: the folder of the skincare knowledge; None for the one that the settings name.
        """
        self._path = path
        self._knowledge = knowledge or settings().knowledge
        self._stamp: tuple[int, int] | None = None
        self._forget()
        # "Peeling" is rare in English and still names no product: it is what skin does.
        self._common = frozenset(top_n_list("en", COMMON_WORDS)) | GENERIC_WORDS

    def find(self, doc: Doc, covered: Sequence[bool]) -> list[Named]:
        """The products that a message names, none overlapping, in order.

        Args:
            doc: the message, plain as `at_same_places` gives it.
            covered: for each token whether it belongs to a subject; a run of nothing but subjects ("vitamin C
                serum") is no name.
        """
        self._refresh()
        found: list[Named] = []
        words = [token.lower_ for token in doc]
        short = self._short(words, covered)
        place = 0
        while place < len(words):
            match = self._longest(words, place, covered)
            if place in short and (match is None or match.end < short[place].end):
                match = short[place]
            if match:
                found.append(match)
            place = match.end if match else place + 1
        return found

    def holds(self, word: str) -> bool:
        """True for a lower-case word of a brand or title, which is no typing slip."""
        self._refresh()
        return word in self._words

    def _longest(self, words: Sequence[str], place: int, covered: Sequence[bool]) -> Named | None:
        """The longest run of a title that begins at this place and says more than what is looked for."""
        for length in range(min(self._beginnings.get(words[place], 0), len(words) - place), 0, -1):
            end = place + length
            if not any(not covered[here] and words[here] not in FUNCTION_WORDS for here in range(place, end)):
                return None
            key = hash(tuple(words[place:end]))
            at = int(np.searchsorted(self._runs, key))
            if at < len(self._runs) and self._runs[at] == key:
                return Named(self._handles[self._products[at]], place, end)
        return None

    def _short(self, words: Sequence[str], covered: Sequence[bool]) -> dict[int, Named]:
        """By its first word what is named by a part of its title; slips are mended outside subjects."""
        if self._short_names is None or self._mend is None:
            return {}
        said = [word if hidden or not word.isalpha() else self._mend(word) for word, hidden in zip(words, covered)]
        found = self._short_names.find(said)
        return {one.start: Named(self._handles[one.places[0]], one.start, one.end) for one in found}

    def _refresh(self) -> None:
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            self._forget()
            return
        if self._stamp != (stat.st_mtime_ns, stat.st_size):
            self._stamp = (stat.st_mtime_ns, stat.st_size)
            self._read()

    def _forget(self) -> None:
        self._stamp = None
        self._handles: list[str] = []
        self._beginnings: dict[str, int] = {}
        self._runs = np.array([], dtype=np.int64)
        self._products = np.array([], dtype=np.int32)
        self._words: set[str] = set()
        self._short_names: ShortNames | None = None
        self._mend: Slips | None = None

    def _read(self) -> None:
        """Each run with the first product that has it, and how long the runs are that begin with a word."""
        handles: list[str] = []
        beginnings: dict[str, int] = {}
        runs, products = array("q"), array("i")
        telling: set[Phrase] = set()
        words: set[str] = set()
        names = NameTable(self._names(telling))
        for handle, brand, title, *_ in self._lines():
            words.update(_words(brand), _words(title))
            for run in self._runs_of(_words(brand), _words(title)):
                runs.append(hash(run))
                products.append(len(handles))
                beginnings[run[0]] = max(beginnings.get(run[0], 0), len(run))
            handles.append(handle)
        self._runs, first = np.unique(np.array(runs, dtype=np.int64), return_index=True)
        self._products = np.array(products, dtype=np.int32)[first]
        self._handles, self._beginnings, self._words = handles, beginnings, words
        talk = all_phrases(self._knowledge)
        label_words = {word for phrase in talk for word in phrase}
        generic = GENERIC_WORDS | label_words | names.type_words
        self._short_names = ShortNames(names, WordWeights(generic, label_words), talk - telling)
        self._mend = Slips(names.words, generic)

    def _names(self, telling: set[Phrase]) -> Iterator[Name]:
        """The names in the file; what tells in them goes into `telling`."""
        for number, (_, brand, title, kind, own) in enumerate(self._lines()):
            telling.update(tuple(words_of(phrase)) for phrase in own.split(",") if phrase)
            yield Name(number, title, brand, kind)

    def _lines(self) -> Iterator[tuple[str, str, str, str, str]]:
        with self._path.open(encoding="utf-8") as lines:
            for line in lines:
                handle, brand, title, kind, own = (line.rstrip("\n") + "\t\t").split("\t")[:5]
                yield handle, brand, title, kind, own

    def _runs_of(self, brand: tuple[str, ...], title: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        bare = title[len(brand) :] if brand and title[: len(brand)] == brand else title
        for run in (title, brand + bare, bare, bare[:-1], (brand + bare)[:-1]):
            if len(run) >= LEAST_WORDS or any(map(self._is_rare, run)):
                yield run
        for place, word in enumerate(bare):
            if self._is_rare(word):
                yield (word,)
                yield bare[place : place + 2]

    def _is_rare(self, word: str) -> bool:
        return len(word) >= SHORTEST_RARE_WORD and word.isalpha() and word not in self._common


def _words(text: str) -> tuple[str, ...]:
    return tuple(at_same_places(text).lower().split())
