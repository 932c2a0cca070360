"""The words of one catalogue, and which of them a typed word means.

Typing slips are met by edit distance among the words of the catalogue itself, so that they are mended the same way on
every database.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.store.documents import ON_SALE, PRICE
from bot.store.generic_words import LINKING_WORDS
from bot.store.hangul import Sounds
from bot.store.text import words

Groups = list[tuple[str, ...]]

MOST_WORDS = 20
MOST_ENDINGS = 50
SHORTEST_BEGINNING = 3
SHORTEST_WITH_SLIP = 4
SHORTEST_WITH_TWO_SLIPS = 8
_HANGUL = re.compile(r"[가-힣]")
_PARTICLE = re.compile(r"(?:에서|으로|이랑|하고|은|는|이|가|을|를|의|에|로|와|과|도|만)$")
_EDITS: Any = OSA.distance


class Vocabulary:
    """The tokens of one version of the catalogue with the number of products that hold each."""

    def __init__(self, products: Mapping[str, int]) -> None:
        self._products = products
        self._words = sorted(token for token in products if ":" not in token)
        self._long = [word for word in self._words if len(word) >= SHORTEST_WITH_SLIP]
        self._sounds = Sounds(self._words)
        self._korean = [word for word in self._words if _HANGUL.search(word)]
        self.on_sale = products.get(ON_SALE, 0)
        self.types = sorted(token[len("type:") :] for token in products if token.startswith("type:"))
        self.price_steps = sorted(int(token[len(PRICE) :]) for token in products if token.startswith(PRICE))
        self.label_words = {word for token in products if token.startswith("in:") for word in token[3:].split("_")}

    def holders(self, token: str) -> int:
        """How many products hold this token."""
        return self._products.get(token, 0)

    def share(self, group: tuple[str, ...]) -> float:
        """At most this share of the products, from 0 to 1, holds one of these tokens."""
        held = sum(self._products.get(token, 0) for token in group)
        return min(1.0, held / self.on_sale) if self.on_sale else 0.0

    def names(self, word: str) -> bool:
        """Whether a folded word stands in a name, or sounds like a Korean one that does."""
        forms = (word, f"{word}s", word.removesuffix("s"))
        return any(f"name:{form}" in self._products for form in forms) or bool(self._sounds.like(word))

    def meant(self, typed: str) -> Groups | None:
        """What `typed` looks for: for each word the catalogue's words it may mean. None when there is none for one.

        Words that only link others are left out.
        """
        said = [word for word in words(typed) if word not in LINKING_WORDS][:MOST_WORDS]
        groups: Groups = []
        index = 0
        while index < len(said):
            pair = "".join(said[index : index + 2])
            if said[index] not in self._products and pair != said[index] and pair in self._products:
                groups.append((pair,))
                index += 2
                continue
            sounding = self._sounds.like(pair) if said[index] not in self._products and pair != said[index] else ()
            if sounding:
                groups.append(sounding)
                index += 2
                continue
            found = self._word(said[index])
            if found is None:
                return None
            groups += found
            index += 1
        return groups

    def _word(self, word: str) -> Groups | None:
        """Groups for one word: itself, its other number, its endings, words with a slip mended, or two words in one."""
        forms = tuple(form for form in _forms(word) if form in self._products)
        if _HANGUL.search(word):
            return self._korean_word(word, forms)
        if forms:
            return [forms]
        endings = self._endings(word) or self._sounds.like(word)
        return [endings] if endings else self._two(word) or self._mended(word)

    def _korean_word(self, word: str, forms: tuple[str, ...]) -> Groups | None:
        """Korean joins words freely: a word is also met within a longer one, and without its particle."""
        for form in dict.fromkeys((word, _PARTICLE.sub("", word))):
            inside = tuple(one for one in self._korean if form in one) if len(form) > 1 else ()
            if inside or forms:
                return [tuple(dict.fromkeys((*forms, *inside)))]
        return self._two(word) or self._mended(word)

    def _endings(self, word: str) -> tuple[str, ...]:
        if len(word) < SHORTEST_BEGINNING:
            return ()
        start = bisect_left(self._words, word)
        near = self._words[start : start + MOST_ENDINGS]
        return tuple(one for one in near if one.startswith(word))

    def _two(self, word: str) -> Groups | None:
        """The two words of the catalogue that `word` is made of, if it is."""
        for cut in range(2, len(word) - 1):
            first, second = word[:cut], word[cut:]
            if first in self._products and second in self._products:
                return [(first,), (second,)]
        return None

    def _mended(self, word: str) -> Groups | None:
        if len(word) < SHORTEST_WITH_SLIP:
            return None
        slips = 1 if len(word) < SHORTEST_WITH_TWO_SLIPS else 2
        near = process.extract(word, self._long, scorer=_EDITS, score_cutoff=slips, limit=5)
        nearest = [str(one[0]) for one in near if one[1] == near[0][1]]
        return [tuple(sorted(nearest))] if nearest else None


def _forms(word: str) -> list[str]:
    """A word and its other number: serum and serums, patch and patches."""
    return [word, f"{word}s", f"{word}es", word.removesuffix("s"), word.removesuffix("es")]
