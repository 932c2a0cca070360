"""The names of very many products in little memory: words are numbered, titles are runs of numbers."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.store.generic_words import LINKING_WORDS
from bot.store.text import words

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Name:
    """What a product is called."""

    product_id: int
    title: str
    brand: str
    product_type: str


class NameTable:
    """Titles without their brand's and linking words, and which products have each word in theirs.

    A product's place counts from 0 in the order given. `ids`, `brand_of` (an index into `brands`) and `lengths`
    (different words of the title) go by place; `words` and `numbers` tell words and their numbers.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self.numbers: dict[str, int] = {}
        brands: dict[str, int] = {}
        types: dict[str, int] = {}
        ids, brand_of, type_of, starts, titles = array("i"), array("i"), array("i"), array("i", [0]), array("i")
        lengths, users = array("i"), array("i")
        shared: set[int] = set()
        used_by: dict[int, int] = {}
        for name in names:
            brand = brands.setdefault(name.brand, len(brands))
            brand_words = words_of(name.brand)
            title = without(words_of(name.title), brand_words)
            kept = tuple(word for word in title if word not in LINKING_WORDS and word not in brand_words) or title
            for word in title:
                number = self.numbers.setdefault(word, len(self.numbers))
                if used_by.setdefault(number, brand) != brand:
                    shared.add(number)
            run = [self.numbers[word] for word in kept]
            ids.append(name.product_id)
            brand_of.append(brand)
            lengths.append(len(set(run)))
            titles.extend(run)
            users.extend([len(ids) - 1] * len(run))
            starts.append(len(titles))
            type_of.append(types.setdefault(name.product_type, len(types)))
        self.words = list(self.numbers)
        self.brands = list(brands)
        self._kinds: list[frozenset[str]] = [frozenset(words(text)) for text in types]
        self.type_words = frozenset(word for kind in self._kinds for word in kind)
        self.shared_words = {self.words[number] for number in shared}
        self.ids, self.brand_of, self.lengths = _frozen(ids), _frozen(brand_of), _frozen(lengths)
        self._type_of = _frozen(type_of)
        self._starts, self._titles = _frozen(starts), _frozen(titles)
        self._holders, self._holder_starts = _inverted(self._titles, _frozen(users), len(self.words))

    def title(self, place: int) -> tuple[str, ...]:
        """The words of the title of the product at this place."""
        run = self._titles[self._starts[place] : self._starts[place + 1]]
        return tuple(self.words[number] for number in run)

    def kind(self, place: int) -> frozenset[str]:
        """The words of the shop's word for the kind of product at this place."""
        return self._kinds[int(self._type_of[place])]

    def holders(self, number: int) -> Numbers:
        """The places of the products whose title has the word of this number, each once, rising."""
        return self._holders[self._holder_starts[number] : self._holder_starts[number + 1]]


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(words(text))


def without(title: tuple[str, ...], brand: tuple[str, ...]) -> tuple[str, ...]:
    """`title` without the brand's words where they stand together, unless nothing else would be left."""
    for start in range(len(title) - len(brand) + 1):
        if brand and title[start : start + len(brand)] == brand:
            return title[:start] + title[start + len(brand) :] or title
    return title


def _frozen(numbers: array[int]) -> Numbers:
    return np.array(numbers, dtype=np.int32)


def _inverted(titles: Numbers, users: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """Users by title word, and where the users of each word begin."""
    pairs = np.unique(titles.astype(np.int64) << 32 | users)
    starts = np.searchsorted(pairs >> 32, np.arange(size + 1))
    return (pairs & 0xFFFFFFFF).astype(np.int32), starts.astype(np.int32)
