"""What a product can be found by: one line of tokens, the same for every database.

Plain words are what people type; tokens with a colon are filters: `name:` a word of title, brand or type, `brand:`,
`type:`, `concern:`, `skin:`, `flag:` and `in:` (an ingredient by its normalised name) slugs, `price:` a step of prices. `on:sale` stands in
every document, `on:stock` in those of products that can be ordered now, `on:label` where the ingredients are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import log2

from bot.labels.inci import normalise_inci
from bot.store.models import SEARCH_TOKEN_LENGTH
from bot.store.text import slug, type_slug, words

PRICE = "price:"
STEPS_IN_A_DOUBLING = 8
ON_SALE, IN_STOCK, KNOWN_LABEL = "on:sale", "on:stock", "on:label"


def document(
    title: str,
    brand: str,
    type_text: str,
    in_stock: bool,
    price: int,
    label: Sequence[str],
    concerns: Sequence[str],
    skin_types: Sequence[str],
    flags: Sequence[str],
    kind: str = "",
    named: Sequence[str] = (),
) -> str:
    """The search document of an active product: tokens, each once, with a space before and after each. `kind` is what it
    is in the knowledge, `named` the ingredients that its text speaks of where it has no label: both are found as if the
    shop had filed and listed them so."""
    tokens = [ON_SALE, f"{PRICE}{price_step(price)}"]
    if in_stock:
        tokens.append(IN_STOCK)
    if label:
        tokens.append(KNOWN_LABEL)
    tokens += _name_tokens(brand, type_text)
    for word in words(title):
        tokens += (word, f"name:{word}")
    for prefix, slugs in (("concern", concerns), ("skin", skin_types), ("flag", flags)):
        tokens += (f"{prefix}:{one}" for one in slugs)
    for one in (*concerns, *flags):
        tokens += one.split("_")
    if kind:
        tokens.append(type_token(kind))
    for name in (*label, *named):
        tokens += _ingredient_tokens(name)
    return f" {' '.join(dict.fromkeys(token[:SEARCH_TOKEN_LENGTH] for token in tokens))} "


def price_step(price: int) -> int:
    """The step that a price in minor units lies on: each is about 9 % above the one before."""
    return round(STEPS_IN_A_DOUBLING * log2(price + 1))


def brand_token(name: str) -> str:
    """The token of a brand."""
    return f"brand:{slug(name)}"


def type_token(text: str) -> str:
    """The token of a shop's word for a kind of product."""
    return f"type:{type_slug(text)}"


@lru_cache(maxsize=20_000)
def ingredient_token(name: str) -> str:
    """The token of an ingredient, whatever spelling of its name is given."""
    return f"in:{slug(normalise_inci(name))}"[:SEARCH_TOKEN_LENGTH]


@lru_cache(maxsize=4096)
def _name_tokens(brand: str, type_text: str) -> tuple[str, ...]:
    found = words(f"{brand} {type_text}")
    kind = (type_token(type_text),) if type_slug(type_text) else ()
    return brand_token(brand), *kind, *found, *(f"name:{word}" for word in found)


@lru_cache(maxsize=20_000)
def _ingredient_tokens(name: str) -> tuple[str, ...]:
    return tuple(_ingredient_words(name))


def _ingredient_words(name: str) -> Iterator[str]:
    yield ingredient_token(name)
    yield from words(normalise_inci(name))
    yield from words(name)
