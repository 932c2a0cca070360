"""How many products the shop has: in all, of a brand, of a kind, with what is wished."""

from __future__ import annotations

from dataclasses import replace
from typing import Tuple

from bot.answers.answer import Answer
from bot.answers.products.brands import not_sold, sold_brands
from bot.answers.products.listing import show_list
from bot.answers.products.query import CANDIDATES, of_kind, query
from bot.answers.turn import Turn
from bot.rules.advice import Profile
from bot.store.views import ProductQuery
from bot.understanding.frame import NEEDS, SUBJECTS
from bot.understanding.shopping import named_types
from bot.understanding.wishes import wish_of

MOST_READ = 500
"""So many are looked at one by one; of more the shop's own filing is counted."""


def how_many_sold(turn: Turn) -> Answer:
    """The number of those asked for and how many of them are in stock, then the first of them; of everything the number
    alone."""
    frame = turn.frame
    brands = sold_brands(turn)
    if frame.ids("brand") and not brands:
        return not_sold(turn)
    if not brands and not frame.of(*SUBJECTS, *NEEDS):
        return turn.reply(_said(turn, turn.products.count(), turn.products.count(ProductQuery(in_stock=True))))
    wanted = replace(query(frame, Profile(), turn.resources, turn.currency), brands=brands)
    known = _known_count(turn, wanted)
    limit = CANDIDATES if known else MOST_READ
    offered = turn.products.search(replace(wanted, limit=limit))
    found = of_kind(frame, offered, turn.resources.items)
    if not found:
        return turn.reply(turn.say("products_none"))
    counts = known or (len(found), sum(one.in_stock for one in found))
    if not known and len(offered) >= MOST_READ:
        counts = turn.products.count(wanted), turn.products.count(replace(wanted, in_stock=True))
    return show_list(turn, found, [_said(turn, *counts)], wanted=wanted, wish=wish_of(frame), total=counts[0])


def _known_count(turn: Turn, wanted: ProductQuery) -> Tuple[int, int] | None:
    """What the index counts as well as reading every product would: all of a brand or with a wish, and in a large shop all of
    a whole kind. None where products must be looked at."""
    types = named_types(turn.frame)
    if not types:
        return turn.products.count(wanted), turn.products.count(replace(wanted, in_stock=True))
    said = [one.text for one in turn.frame.of("product_type") if one.id in types]
    whole = not all(map(turn.resources.items.narrows, said))
    alone = replace(wanted, product_type=None, limit=ProductQuery.limit) == ProductQuery()
    if not whole or not alone or turn.products.count() <= MOST_READ:
        return None
    return turn.products.count_of_kinds(types)


def _said(turn: Turn, count: int, stocked: int) -> str:
    key = "products_counted_all" if stocked == count else "products_counted"
    return turn.say(key, count=str(count), stocked=str(stocked))
