"""What of a list costs less: "any cheaper ones?", "which is the cheapest?"."""

from __future__ import annotations

from typing import List, Sequence

from bot.answers.answer import Answer, Words
from bot.answers.products.cards import amount_of, price
from bot.answers.products.listing import looked_for, show_list, spoke_of
from bot.answers.products.meant import named, read
from bot.answers.turn import Turn
from bot.rules.names import listed
from bot.store.views import ProductView
from bot.understanding.shopping import LOOKED_FOR, compares_prices, recent

MOST_TIED = 4


def cheaper_ones(turn: Turn) -> Answer:
    """Those of the whole list that cost less than any shown, the cheapest first; which is the cheapest where none does."""
    shown = turn.memory.shown
    found = sorted(turn.products.by_handles(shown.found), key=_by_price)
    before = turn.products.by_handles(shown.listed)
    if not found:
        return turn.reply(turn.say("products_no_more"))
    lowest = min((one.price_min for one in before), default=0)
    cheaper = [one for one in found if one.price_min < lowest]
    if cheaper:
        return show_list(turn, cheaper, [turn.say("products_cheaper")], wanted=looked_for(turn), wish=shown.wish, kind=LOOKED_FOR)
    text = turn.say("products_none_cheaper", product=found[0].title, price=price(found[0]))
    return spoke_of(turn, [Words(text)], before, focus="", found=found, wish=shown.wish, kind=LOOKED_FOR)


def cheapest(turn: Turn) -> List[ProductView]:
    """The cheapest of the products talked of, where the question asks for that one; several where they cost the same."""
    if not turn.frame.has("cheapest") and not compares_prices(turn.frame):
        return []
    found = named(turn)
    among: Sequence[ProductView] = found if len(found) > 1 else read(turn, recent(turn.memory))
    return tied(sorted(among, key=_by_price)) if len(among) > 1 else []


def tied(by_price: Sequence[ProductView], dearest: bool = False) -> List[ProductView]:
    """Those of products in the order of their prices that cost as much as the first, in the same currency."""
    first = by_price[0]
    if dearest:
        return [one for one in by_price if (one.price_max, one.currency) == (first.price_max, first.currency)]
    return [one for one in by_price if (one.price_min, one.currency) == (first.price_min, first.currency)]


def say_cheapest(turn: Turn, products: Sequence[ProductView]) -> Answer:
    """Names the cheapest, all of them where they cost the same; the list that it is out of is still counted and narrowed."""
    shown, first = turn.memory.shown, products[0]
    counted = shown.listed if first.handle in shown.listed else ()
    found = turn.products.by_handles(shown.found) if counted else ()
    words = Words(named_at(turn, "cheapest", "cheapest_tied", products, amount_of(first.price_min, first.currency)))
    return spoke_of(turn, [words], products, found=found, wish=shown.wish if counted else {}, counted=counted)


def named_at(turn: Turn, one: str, several: str, products: Sequence[ProductView], cost: str) -> str:
    """The wording for a product that is first by its price, or for several that share the place."""
    if len(products) == 1:
        return turn.say(one, product=products[0].title, price=cost)
    return turn.say(several, products=listed([product.title for product in products[:MOST_TIED]]), price=cost)


def _by_price(product: ProductView) -> tuple[int, str]:
    return (product.price_min, product.handle)
