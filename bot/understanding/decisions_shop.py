"""Decisions of a conversation about the shop's products: lists, prices, sizes and what narrows them; see `decisions`."""

from __future__ import annotations

from bot.understanding import shopping, wishes
from bot.understanding.context import FOLLOW_UP, ROUTINES, Context
from bot.understanding.frame import SURE
from bot.understanding.routine import meant as routines

OF_SHOP = frozenset({"find_product", "find_similar", "price", "stock", "product_ingredients", "vegan", "new", "start_finder"})
# Kinds as which "show me more" and "any cheaper?" may be read.
OF_LISTS = frozenset({"show_more", "find_similar", "find_product", "follow_up"})


def uses_two_codes(context: Context) -> str:
    """ "Can I use two?" behind a question about discounts."""
    return "discount" if shopping.uses_two_codes(context.frame, context.memory) else ""


def sizes_of_products(context: Context) -> str:
    """How big products of a kind are, or those listed."""
    return "sizes" if shopping.asks_for_sizes(context.frame, context.memory, context.page) else ""


def which_of_those_shown(context: Context) -> str:
    """Which of the products shown last fits."""
    return "which_of" if shopping.asks_which(context.frame, context.memory, context.knowledge) else ""


def a_list_goes_on(context: Context) -> str:
    """The next page of a list, or something for less."""
    frame, memory = context.frame, context.memory
    if frame.kind not in OF_LISTS and frame.band == SURE:
        return ""
    if shopping.wants_next_page(frame, memory):
        return "next_page"
    if shopping.cheapens_the_routine(frame, memory):
        return "build_routine"
    return shopping.asks_for_cheaper(frame, memory, context.page)


def products_of_the_shop(context: Context) -> str:
    """Products of the shop for a need or of a kind: "what do you have for brown spots?"."""
    of_shop = context.frame.kind in OF_SHOP or context.frame.kind in ROUTINES
    return "find_product" if not of_shop and shopping.asks_for_products(context.frame, context.knowledge) else ""


def cost_of_the_routine(context: Context) -> str:
    """ "How much is it all together?" after a routine was built."""
    asks = context.frame.kind in ("price", "amount") or context.frame.band != SURE
    return "routine_cost" if asks and routines.asks_what_it_costs(context.frame, context.memory) else ""


def price_of_something_else(context: Context) -> str:
    """ "Any cheaper?" that asks for no discount; the price of delivery, the cheapest of a kind, how two kinds differ."""
    frame, memory = context.frame, context.memory
    if frame.kind == "price" and shopping.compares_kinds(frame):
        return "difference"
    if shopping.price_of_delivery(frame, memory):
        return "delivery_cost"
    if frame.kind not in ROUTINES and shopping.cheapest_of_a_kind(frame):
        return "price"
    if frame.kind == "find_product" and shopping.asks_for_brands(frame):
        return "brands"
    return shopping.cheaper_means_no_discount(frame, memory, context.page)


def narrows_the_list(context: Context) -> str:
    """A short message that adds a wish to those of the list shown last."""
    frame, memory = context.frame, context.memory
    if shopping.counted(frame, memory):
        return ""
    if frame.kind in ("tell_profile", FOLLOW_UP) and wishes.plainly_narrows(frame, memory):
        return "find_product"
    return "find_product" if frame.band != SURE and wishes.narrows(frame, memory) else ""


def skincare_after_all(context: Context) -> str:
    """A short, bare message that means the last skincare question, where it would otherwise be one about the shop."""
    return shopping.skincare_instead(context.frame, context.memory, context.page)
