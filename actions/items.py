"""A row of the shop as the rules see it: its kind and its label in the knowledge's ids."""

from __future__ import annotations

from functools import lru_cache
from typing import Sequence, Tuple

from actions.resources import knowledge, label_reader
from bot.rules.items import Item
from bot.store.text import words
from bot.store.views import ProductView

Kind = Tuple[Tuple[str, ...], str]


@lru_cache(maxsize=1)
def _kinds() -> tuple[Kind, ...]:
    """Every wording of every kind of product as its words in the singular, with the kind's id."""
    return tuple(
        (_singular(text), type_id)
        for type_id, entry in knowledge().product_types.items()
        for text in (entry.name, *entry.aliases, *entry.sold_as)
    )


def _singular(text: str) -> tuple[str, ...]:
    return tuple(word[:-1] if word.endswith("s") and not word.endswith("ss") else word for word in words(text))


def type_of(product: ProductView) -> str:
    """The kind of product in the knowledge, by the shop's word for it, made finer by its title and sizes ("Toner" sold
    as "60 pads" is a toner pad); empty where the knowledge has no such kind."""
    filed = set(_singular(product.product_type_text))
    named = _words_of(product)
    fitting = [
        (len(filed & set(kind)), len(set(kind)), -index, type_id)
        for index, (kind, type_id) in enumerate(_kinds())
        if set(kind) <= named and (filed & set(kind) or not filed)
    ]
    return max(fitting)[-1] if fitting else ""


def _words_of(product: ProductView) -> set[str]:
    return set(_singular(f"{product.product_type_text} {product.title} {' '.join(product.sizes)}"))


def closest(products: Sequence[ProductView], wordings: Sequence[str]) -> list[ProductView]:
    """Those that carry every word of one of these wordings ("cleansing *balm*" among the oil cleansers); all of them
    where none does."""
    wanted = [set(_singular(wording)) for wording in wordings]
    return [one for one in products if any(each <= _words_of(one) for each in wanted)] or list(products)


def item(product: ProductView) -> Item:
    """The product with the ids of what the knowledge knows of it."""
    data = knowledge()
    known = (label_reader().ingredient(inci) for inci in product.inci)
    return Item(
        handle=product.handle,
        title=product.title,
        type=type_of(product),
        ingredients=tuple(dict.fromkeys(one for one in known if one)),
        labelled=bool(product.inci),
        concerns=tuple(one for one in product.concerns if one in data.concerns),
        skin_types=tuple(one for one in product.skin_types if one in data.skin_types),
        price=product.price_min,
        in_stock=product.in_stock,
    )
