"""The shop's product and brand names, so that a product's title does not hide what is asked about it.

The names come in a file of one product a line (handle, brand, title, the shop's word for its kind, and ingredients of
its title that hardly another product holds; tabs between, the last two may be missing), which the shop's import writes;
a missing file means that no names are known. It is read again when it changed, so that an import needs neither training
nor a restart.
"""

from __future__ import annotations

from pathlib import Path
from typing import Collection, Iterator, NamedTuple, Sequence

from spacy.tokens import Doc

from bot.nlu.names.index import NameIndex
from bot.nlu.names.table import Name
from bot.rules.knowledge import Knowledge, load
from bot.settings import settings
from bot.store.talk import Phrase, all_phrases
from bot.store.text import words as words_of

MOST_WORDS = 300
SHORTEST_ALIAS = 3
MOST_PRODUCTS = 5
"""So many products are named in one message; a list longer than that is talk of a brand or a line."""


class Named(NamedTuple):
    """A product named in a message: its handle, and its first and past its last token."""

    handle: str
    start: int
    end: int


class ProductNames:
    """Finds the products that a message names (see `bot.nlu.names.index`) and the shop's own brands."""

    def __init__(self, path: Path, knowledge: Path | None = None) -> None:
        """
        Args:
            path: the file of names; it need not be there.
            knowledge: the folder of the skincare knowledge; None for the one that the settings name.
        """
        self._path = path
        self._knowledge = knowledge or settings().knowledge
        self._stamp: tuple[int, int] | None = None
        self._handles: list[str] = []
        self._index: NameIndex | None = None

    def find(self, doc: Doc) -> list[Named]:
        """The products that a message names, in order; products that share a name stand at one place. `doc` is plain as
        `at_same_places` gives it."""
        self._refresh()
        if self._index is None:
            return []
        said = [(word, token.i) for token in doc for word in words_of(token.text)][:MOST_WORDS]
        hits = self._index.find([word for word, _ in said])
        # A brand and a kind alone ("haneul dew serums") name a product only where the shop has one such.
        sharing = [hit.positions for hit in hits]
        found = [hit for hit in hits if hit.telling or sharing.count(hit.positions) == 1][:MOST_PRODUCTS]
        named = {
            Named(self._handles[hit.product_id], said[min(hit.positions)][1], said[max(hit.positions)][1] + 1): None
            for hit in found
        }
        return sorted(named, key=lambda one: (one.start, -one.end))

    def brands(self, words: Sequence[str]) -> list[tuple[str, int, int]]:
        """The shop's own brands among the folded words of a message, slips mended: name, first word, past the last."""
        self._refresh()
        return self._index.find_brands(words) if self._index else []

    def holds(self, word: str) -> bool:
        """True for a lower-case word of a brand or title, which is no typing slip."""
        self._refresh()
        return self._index is not None and all(map(self._index.knows, words_of(word) or [""]))

    def _refresh(self) -> None:
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            self._stamp, self._index, self._handles = None, None, []
            return
        if self._stamp != (stat.st_mtime_ns, stat.st_size):
            self._stamp = (stat.st_mtime_ns, stat.st_size)
            self._read()

    def _read(self) -> None:
        telling: set[Phrase] = set()
        self._handles = []
        names = list(self._names(telling))
        knowledge = load(self._knowledge)
        label_words = {word for one in knowledge.ingredients.values() for word in words_of(one.inci)}
        also_called = _also_called(knowledge, {one.brand for one in names})
        self._index = NameIndex(names, label_words, all_phrases(self._knowledge) - telling, also_called)

    def _names(self, telling: set[Phrase]) -> Iterator[Name]:
        """The names in the file; what tells in them goes into `telling`."""
        with self._path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                handle, brand, title, kind, own = (line.rstrip("\n") + "\t\t").split("\t")[:5]
                telling.update(tuple(words_of(phrase)) for phrase in own.split(",") if phrase)
                self._handles.append(handle)
                yield Name(number, title, brand, kind)


def _also_called(knowledge: Knowledge, own: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Single words that people say for brands of the shop ("boj"), with the words of the shop's name for each."""
    by_name = {tuple(words_of(name)): tuple(words_of(name)) for name in own}
    found: dict[str, tuple[str, ...]] = {}
    for entry in knowledge.brands.values():
        wordings = [tuple(words_of(text)) for text in (entry.name, *entry.aliases, *entry.ko)]
        sold = next((by_name[one] for one in wordings if one in by_name), None)
        if sold:
            found.update((one[0], sold) for one in wordings if len(one) == 1 and one != sold and len(one[0]) >= SHORTEST_ALIAS)
    return found
