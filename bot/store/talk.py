"""What skincare is talked about with, from the knowledge: "green tea serum" asks for a serum with green tea, even where
one title has these words. An ingredient that hardly a product of the shop holds is no such talk: "birch sap serum"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from bot.rules.knowledge import load
from bot.rules.schema import Named
from bot.store.documents import ingredient_token
from bot.store.text import words

FEW_HOLDERS = 3
"""An ingredient in at most so many products tells which product is meant."""
Phrase = tuple[str, ...]


def telling(knowledge: Path, holders: Callable[[str], int]) -> frozenset[Phrase]:
    """The names of two words and more of ingredients that a few products hold and no others.

    Args:
        knowledge: the folder of the skincare knowledge.
        holders: how many products have a token in their search document.
    """
    return frozenset(
        phrase for phrase, token in _ingredients(knowledge) if len(phrase) > 1 and 0 < holders(token) <= FEW_HOLDERS
    )


@lru_cache(maxsize=2)
def all_phrases(knowledge: Path) -> frozenset[Phrase]:
    """The names of ingredients, families, concerns, skin types and terms, each as a run of words."""
    data = load(knowledge)
    groups = (data.ingredients, data.families, data.concerns, data.skin_types, data.terms)
    return frozenset(phrase for group in groups for subject in group.values() for phrase in _names(subject))


@lru_cache(maxsize=2)
def _ingredients(knowledge: Path) -> tuple[tuple[Phrase, str], ...]:
    return tuple(
        (phrase, ingredient_token(subject.inci))
        for subject in load(knowledge).ingredients.values()
        for phrase in _names(subject)
    )


def _names(subject: Named) -> Iterator[Phrase]:
    return (tuple(words(text)) for text in subject.wordings)
