"""Whether words stand in a product's name, and whether a word can be part of a name at all."""

from __future__ import annotations

from typing import FrozenSet, Sequence

from bot.answers.turn import Turn
from bot.nlu.names.word_weights import VERY_COMMON, english
from bot.store.generic_words import LINKING_WORDS
from bot.store.hangul import Sounds
from bot.store.text import words
from bot.store.views import ProductView
from bot.understanding.bare_wishes import words_beside

EDGES = LINKING_WORDS | frozenset(
    ["is", "are", "it", "its", "this", "that", "how", "much", "many", "what", "which", "who", "do", "does", "did", "have", "has", "can", "in", "out", "stock", "price", "cost", "costs", "left", "there", "too", "so", "vs", "than"]
)
"""Words that stand inside names, and neither begin nor end what people call a product."""
OF_QUESTIONS = ("est", "ing", "er")
"""How words of questions end that are no names: "cheapest", "looking"."""


def is_strange(turn: Turn, word: str) -> bool:
    """Whether a word may be part of a name, and of none that this shop has: "midnight"."""
    plain = word.isdigit() or word in EDGES or word in words_beside() or english().get(word, 0.0) >= VERY_COMMON
    return not plain and len(word) > 2 and not word.endswith(OF_QUESTIONS) and not turn.products.knows(word)


def own_words(product: ProductView) -> FrozenSet[str]:
    return frozenset(words(f"{product.brand} {product.title}"))


def named_so(product: ProductView, text: str) -> bool:
    """Whether all words of a text stand in a product's name or brand, as they are or in Korean."""
    return has_words(own_words(product), words(text))


def has_words(own: FrozenSet[str], run: Sequence[str]) -> bool:
    """Whether all words stand in a name, as they are or in Korean, two of them perhaps as one."""
    sounds, place = Sounds(own), 0
    while place < len(run):
        word = run[place]
        if word in own or f"{word}s" in own or word.removesuffix("s") in own or sounds.like(word):
            place += 1
        elif sounds.like("".join(run[place : place + 2])) and place + 1 < len(run):
            place += 2
        else:
            return False
    return True
