"""Whether products are in stock, size by size."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import Answer, Words
from bot.answers.products.listing import show_list, spoke_of
from bot.answers.products.meant import meant
from bot.answers.products.query import of_kind, query
from bot.answers.products.similar import say_instead
from bot.answers.turn import Turn
from bot.rules.advice import Profile
from bot.store.views import ProductView
from bot.understanding.wishes import wish_of


def stock(turn: Turn) -> Answer:
    """Whether the product meant is in stock, and what is like it where it is not; else what of the kind is."""
    found = meant(turn)
    if found:
        lines = [part for one in found for part in (_stock(turn, one), say_instead(turn, one)) if part]
        return spoke_of(turn, [Words(" ".join(lines))], found)
    wanted = replace(query(turn.frame, Profile(), turn.resources), in_stock=True)
    if wanted.product_type or wanted.with_ingredients:
        sold = of_kind(turn.frame, turn.products.search(wanted), turn.resources.items)
        if sold:
            return show_list(turn, sold, [turn.say("products_in_stock")], wish=wish_of(turn.frame))
    return turn.reply(turn.say("stock_which"))


def _stock(turn: Turn, product: ProductView) -> str:
    here = ", ".join(variant.size for variant in product.variants if variant.in_stock)
    out = ", ".join(variant.size for variant in product.variants if not variant.in_stock)
    if not any(variant.in_stock for variant in product.variants):
        return turn.say("stock_no", product=product.title)
    text = turn.say("stock_yes", product=product.title, sizes=here) if here else turn.say("stock_yes_one", product=product.title)
    return f"{text} {turn.say('stock_sizes_out', sizes=out)}" if out else text
