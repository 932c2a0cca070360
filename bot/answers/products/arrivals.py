"""What is new in the shop and what came back, by the dates in its database; none is ever made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import List

from babel.dates import format_date

from bot.answers.answer import Answer, Offer, Offers, Words
from bot.answers.products.listing import MOST_PRODUCTS, show_list, spoke_of
from bot.answers.products.meant import meant, named
from bot.answers.products.query import of_kind, query
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.rules.advice import Profile
from bot.store.views import ProductView
from bot.understanding.wishes import wish_of

LOCALE = "en"
MARKED_NEW = "new"


def day(moment: datetime) -> str:
    """The day of a moment as people write it: "24 November 2026"."""
    return str(format_date(moment.date(), "d MMMM y", locale=LOCALE))


def arrivals(turn: Turn) -> Answer:
    """The newest products, or with "back" those that were sold out and came back; of one product, its own dates."""
    back = turn.frame.has("came_back")
    of_one = meant(turn)[:1] if turn.frame.has("points_back") else named(turn)[:1]
    if of_one:
        return spoke_of(turn, [Words(_dates(turn, of_one[0], back))], of_one)
    wanted = replace(query(turn.frame, Profile(), turn.resources, turn.currency), sort="restocked" if back else "newest")
    found = of_kind(turn.frame, turn.products.search(wanted), turn.resources.items)
    if not found:
        return turn.reply(turn.say("restocked_none" if back else "products_none"))
    if not back and _all_at_once(found):
        marked = of_kind(turn.frame, turn.products.search(replace(wanted, flags=(*wanted.flags, MARKED_NEW))), turn.resources.items)
        if marked:
            return show_list(turn, marked, [turn.say("products_new")], wish=wish_of(turn.frame))
        count = str(turn.products.count(wanted))
        return turn.reply(turn.say("new_all_same", date=day(found[0].added_at), count=count))
    offers = [Offer(product, _since(turn, product, back)) for product in found[:MOST_PRODUCTS]]
    intro = [turn.say("restocked_found" if back else "new_found")]
    return spoke_of(turn, [Offers(intro, offers)], [one.product for one in offers])


def _all_at_once(found: List[ProductView]) -> bool:
    return len({product.added_at.date() for product in found}) == 1 and len(found) > MOST_PRODUCTS


def _since(turn: Turn, product: ProductView, back: bool) -> str:
    if back and product.restocked_at:
        return inside(turn.say("back_since", date=day(product.restocked_at)))
    return inside(turn.say("new_since", date=day(product.added_at)))


def _dates(turn: Turn, product: ProductView, back: bool) -> str:
    if product.restocked_at and back:
        return turn.say("product_back", product=product.title, date=day(product.restocked_at))
    text = turn.say("product_added", product=product.title, date=day(product.added_at))
    return f"{text} {turn.say('product_never_back')}" if back else text
