"""What products cost: those meant, a kind of product, the cheapest and the dearest of the shop."""

from __future__ import annotations

from dataclasses import replace
from typing import List, Tuple

from bot.answers.answer import Answer, Offer, Words
from bot.answers.products.against import warnings
from bot.answers.products.asked_sizes import asked_sizes, names_a_size
from bot.answers.products.brands import not_sold, sold_brands
from bot.answers.products.by_words import strange_name
from bot.answers.products.cards import amount_of, price, units
from bot.answers.products.cheaper import cheapest, named_at, say_cheapest, tied
from bot.answers.products.item import carries
from bot.answers.products.listing import newly_shown, spoke_of
from bot.answers.products.meant import meant
from bot.answers.products.other_kinds import of_other_kind
from bot.answers.products.query import numbers_in, of_kind, query
from bot.answers.products.sizes import size_there
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.rules.advice import Profile
from bot.rules.names import listed
from bot.store.views import ProductQuery, ProductView, Sort, VariantView
from bot.understanding.frame import SUBJECTS
from bot.understanding.shopping import named_types

FEW, ALL = 6, 200
MOST_PRICED = 3
MOST_SIZES = 4
OF_ALL: Tuple[Tuple[str, Sort, str, str], ...] = (
    ("cheapest_of_all", "price", "price_cheapest", "price_cheapest_tied"),
    ("dearest_of_all", "dearest", "price_dearest", "price_dearest_tied"),
)


def say_price(turn: Turn) -> Answer:
    """The price of the product meant, the span of a kind of product, or that prices vary."""
    of_all = _of_all(turn)
    if of_all is not None:
        return of_all
    one = cheapest(turn) if not named_types(turn.frame) else []
    if one:
        return say_cheapest(turn, one)
    found = meant(turn)
    if found:
        beside = [_stock(turn, product) for product in found] if turn.frame.has("asks_stock_too") else []
        text = " ".join([*(_price_of(turn, product) for product in found), *beside, *warnings(turn, found)])
        return spoke_of(turn, [Words(text, products=newly_shown(turn, found))], found)
    if turn.frame.ids("brand") and not sold_brands(turn):
        return not_sold(turn)
    missing = strange_name(turn)
    if missing:
        return turn.reply(turn.say("products_not_called", name=missing))
    other = of_other_kind(turn)[:MOST_PRICED]
    if other:
        return spoke_of(turn, [Words(" ".join(_price_of(turn, one) for one in other), products=newly_shown(turn, other))], other)
    return _in_a_size(turn) or _of_a_kind(turn)


def _in_a_size(turn: Turn) -> Answer | None:
    """What products of the kind named cost in the size or pack named; None where none is, or very many come in it."""
    if not names_a_size(turn.frame) and not (turn.frame.has("asks_size") and numbers_in(turn.frame)):
        return None
    wanted = replace(query(turn.frame, Profile(), turn.resources, turn.currency), brands=sold_brands(turn))
    offered = of_kind(turn.frame, turn.products.search(wanted), turn.resources.items) if wanted.product_type else []
    found = [one for one in offered if len(asked_sizes(turn.frame, one)) == 1]
    if not found or len(found) > MOST_PRICED:
        return None
    return spoke_of(turn, [Words(" ".join(_price_of(turn, one) for one in found), products=newly_shown(turn, found))], found)


def _stock(turn: Turn, product: ProductView) -> str:
    """Whether the size named, or else the product, is there; how many, where the shop counts them."""
    asked = asked_sizes(turn.frame, product)
    if len(asked) == 1:
        return size_there(turn, product, asked[0], counted=True)
    if product.in_stock and product.stock:
        return turn.say("stock_count", product=product.title, count=str(product.stock))
    return turn.say("stock_yes_one" if product.in_stock else "stock_no", product=product.title)


def _of_all(turn: Turn) -> Answer | None:
    """The cheapest or the dearest product of the shop, where that is asked and nothing is named."""
    if turn.frame.of(*SUBJECTS, "product"):
        return None
    for cue, sort, key, several in OF_ALL:
        found = turn.products.search(ProductQuery(sort=sort, limit=FEW)) if turn.frame.has(cue) else []
        if found:
            first = tied(found, dearest=sort == "dearest")
            amount = first[0].price_min if sort == "price" else first[0].price_max
            text = named_at(turn, key, several, first, amount_of(amount, first[0].currency))
            return turn.answer(Words(text, products=[Offer(one) for one in first[:FEW]]))
    return None


def _of_a_kind(turn: Turn) -> Answer:
    """From what to what the products of the kind named cost."""
    lowest, highest = _first_of_kind(turn, "price"), _first_of_kind(turn, "dearest")
    if not lowest or not highest:
        return turn.reply(turn.say("price_which"))
    if turn.frame.has("dearest"):
        cost = amount_of(highest[0].price_max, highest[0].currency)
        return spoke_of(turn, [_named(turn, tied(highest, dearest=True), cost)], highest[:1])
    kind = turn.knowledge.product_types[named_types(turn.frame)[0]]
    low, high, currency = lowest[0].price_min, highest[0].price_max, lowest[0].currency
    text = turn.say(
        "price_one" if low == high else "price_span" if len(tied(lowest)) == 1 else "price_span_tied",
        products=kind.plural or f"{kind.name}s",
        low=units(low, currency),
        high=units(high, currency),
        currency=currency,
        cheapest=listed([one.title for one in tied(lowest)[:MOST_PRICED]]),
    )
    return spoke_of(turn, [Words(text, products=[Offer(lowest[0])])], lowest[:1])


def _named(turn: Turn, first: List[ProductView], cost: str) -> Words:
    """The dearest of a kind, or those that share the place, with their cards."""
    return Words(named_at(turn, "price_dearest_kind", "price_dearest_kind_tied", first, cost), products=[Offer(one) for one in first[:FEW]])


def _price_of(turn: Turn, product: ProductView) -> str:
    """The price of the size that the question names, else of each where they are few and differ."""
    asked = asked_sizes(turn.frame, product)
    if len(asked) == 1:
        return turn.say("price_size", product=product.title, size=asked[0].size, price=amount_of(asked[0].price, asked[0].currency))
    sizes = product.variants
    if 1 < len(sizes) <= MOST_SIZES and len({one.price for one in sizes}) > 1 and all(one.size for one in sizes):
        return turn.say("price_sizes", product=product.title, sizes=listed([_size_at(turn, one) for one in sizes]))
    return turn.say("price_of", product=product.title, price=price(product))


def _size_at(turn: Turn, one: VariantView) -> str:
    key = "price_in_size" if one.in_stock else "price_in_size_out"
    return inside(turn.say(key, price=amount_of(one.price, one.currency), size=one.size))


def _first_of_kind(turn: Turn, sort: Sort) -> List[ProductView]:
    """The first products in this order of the kind that the question names, of those in stock where there are some; more are
    read where the first ones are of a kind beside it."""
    whole = replace(query(turn.frame, Profile(), turn.resources, turn.currency), sort=sort, brands=sold_brands(turn))
    said = [one.text for one in turn.frame.of("product_type")]
    narrows = all(map(turn.resources.items.narrows, said))
    found: List[ProductView] = []
    for wanted in (replace(whole, in_stock=True), whole):
        for limit in (FEW, ALL):
            if wanted.product_type:
                found = of_kind(turn.frame, turn.products.search(replace(wanted, limit=limit)), turn.resources.items)
            if any(carries(one, said) for one in found) or (found and not narrows):
                return found
        if found:
            return found
    return found
