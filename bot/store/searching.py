"""Turns a `ProductQuery` into lookups of tokens, the best matches first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from math import prod

from sqlalchemy.orm import Session

from bot.store import fulltext
from bot.store.documents import (
    IN_STOCK,
    KNOWN_LABEL,
    ON_SALE,
    PRICE,
    brand_token,
    ingredient_token,
    price_step,
    type_token,
)
from bot.store.fulltext import Order, Wanted
from bot.store.text import slug
from bot.store.views import AnyOf, ProductQuery, Sort
from bot.store.vocabulary import Groups, Vocabulary

FEW_SORTED = 1000
"""So many products are put in the order of their prices at once; more are taken step by step."""
FIRST_STEPS = 2
"""So many steps of prices are looked at first."""
FEW_PRICES = 0.25
"""Bounds that leave at most this share of the products are looked up rather than checked one by one."""
MOST_RANKED = 3
"""With more needs than this, products that meet all of them come first and the others are ranked alike."""
_ORDERS: dict[Sort, Order] = {
    "price": "price",
    "price_desc": "price_desc",
    "dearest": "dearest",
    "name": "name",
    "newest": "newest",
    "restocked": "restocked",
}


def matching_ids(session: Session, vocabulary: Vocabulary, query: ProductQuery) -> list[int]:
    """The ids of active products that meet `query`, in its order, within its limit and offset.

    Raises ValueError for a negative limit, offset or price and for an unknown sort.
    """
    _check(query)
    wanted = _wanted(vocabulary, query)
    if wanted is None:
        return []
    enough = query.offset + query.limit
    if query.sort in ("price", "price_desc"):
        return _by_price(session, wanted, vocabulary, query.sort, enough)[query.offset : enough]
    if query.sort != "best":
        found = fulltext.find(session, _estimated(wanted, vocabulary), _ORDERS[query.sort], enough)
        return found[query.offset :]
    ranked: dict[int, None] = {}
    for level in _levels(wanted, vocabulary, query):
        level = _estimated(level, vocabulary)
        if level.share > 0:
            ranked.update(dict.fromkeys(fulltext.find(session, level, "id", enough + len(ranked))))
        if len(ranked) >= enough:
            break
    return list(ranked)[query.offset : enough]


def _by_price(session: Session, wanted: Wanted, vocabulary: Vocabulary, sort: Sort, enough: int) -> list[int]:
    """The first `enough` ids by price. Where many products are wanted, they are taken from two steps of prices, then
    the next four, the next eight ...: kinds of product have their own prices, so the first that are wanted may stand
    far from the cheapest of all."""
    whole = _estimated(wanted, vocabulary)
    if whole.share * vocabulary.on_sale <= FEW_SORTED or not vocabulary.price_steps:
        return fulltext.find(session, whole, _ORDERS[sort], enough)
    steps = [step for step in vocabulary.price_steps if _within(step, wanted)]
    if sort == "price_desc":
        steps.reverse()
    found: list[int] = []
    width = FIRST_STEPS
    while steps and len(found) < enough:
        taken, steps = steps[:width], steps[width:]
        some = replace(wanted, groups=(*wanted.groups, tuple(f"{PRICE}{step}" for step in taken)))
        found += fulltext.find(session, _estimated(some, vocabulary), _ORDERS[sort], enough - len(found))
        width *= 2
    return found


def _within(step: int, wanted: Wanted) -> bool:
    low = wanted.min_price is None or step >= price_step(wanted.min_price)
    return low and (wanted.max_price is None or step <= price_step(wanted.max_price))


def matching_count(session: Session, vocabulary: Vocabulary, query: ProductQuery) -> int:
    """How many active products meet `query`, whatever its limit and offset."""
    _check(query)
    wanted = _wanted(vocabulary, query)
    if wanted is None:
        return 0
    tokens = {token for group in wanted.groups for token in group} - {ON_SALE}
    if len(tokens) <= 1 and not wanted.without and wanted.min_price is None and wanted.max_price is None:
        return vocabulary.holders(next(iter(tokens), ON_SALE))
    return fulltext.count(session, wanted)


def _check(query: ProductQuery) -> None:
    if min(query.limit, query.offset, query.min_price or 0, query.max_price or 0) < 0:
        raise ValueError("limit, offset and prices must not be negative")
    if query.sort != "best" and query.sort not in _ORDERS:
        raise ValueError(f"unknown sort: {query.sort!r}")


def _wanted(vocabulary: Vocabulary, query: ProductQuery) -> Wanted | None:
    """The query as tokens; None where a word means nothing in this catalogue."""
    typed = vocabulary.meant(query.text or "")
    if typed is None:
        return None
    groups: Groups = [(ON_SALE,), *typed]
    if query.product_type:
        groups.append(tuple(map(type_token, _names(query.product_type))))
    if query.brands:
        groups.append(tuple(map(brand_token, query.brands)))
    groups += [group for group in _needs(query) if group]
    groups += [(f"flag:{slug(flag)}",) for flag in query.flags]
    groups += [tuple(map(ingredient_token, _names(item))) for item in query.with_ingredients]
    without = tuple(map(ingredient_token, query.without_ingredients))
    if without:  # a product whose label is not known may hold anything
        groups.append((KNOWN_LABEL,))
    if query.in_stock is True:
        groups.append((IN_STOCK,))
    if query.in_stock is False:
        without = (*without, IN_STOCK)
    if not all(groups):
        return None
    wanted = Wanted(tuple(groups), without, query.min_price, query.max_price)
    steps = tuple(f"{PRICE}{step}" for step in vocabulary.price_steps if _within(step, wanted))
    if steps and vocabulary.share(steps) <= FEW_PRICES and query.sort not in ("price", "price_desc"):
        wanted = replace(wanted, groups=(*wanted.groups, steps))
    return wanted


def _names(value: AnyOf) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _needs(query: ProductQuery) -> tuple[tuple[str, ...], tuple[str, ...]]:
    concerns = tuple(f"concern:{slug(one)}" for one in dict.fromkeys(query.concerns))
    return concerns, tuple(f"skin:{slug(one)}" for one in dict.fromkeys(query.skin_types))


def _levels(wanted: Wanted, vocabulary: Vocabulary, query: ProductQuery) -> Iterator[Wanted]:
    """Ever looser forms of `wanted`: what is in stock first, then by how many needs are met, then by whether the words
    stand in the name. Each holds the one before, so a product counts where it comes first."""
    named = tuple(tuple(f"name:{word}" for word in group) for group in vocabulary.meant(query.text or "") or ())
    forms = [named, ()] if named else [()]
    stocks = [True, False] if query.in_stock is None else [query.in_stock]
    for stock in stocks:
        for met in _met(query):
            for names in forms:
                groups = (*wanted.groups, *met, *names)
                yield replace(wanted, groups=(*groups, (IN_STOCK,)) if stock else groups)


def _met(query: ProductQuery) -> Iterator[Groups]:
    """Conditions for meeting all needs, all but one, and so on, down to the least that the query asks for.

    At least k of n hold when every choice of n - k + 1 of them has one that holds.
    """
    kinds = [group for group in _needs(query) if group]
    needs = [token for group in kinds for token in group]
    if len(needs) > MOST_RANKED:
        yield [(token,) for token in needs]
    else:
        for least in range(len(needs), len(kinds), -1):
            yield [tuple(some) for some in combinations(needs, len(needs) - least + 1)]
    yield []


def _estimated(wanted: Wanted, vocabulary: Vocabulary) -> Wanted:
    """With the share that would be met if no two tokens had to do with each other."""
    return replace(wanted, share=prod(map(vocabulary.share, wanted.groups)))
