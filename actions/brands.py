"""Brands in a message: the shop's own, and those it does not have."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Mapping

from actions.resources import knowledge
from bot.store.repository import ProductRepository
from bot.store.text import fold

ASKED_FOR_LIST = re.compile(r"\b(which|what|list|all)\b[^?.!]*\b(brands?|labels?|makers?)\b|\bbrands?\s+(list|do you)\b", re.I)


@lru_cache(maxsize=1)
def _known() -> Mapping[str, str]:
    """Every folded wording of a brand of the knowledge, with the brand's name."""
    return {
        fold(text): entry.name for entry in knowledge().brands.values() for text in (entry.name, *entry.aliases, *entry.ko)
    }


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    latin = "|".join(re.escape(text) for text in sorted(_known(), key=len, reverse=True) if text.isascii())
    korean = "|".join(re.escape(text) for text in sorted(_known(), key=len, reverse=True) if not text.isascii())
    return re.compile(rf"(?<!\w)(?:{latin})(?!\w)|{korean}")


def not_sold(message: str, products: ProductRepository) -> str | None:
    """The name of a brand that the message asks for and the shop does not sell; None when there is none."""
    found = _pattern().search(fold(message))
    if found is None:
        return None
    name = _known()[found.group()]
    return None if fold(name) in {fold(brand) for brand in products.brands()} else name
