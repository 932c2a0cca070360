"""Presents for somebody whose skin nobody told of: gentle products of kinds that suit nearly everybody, within the budget."""

from __future__ import annotations

from dataclasses import replace
from typing import List

from bot.answers.answer import Answer
from bot.answers.products.against import against
from bot.answers.products.claims import claims
from bot.answers.products.listing import show_list
from bot.answers.products.query import shop_types
from bot.answers.turn import Turn
from bot.rules.conflicts import harsh_for_sensitive
from bot.store.views import ProductQuery, ProductView
from bot.understanding.wishes import wish_of

# Kinds by knowledge id, what makes the nicest present first: nothing that must fit a tone, an age or a complaint.
KINDS = ("moisturizer", "sleeping_mask", "mist", "sheet_mask", "oil_cleanser", "toner")


def gifts(turn: Turn, wanted: ProductQuery) -> Answer:
    """Up to three presents of different kinds; that there is none within the budget where there is none.

    Args:
        wanted: what is looked for, of which the bounds of the price count.
    """
    found = _one_of_each_kind(turn, wanted)
    if not found:
        return turn.reply(turn.say("gifts_none"))
    intro = [*claims(turn, found), turn.say("gifts_intro")]
    return show_list(turn, found, intro, [turn.say("gifts_narrow" if wanted.max_price is None else "gifts_narrow_skin")], wish=wish_of(turn.frame))


def _one_of_each_kind(turn: Turn, wanted: ProductQuery) -> List[ProductView]:
    data, items = turn.knowledge, turn.resources.items
    kinds = shop_types(data, KINDS)
    sold = turn.products.search(replace(wanted, product_type=kinds, in_stock=True))
    gentle = [one for one in sold if not harsh_for_sensitive(data, items.item(one)) and not against(turn, one)]
    first = {items.type_of(one): one for one in reversed(gentle)}
    return [first[kind] for kind in KINDS if kind in first]
