"""A row of the shop as the rules see it: its kind and its label in the knowledge's ids."""

from __future__ import annotations

from functools import lru_cache
from typing import FrozenSet, Sequence, Tuple

from actions.resources import knowledge, label_reader
from bot.rules.items import Item
from bot.store.text import words
from bot.store.views import ProductView

Kind = Tuple[FrozenSet[str], str]
MOST_KEPT = 4096


@lru_cache(maxsize=1)
def _kinds() -> tuple[Kind, ...]:
    """Every wording of every kind of product as its words in the singular, with the kind's id."""
    return tuple(
        (frozenset(_singular(text)), type_id)
        for type_id, entry in knowledge().product_types.items()
        for text in (entry.name, *entry.aliases, *entry.sold_as)
    )


@lru_cache(maxsize=MOST_KEPT)
def _singular(text: str) -> tuple[str, ...]:
    return tuple(word[:-1] if word.endswith("s") and not word.endswith("ss") else word for word in words(text))


def type_of(product: ProductView) -> str:
    """The kind of product in the knowledge, by the shop's word for it, made finer by its title and sizes ("Toner" sold
    as "60 pads" is a toner pad); empty where the knowledge has no such kind."""
    return _type_of(product.product_type_text, product.title, product.sizes)


@lru_cache(maxsize=MOST_KEPT)
def _type_of(filed_as: str, title: str, sizes: Tuple[str, ...]) -> str:
    filed = set(_singular(filed_as))
    named = _words(filed_as, title, sizes)
    fitting = [
        (len(filed & kind), len(kind), -index, type_id)
        for index, (kind, type_id) in enumerate(_kinds())
        if kind <= named and (not filed or not filed.isdisjoint(kind))
    ]
    return max(fitting)[-1] if fitting else ""


@lru_cache(maxsize=MOST_KEPT)
def _words(filed_as: str, title: str, sizes: Tuple[str, ...]) -> FrozenSet[str]:
    return frozenset(_singular(f"{filed_as} {title} {' '.join(sizes)}"))


def closest(products: Sequence[ProductView], wordings: Sequence[str]) -> list[ProductView]:
    """Those that carry every word of one of these wordings ("cleansing *balm*" among the oil cleansers); all of them
    where none does."""
    return [one for one in products if carries(one, wordings)] or list(products)


def carries(product: ProductView, wordings: Sequence[str]) -> bool:
    """True where the product has every word of one of these wordings."""
    own = _words(product.product_type_text, product.title, product.sizes)
    return any(own.issuperset(_singular(wording)) for wording in wordings)


def item(product: ProductView) -> Item:
    """The product with the ids of what the knowledge knows of it."""
    data = knowledge()
    return Item(
        handle=product.handle,
        title=product.title,
        type=type_of(product),
        ingredients=_known(product.inci),
        labelled=bool(product.inci),
        concerns=tuple(one for one in product.concerns if one in data.concerns),
        skin_types=tuple(one for one in product.skin_types if one in data.skin_types),
        price=product.price_min,
        in_stock=product.in_stock,
    )


@lru_cache(maxsize=MOST_KEPT)
def _known(label: Tuple[str, ...]) -> Tuple[str, ...]:
    """The ids of what the knowledge knows on a label, in its order."""
    known = map(label_reader().ingredient, label)
    return tuple(dict.fromkeys(one for one in known if one))
