"""How big products are: "spot patches, how many in a pack?"."""

from __future__ import annotations

from dataclasses import replace
from typing import List, Sequence

from bot.answers.answer import Answer, Statements, Words
from bot.answers.products.asked_sizes import in_that_size
from bot.answers.products.called import called
from bot.answers.products.cards import sizes
from bot.answers.products.listing import MOST_PRODUCTS, spoke_of
from bot.answers.products.meant import named, read
from bot.answers.products.query import of_kind, query
from bot.answers.turn import Turn
from bot.rules.advice import Profile
from bot.rules.answers import answer
from bot.store.views import ProductView, VariantView
from bot.understanding.shopping import LOOKED_FOR, PACKAGING, named_types
from bot.understanding.wishes import wish_of


def say_sizes(turn: Turn) -> Answer:
    """The sizes of the shop's products of the kind named, or of those listed last; what packs are like at large where the
    shop has none."""
    of_kind_named = bool(named_types(turn.frame))
    found = [one for one in _asked_about(turn, of_kind_named) if one.in_stock]
    shown = (in_that_size(turn.frame, found) or found)[:MOST_PRODUCTS]
    if not shown:
        asked = replace(turn.asked, kind=PACKAGING)
        advice = answer(turn.knowledge, asked)
        return turn.answer(Statements(advice), memory=turn.remembered(advice, asked))
    words = Words(sizes_of(turn, shown))
    if not of_kind_named:
        return turn.answer(words)
    return spoke_of(turn, [words], shown, focus="", found=shown, wish=wish_of(turn.frame), kind=LOOKED_FOR)


def sizes_of(turn: Turn, products: Sequence[ProductView]) -> str:
    """The sizes of products in one text."""
    return " ".join(sizes(turn.wording, one) for one in products)


def size_there(turn: Turn, product: ProductView, one: VariantView, counted: bool = False) -> str:
    """Whether one size of a product is there, with `counted` how many."""
    params = {"product": product.title, "size": one.size}
    if counted and one.in_stock and one.stock:
        return turn.say("stock_size_count", count=str(one.stock), **params)
    return turn.say("stock_size_yes" if one.in_stock else "stock_size_no", **params)


def _asked_about(turn: Turn, of_kind_named: bool) -> List[ProductView]:
    """Those of the kind named; where none is named those counted off or listed last."""
    if of_kind_named and (found := called(turn)):
        return found
    if of_kind_named:
        return of_kind(turn.frame, turn.products.search(query(turn.frame, Profile(), turn.resources, turn.currency)), turn.resources.items)
    return named(turn) or read(turn, turn.memory.shown.listed)
