"""Finds which products a chat message names.

A title's words weigh differently: a rare word ("Dokkaebi") names its product alone, a plain one ("Velvet")
only with its neighbours, generic ones ("Rice Serum") only with the brand or as the whole title. Parts of titles are
`bot.nlu.names.short_names`' work, typing slips `bot.nlu.names.slips`'.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.nlu.names.short_names import ShortNames
from bot.nlu.names.slips import Slips
from bot.nlu.names.table import Name, NameTable, words_of
from bot.nlu.names.word_weights import GENERIC, PLAIN, RARE, WordWeights, english
from bot.store.generic_words import GENERIC_WORDS, KIND_WORDS, LINKING_WORDS, TOPIC_WORDS
from bot.store.hangul import Sounds

MAX_SCORED = 60
"""So many likely products are looked at closely."""
MAX_LINE = 3
"""A rare word that more products share is a product line, not a product."""
SHORTEST_RUN = 3
"""So many title words in a row, in the title's order, name it when none of them is rare."""
BRAND = 4.0


@dataclass(frozen=True)
class _Entry:
    """A product's brand, the words of its title that count, and those of its kind."""

    product_id: int
    brand: tuple[str, ...]
    title: tuple[str, ...]
    kind: frozenset[str]


@dataclass(frozen=True)
class Hit:
    """A product found: how surely, its id, and the places of the words that name it. `telling`: they say more than a brand
    and a kind of product."""

    score: float
    product_id: int
    positions: frozenset[int]
    telling: bool = True


