"""What of a list costs less: "any cheaper ones?", "which is the cheapest?"."""

from __future__ import annotations

from typing import Sequence

from bot.answers.answer import Answer, Words
from bot.answers.products.cards import price
from bot.answers.products.listing import looked_for, show_list, spoke_of
from bot.answers.products.meant import named, read
from bot.answers.turn import Turn
from bot.store.views import ProductView
from bot.understanding.shopping import LOOKED_FOR, recent


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


def cheapest(turn: Turn) -> ProductView | None:
    """The cheapest of the products talked of, where the question asks for that one."""
    if not turn.frame.has("cheapest"):
        return None
    found = named(turn)
    among: Sequence[ProductView] = found if len(found) > 1 else read(turn, recent(turn.memory))
    return min(among, key=_by_price) if len(among) > 1 else None


def say_cheapest(turn: Turn, product: ProductView) -> Answer:
    """Names the cheapest; the list that it is out of is still counted and narrowed."""
    shown = turn.memory.shown
    listed = shown.listed if product.handle in shown.listed else ()
    found = turn.products.by_handles(shown.found) if listed else ()
    words = Words(turn.say("cheapest", product=product.title, price=price(product)))
    return spoke_of(turn, [words], [product], found=found, wish=shown.wish if listed else {}, counted=listed)


def _by_price(product: ProductView) -> tuple[int, str]:
    return (product.price_min, product.handle)
