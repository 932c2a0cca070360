"""Reduced products: the list of them, and whether one product is."""

from __future__ import annotations

from typing import List

from bot.answers.answer import Answer, Offer, Offers, Words
from bot.answers.products.cards import amount_of
from bot.answers.products.listing import MOST_PRODUCTS, spoke_of
from bot.answers.products.meant import meant
from bot.answers.products.query import of_kind
from bot.answers.shop.policy import policy_text, say_policy
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.rules.names import listed
from bot.store.views import ProductView, VariantView
from bot.understanding.shopping import named_types
from bot.understanding.wishes import wish_of

DISCOUNT = "discount"
MOST_REDUCED = 60


def on_sale(turn: Turn) -> Answer:
    """The products that cost less than before, of the kind named where one is; where none does, the policy on discounts."""
    found = of_kind(turn.frame, turn.products.reduced(MOST_REDUCED), turn.resources.items)
    if not found:
        none = turn.say("reduced_none_of_kind" if named_types(turn.frame) else "reduced_none")
        return turn.reply(f"{none} {policy_text(turn, DISCOUNT)}")
    shown = [Offer(one, inside(_was(turn, one))) for one in found[:MOST_PRODUCTS]]
    left = len(found) - len(shown)
    hints = [turn.say("products_count", count=str(len(found)), left=str(left))] if left else []
    return spoke_of(turn, [Offers([turn.say("reduced_list")], shown, hints)], found[:MOST_PRODUCTS], found=found, wish=wish_of(turn.frame))


def reduction(turn: Turn) -> Answer:
    """Whether the product meant costs less than before, behind that the policy on discounts."""
    found = meant(turn)
    if not found:
        return say_policy(turn)
    lines = [_reduction(turn, one) for one in found]
    return spoke_of(turn, [Words(" ".join([*lines, policy_text(turn, DISCOUNT)]))], found)


def _reduction(turn: Turn, product: ProductView) -> str:
    was = _was(turn, product)
    return turn.say("reduced_is", product=product.title, sizes=inside(was)) if was else turn.say("reduced_not", product=product.title)


def _was(turn: Turn, product: ProductView) -> str:
    """What each reduced size costs and did cost, empty where none is reduced."""
    lines: List[str] = []
    for one in product.variants:
        before = _before(one)
        if before is not None:
            price = turn.say("reduced_from", price=amount_of(one.price, one.currency), before=amount_of(before, one.currency))
            lines.append(f"{one.size} {price}".strip())
    return listed(lines)


def _before(variant: VariantView) -> int | None:
    """The price before, None where it was no higher."""
    before = variant.compare_at_price
    return before if before is not None and before > variant.price else None
