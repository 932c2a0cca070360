"""The shop's product names, so that a product's title does not hide what is asked about it.

The names come in a file of one product a line (handle, brand and title, tabs between), which the shop's import
writes; a missing file means that no names are known. It is read again when it changed, so that an import needs
neither training nor a restart.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Iterator, NamedTuple, Sequence

from spacy.tokens import Doc
from wordfreq import top_n_list

from bot.nlu.plain import at_same_places

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
    """Finds products by title: the whole of it, without the brand, without its last word, or by a rare word of it."""

    def __init__(self, path: Path) -> None:
        """
        Args:
            path: the file of names; it need not be there.
        """
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._runs: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._common = frozenset(top_n_list("en", COMMON_WORDS))

    def find(self, doc: Doc, covered: Sequence[bool]) -> list[Named]:
        """The products that a message names, none overlapping, in order.

        Args:
            doc: the message, plain as `at_same_places` gives it.
            covered: for each token whether it belongs to a subject; a run of nothing but subjects ("vitamin C
                serum") is no name.
        """
        self._refresh()
        if not self._runs:
            return []
        found: list[Named] = []
        words = [token.lower_ for token in doc]
        place = 0
        while place < len(words):
            match = next(
                (
                    Named(handle, place, place + len(run))
                    for run, handle in self._runs.get(words[place], ())
                    if tuple(words[place : place + len(run)]) == run
                    and any(not covered[here] and words[here] not in FUNCTION_WORDS for here in range(place, place + len(run)))
                ),
                None,
            )
            if match:
                found.append(match)
            place = match.end if match else place + 1
        return found

    def _refresh(self) -> None:
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            self._stamp, self._runs = None, {}
            return
        if self._stamp != (stat.st_mtime_ns, stat.st_size):
            self._stamp = (stat.st_mtime_ns, stat.st_size)
            self._runs = self._read()

    def _read(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        runs: dict[tuple[str, ...], str] = {}
        for line in self._path.read_text(encoding="utf-8").splitlines():
            handle, brand, title = line.split("\t")
            for run in self._runs_of(_words(brand), _words(title)):
                runs.setdefault(run, handle)
        by_first: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for run in sorted(runs, key=len, reverse=True):
            by_first[run[0]].append((run, runs[run]))
        return dict(by_first)

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
