"""Brands that a message names: the shop's own, and those of the knowledge, which people ask for by name."""

from __future__ import annotations

from typing import Iterator, List, NamedTuple, Sequence, Tuple

from bot.nlu.names.product_names import ProductNames
from bot.nlu.written_words import Written, written
from bot.rules.knowledge import Knowledge
from bot.store.text import fold

LONGEST = 5


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

    def find(self, text: str) -> List[Brand]:
        """The brands that a text names, none overlapping, in order; a brand of the shop goes by the shop's name for it."""
        said = list(written(text))
        plain = [one for one in said if not one.possessive]
        own = self._products.brands([one.text for one in plain])
        found = [Brand(name, plain[first].start, plain[past - 1].end) for name, first, past in own]
        named = {fold(one.name) for one in found}
        others = [one for one in (*self._known(said), *self._in_korean(text)) if fold(one.name) not in named]
        kept: List[Brand] = []
        for brand in sorted((*found, *others), key=lambda one: (one.start, -one.end)):
            if not kept or brand.start >= kept[-1].end:
                kept.append(brand)
        return kept

    def _known(self, said: Sequence[Written]) -> Iterator[Brand]:
        """Brands of the knowledge in Latin letters, the longest wording first."""
        place = 0
        while place < len(said):
            runs = (tuple(one.text for one in said[place : place + size]) for size in range(LONGEST, 0, -1))
            run = next((one for one in runs if one in self._latin), ())
            if run:
                yield Brand(self._latin[run], said[place].start, said[place + len(run) - 1].end)
            place += len(run) or 1

    def _in_korean(self, text: str) -> Iterator[Brand]:
        """Korean names, to which particles may stick."""
        for name in sorted(self._korean, key=len, reverse=True):
            start = text.find(name)
            if start >= 0:
                yield Brand(self._korean[name], start, start + len(name))


def _is_korean(text: str) -> bool:
    return any("\uac00" <= letter <= "\ud7a3" for letter in text)
