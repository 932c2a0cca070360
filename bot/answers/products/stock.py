"""Whether products are in stock, size by size."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from bot.answers.answer import Answer, Words
from bot.answers.products.asked_sizes import asked_sizes, in_that_size, size_not_sold
from bot.answers.products.brands import not_sold, sold_brands
from bot.answers.products.by_words import strange_name
from bot.answers.products.listing import MOST_PRODUCTS, newly_shown, show_list, spoke_of
from bot.answers.products.meant import meant
from bot.answers.products.notice import asked, can_tell, with_offer
from bot.answers.products.other_kinds import of_other_kind
from bot.answers.products.query import of_kind, query
from bot.answers.products.similar import instead, named_instead, say_instead
from bot.answers.products.sizes import size_there, sizes_of
from bot.answers.shop.passing_on import offered
from bot.answers.turn import Turn
from bot.rules.advice import Profile
from bot.rules.names import listed
from bot.store.views import ProductView
from bot.understanding.wishes import wish_of

NOTICE = "stock_notice"
"""What is kept as the policy that was offered to be passed on."""


def stock(turn: Turn) -> Answer:
    """Whether the product meant is in stock, and what is like it where it is not; else what of the kind is."""
    if turn.frame.has("wants_notice") and can_tell(turn) and (notice := asked(turn)) is not None:
        return notice
    found = meant(turn)
    if found:
        others = {one.handle: instead(turn, one) for one in found}
        lines = [part for one in found for part in (_stock(turn, one), named_instead(turn, others[one.handle])) if part]
        out = [one for one in found if not one.in_stock]
        if out and turn.frame.has("wants_notice"):
            return _notice(turn, out)
        if turn.frame.has("wants_notice") and not can_tell(turn):
            lines.append(turn.say("stock_notice_not_yet"))
        missing = len(found) == 1 and not all(one.in_stock for one in asked_sizes(turn.frame, found[0]) or found)
        said = with_offer(turn, " ".join(lines)) if missing else Words(" ".join(lines))
        # What can be bought in its place leads further than what is gone.
        shown = [other for one in found for other in (others[one.handle] or [one])]
        return spoke_of(turn, [replace(said, products=newly_shown(turn, shown))], found)
    if turn.frame.ids("brand") and not sold_brands(turn):
        return not_sold(turn)
    strange = strange_name(turn)
    if strange:
        return turn.reply(turn.say("products_not_called", name=strange))
    other = of_other_kind(turn)
    if other:
        sizes = [text for one in other[:MOST_PRODUCTS] if (text := stock_of_asked(turn, one))]
        return show_list(turn, other, [turn.say("products_named")], sizes, wish=wish_of(turn.frame), for_use=False)
    wanted = replace(query(turn.frame, Profile(), turn.resources, turn.currency), in_stock=True, brands=sold_brands(turn))
    if wanted.product_type or wanted.with_ingredients:
        offered = of_kind(turn.frame, turn.products.search(wanted), turn.resources.items)
        in_size = in_that_size(turn.frame, offered)
        if len(in_size) == 1:
            return spoke_of(turn, [Words(_stock(turn, in_size[0]), products=newly_shown(turn, in_size))], in_size)
        sold = [one for one in offered if one.says_in_stock]
        if not sold and offered:
            return show_list(turn, offered, [turn.say("products_not_counted")], wish=wish_of(turn.frame))
        if sold:
            return show_list(turn, sold, [turn.say("products_in_stock")], wish=wish_of(turn.frame))
        gone = of_kind(turn.frame, turn.products.search(replace(wanted, in_stock=None)), turn.resources.items)
        if gone and wanted.with_ingredients:
            hints = [text] if (text := say_instead(turn, gone[0])) else []
            return show_list(turn, gone, [turn.say("products_sold_out")], hints, wish=wish_of(turn.frame), for_use=False)
    return turn.reply(turn.say("stock_which"))


def _notice(turn: Turn, out: Sequence[ProductView]) -> Answer:
    """Who wants to hear when something is back is passed on to the staff, after a yes or with the address to write to."""
    names = listed([one.title for one in out])
    answer = spoke_of(turn, [Words(turn.say("stock_notice", products=names))], out)
    shown = replace(answer.memory.shown, policy=NOTICE, said=turn.say("plan_notice", products=names), offered="")
    return offered(turn, replace(answer, memory=replace(answer.memory, shown=shown)), "stock_notice_offer")


def stock_of_asked(turn: Turn, product: ProductView) -> str:
    """Whether the size that a question names is there, or that it does not come in it; empty where it names none."""
    asked, missing = asked_sizes(turn.frame, product), size_not_sold(turn.frame, product)
    if missing:
        return not_in_that_size(turn, product, missing)
    if not asked and len(product.variants) > 1 and turn.frame.has("asks_size"):
        return sizes_of(turn, [product])
    return " ".join(size_there(turn, product, one) for one in asked)


def not_in_that_size(turn: Turn, product: ProductView, size: str) -> str:
    """That a product does not come in a size, and in which it does."""
    return turn.say("stock_no_such_size", product=product.title, size=size, sizes=listed(list(product.sizes)))


def _stock(turn: Turn, product: ProductView) -> str:
    """Whether a product is there; of a size that the question names, whether that is; how many where it asks for that."""
    asked = asked_sizes(turn.frame, product)
    if len(asked) == 1:
        return size_there(turn, product, asked[0], counted=turn.frame.has("asks_how_many_left"))
    missing = size_not_sold(turn.frame, product)
    if missing:
        return not_in_that_size(turn, product, missing)
    if turn.frame.has("asks_how_many_left") and product.stock and product.in_stock:
        return turn.say("stock_count", product=product.title, count=str(product.stock))
    here = ", ".join(one.size for one in product.variants if one.in_stock and one.size)
    out = ", ".join(one.size for one in product.variants if not one.in_stock and one.size)
    if not any(variant.in_stock for variant in product.variants):
        return turn.say("stock_no", product=product.title)
    if not product.says_in_stock:
        return turn.say("stock_uncounted", product=product.title)
    text = turn.say("stock_yes", product=product.title, sizes=here) if here else turn.say("stock_yes_one", product=product.title)
    return f"{text} {turn.say('stock_sizes_out', sizes=out)}" if out else text