class NameIndex:
    """The names of one catalogue, ready to be looked for.

    Kept small for very many products: words are numbered, a title is a run of numbers, and for each word there is an
    array of the products whose title has it. `label_words` are the words of the shop's ingredient names: common to
    many products by nature. `talk`: what skincare is talked about with (`bot.store.talk`). `also_called`: single words
    that people say for a brand ("boj"), with the words of its name.
    """

    def __init__(
        self,
        names: Iterable[Name],
        label_words: Collection[str],
        talk: Collection[tuple[str, ...]],
        also_called: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._table = NameTable(names)
        self._topics = TOPIC_WORDS | set(label_words) | self._table.type_words
        sounds = Sounds(self._table.words)
        self._kind_words = KIND_WORDS | {korean for word in KIND_WORDS for korean in sounds.like(word)}
        own = self._topics | GENERIC_WORDS | {korean for word in GENERIC_WORDS for korean in sounds.like(word)}
        self._generic = own | self._table.shared_words
        self._weight = WordWeights(self._generic, label_words)
        self._weights = np.array([self._weight(word) for word in self._table.words], dtype=np.float32)
        self._short_names = ShortNames(self._table, WordWeights(own, label_words), talk)
        self._brands = [words_of(name) for name in self._table.brands]
        self._brand_marks = self._find_brand_marks(set(self._brands))
        self._brands_of: defaultdict[str, list[int]] = defaultdict(list)
        self._joined: dict[str, tuple[str, ...]] = {}
        for number, brand in enumerate(self._brands):
            for word in set(brand):
                self._brands_of[word].append(number)
            if len(brand) > 1:
                self._joined["".join(brand)] = brand
        own_brands = set(self._brands)
        self._joined.update((word, brand) for word, brand in (also_called or {}).items() if brand in own_brands and word not in self._table.numbers)
        self._mend = Slips({*self._table.words, *self._brands_of}, self._generic, self._joined)

    def find(self, typed: Sequence[str]) -> list[Hit]:
        """The products that the folded words of a message name, the surest first; places count `typed`."""
        said, origins = self._read(typed)
        hits: list[Hit] = []
        for entry in self._candidates(said):
            hits += self._hits(entry, said)
            hits += self._full_title(entry, said)
        hits += self._short(said)
        return [replace(hit, positions=frozenset(origins[at] for at in hit.positions)) for hit in _best(hits)]

    def find_brands(self, typed: Sequence[str]) -> list[tuple[str, int, int]]:
        """The brands that the folded words of a message name, in order: name, first word, past the last word."""
        said, origins = self._read(typed)
        found = []
        for number in self._brands_said(said):
            for start, end in self._places_of(self._brands[number], said):
                found.append((self._table.brands[number], origins[start], origins[end - 1] + 1))
        return sorted(found, key=lambda one: (one[1], -one[2], one[0]))

    def knows(self, word: str) -> bool:
        """True for a folded word of a title or a brand."""
        return word in self._table.numbers or word in self._brands_of

    def _places_of(self, brand: tuple[str, ...], said: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where a brand stands: all of it, or a word that stands for it."""
        start = 0
        while start < len(said):
            whole = tuple(said[start : start + len(brand)]) == brand
            if whole or self._brand_marks.get(said[start]) == brand:
                yield start, start + (len(brand) if whole else 1)
            start += len(brand) if whole else 1

    def _find_brand_marks(self, brands: set[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """Words that stand for a whole brand: no English word, not generic, in no other brand."""
        seen = Counter(word for brand in brands for word in brand)
        return {
            word: brand
            for brand in brands
            for word in brand
            if seen[word] == 1 and len(word) >= 4 and self._weight(word) == RARE
        }

    def _says_enough(self, title: tuple[str, ...]) -> bool:
        """Whether a title without its brand, word for word, is more than talk of a kind of product."""
        telling = [
            word for word in title if word not in self._topics and len(word) > 2 and not word.isdigit()
        ]
        return len(title) > SHORTEST_RUN or (len(title) == SHORTEST_RUN and bool(telling))

    def _read(self, typed: Sequence[str]) -> tuple[list[str], list[int]]:
        """The words, slips mended towards words of this catalogue and joined brands taken apart, and for each the place of
        the word that it was made of."""
        said: list[str] = []
        origins: list[int] = []
        for place, word in enumerate(typed):
            mended = self._mend(word)
            parts = self._joined.get(mended, (mended,))
            said.extend(parts)
            origins.extend([place] * len(parts))
        return said, origins

    def _brands_said(self, said: Sequence[str]) -> list[int]:
        near = {number for word in set(said) for number in self._brands_of.get(word, ())}
        return [number for number in sorted(near) if self._names_brand(self._brands[number], said)]

    def _candidates(self, said: Sequence[str]) -> list[_Entry]:
        """The products that the words may name, the likeliest MAX_SCORED of them; a rough form of `_score`."""
        table = self._table
        numbers = [table.numbers[word] for word in set(said) if word in table.numbers]
        if not numbers:
            return []
        count = len(table.ids)
        given, weight, rare, plain = np.zeros((4, count), dtype=np.float32)
        for number in numbers:
            holders = table.holders(number)
            given[holders] += 1
            weight[holders] += self._weights[number]
            if self._weights[number] == RARE:
                rare[holders] += 1 if len(holders) <= MAX_LINE else 0.5
            elif self._weights[number] == PLAIN:
                plain[holders] += 1
        branded = np.isin(table.brand_of, self._brands_said(said))
        full = (given == table.lengths) & (table.lengths >= SHORTEST_RUN)
        named = branded | full | (rare >= 1) | ((rare > 0) & (given > 1)) | ((plain > 0) & (given > 1))
        found = np.flatnonzero(named & (given > 0))
        score = BRAND * branded[found] + weight[found] - (table.lengths[found] - given[found]) / 2 + BRAND * full[found]
        order = np.lexsort((found, -score))[:MAX_SCORED]
        return [self._entry(int(place)) for place in found[order]]

    def _short(self, said: Sequence[str]) -> Iterable[Hit]:
        """Where the message has a part of a title that singles products out."""
        for found in self._short_names.find(said):
            run = {word for word in said[found.start : found.end] if word in self._table.numbers}
            weight = sum(float(self._weights[self._table.numbers[word]]) for word in run)
            for place in found.places:
                missing = int(self._table.lengths[place]) - len(run)
                yield Hit(weight - missing / 2, int(self._table.ids[place]), frozenset(range(found.start, found.end)))

    def _entry(self, place: int) -> _Entry:
        table = self._table
        return _Entry(int(table.ids[place]), self._brands[table.brand_of[place]], table.title(place), table.kind(place))

    def _hits(self, entry: _Entry, said: Sequence[str]) -> Iterable[Hit]:
        own = {*entry.brand, *entry.title}
        for run in _runs([index for index, word in enumerate(said) if word in own]):
            score = self._score(entry, [said[index] for index in run], run[-1] - run[0] + 1 == len(run))
            if score is not None:
                kinds = self._kind_words | entry.kind
                telling = any(said[index] in entry.title and said[index] not in kinds for index in run)
                yield Hit(score, entry.product_id, frozenset(run), telling)

    def _score(self, entry: _Entry, run: Sequence[str], unbroken: bool) -> float | None:
        """How surely the words of `run` name the product; None when they do not."""
        branded = self._names_brand(entry.brand, run)
        given = set(run) & set(entry.title)
        numbers = {word: self._table.numbers[word] for word in given}
        weights = {word: float(self._weights[number]) for word, number in numbers.items()}
        rare = [word for word in given if weights[word] == RARE]
        titled = [word for word in run if word in given]
        in_a_row = unbroken and _in_order(titled, entry.title)
        enough = min(SHORTEST_RUN, max(2, len(entry.title)))
        named = (
            (branded and any(not word.isdigit() for word in given))
            or any(len(given) > 1 or len(self._table.holders(numbers[word])) <= MAX_LINE for word in rare)
            or (PLAIN in weights.values() and in_a_row and len(given) >= enough)
        )
        if not named:
            return None
        missing = len(set(entry.title) - given)
        return BRAND * branded + sum(weights.values()) - missing / 2

    def _names_brand(self, brand: tuple[str, ...], run: Sequence[str]) -> bool:
        if any(self._brand_marks.get(word) == brand for word in run):
            return True
        if len(brand) == 1 and english().get(brand[0], 0.0) > 0.0:
            return False
        return any(tuple(run[start : start + len(brand)]) == brand for start in range(len(run)))

    def _full_title(self, entry: _Entry, said: Sequence[str]) -> Iterable[Hit]:
        """Where the message has the whole title, word for word."""
        if not self._says_enough(entry.title):
            return
        kept = [(index, word) for index, word in enumerate(said) if word not in LINKING_WORDS]
        length = len(entry.title)
        for start in range(len(kept) - length + 1):
            part = kept[start : start + length]
            if tuple(word for _, word in part) == entry.title:
                yield Hit(GENERIC * length, entry.product_id, frozenset(index for index, _ in part))


def _runs(positions: Sequence[int]) -> list[list[int]]:
    """`positions` cut where more than one foreign word stands between two of them."""
    runs: list[list[int]] = []
    for position in positions:
        if runs and position - runs[-1][-1] <= 2:
            runs[-1].append(position)
        else:
            runs.append([position])
    return runs


def _in_order(run: Sequence[str], title: tuple[str, ...]) -> bool:
    places = [title.index(word) for word in run]
    return places == sorted(places)


def _best(hits: Sequence[Hit]) -> list[Hit]:
    """The hits in falling score, without weaker ones on words that stronger ones explain, together or alone."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (-hit.score, min(hit.positions), hit.product_id)):
        explained = {place for other in kept if other.score > hit.score for place in other.positions}
        if hit.positions <= explained:
            continue
        same = next((at for at, other in enumerate(kept) if _overlap(other, hit)), None)
        if same is None:
            kept.append(hit)
        else:
            joined = kept[same].positions | hit.positions
            kept[same] = replace(kept[same], positions=joined, telling=kept[same].telling or hit.telling)
    return kept


def _overlap(one: Hit, other: Hit) -> bool:
    """True for two hits on one product that share words."""
    return one.product_id == other.product_id and not one.positions.isdisjoint(other.positions)
