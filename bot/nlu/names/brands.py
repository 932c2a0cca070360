"""Brands that a message names: the shop's own, and those of the knowledge, which people ask for by name."""

from __future__ import annotations

from typing import Iterator, List, NamedTuple, Sequence, Tuple

from rapidfuzz.distance import OSA

from bot.nlu.names.product_names import ProductNames
from bot.nlu.written_words import Written, runs, written
from bot.rules.knowledge import Knowledge
from bot.store.text import fold

LONGEST = 5
UNWANTED = frozenset(("not", "except", "but", "without", "besides", "excluding"))
SHORTEST_MISSPELT, LETTERS_A_SLIP = 10, 4


class Brand(NamedTuple):
    """A brand in a message: its name, and where its words begin and end."""

    name: str
    start: int
    end: int


class BrandFinder:
    """Looks for brands; made once."""

    def __init__(self, knowledge: Knowledge, products: ProductNames) -> None:
        """
        Args:
            knowledge: its brands are known by every wording of them.
            products: the shop's names, of whose brands a telling word is enough.
        """
        self._products = products
        self._latin: dict[Tuple[str, ...], str] = {}
        self._korean: dict[str, str] = {}
        for entry in knowledge.brands.values():
            for text in (entry.name, *entry.aliases, *entry.ko):
                if text.isascii() or not _is_korean(text):
                    self._latin[tuple(one.text for one in written(text))] = entry.name
                else:
                    self._korean[text] = entry.name
        self._long_starts: dict[str, List[Tuple[str, ...]]] = {}
        for name in self._latin:
            if len(name) > 1 and sum(map(len, name)) >= SHORTEST_MISSPELT:
                self._long_starts.setdefault(name[0][:1], []).append(name)
        self._starts = frozenset(name[0] for name in self._latin if name)

    def find(self, text: str, said: Sequence[Written]) -> List[Brand]:
        """The brands that a text names, none overlapping, in order; a brand of the shop goes by the shop's name for it.

        Args:
            text: the message.
            said: its words, as `written` gives them.
        """
        plain = [one for one in said if not one.possessive]
        own = self._products.brands([one.text for one in plain])
        found = [Brand(name, plain[first].start, plain[past - 1].end) for name, first, past in own]
        named = {fold(one.name) for one in found}
        others = [one for one in (*self._known(said), *self._in_korean(text)) if fold(one.name) not in named]
        kept: List[Brand] = []
        others += self._misspelt(said, (*found, *others))
        for brand in sorted((*found, *others), key=lambda one: (one.start, -one.end)):
            if not kept or brand.start >= kept[-1].end:
                kept.append(brand)
        return kept

    def _known(self, said: Sequence[Written]) -> Iterator[Brand]:
        """Brands of the knowledge in Latin letters, the longest wording first."""
        for first, past in runs(said, self._latin, self._starts, LONGEST):
            yield Brand(self._latin[tuple(one.text for one in said[first:past])], said[first].start, said[past - 1].end)

    def _misspelt(self, said: Sequence[Written], found: Sequence[Brand]) -> Iterator[Brand]:
        """Long names of several words with a slip in them ("beauty of joesph"), where no other brand stands."""
        for first, word in enumerate(said):
            for name in self._long_starts.get(word.text[:1], ()):
                run = said[first : first + len(name)]
                if len(run) < len(name) or any(one.start < run[-1].end and run[0].start < one.end for one in found):
                    continue
                typed, right = "".join(one.text for one in run), "".join(name)
                same = sum(one.text == other for one, other in zip(run, name))
                if same >= len(name) - 1 and OSA.distance(typed, right) <= len(right) // LETTERS_A_SLIP:
                    yield Brand(self._latin[name], run[0].start, run[-1].end)

    def _in_korean(self, text: str) -> Iterator[Brand]:
        """Korean names, to which particles may stick."""
        for name in sorted(self._korean, key=len, reverse=True):
            start = text.find(name)
            if start >= 0:
                yield Brand(self._korean[name], start, start + len(name))


def _is_korean(text: str) -> bool:
    return any("\uac00" <= letter <= "\ud7a3" for letter in text)


def is_unwanted(said: Sequence[Written], brand: Brand) -> bool:
    """Whether the words right before a brand say that it is not wanted: "not holika", "any brand but missha"."""
    before = [one.text for one in said if one.end <= brand.start][-2:]
    return bool(before) and (before[-1] in UNWANTED or before == ["other", "than"])
