"""What products cost: those meant, a kind of product, the cheapest and the dearest of the shop."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import List, Tuple

from bot.answers.answer import Answer, Words
from bot.answers.products.against import warnings
from bot.answers.products.cards import amount_of, price, units
from bot.answers.products.cheaper import cheapest, say_cheapest
from bot.answers.products.item import carries
from bot.answers.products.listing import spoke_of
from bot.answers.products.meant import meant
from bot.answers.products.query import of_kind, query
from bot.answers.turn import Turn
from bot.rules.advice import Profile
from bot.store.views import ProductQuery, ProductView, Sort
from bot.understanding.frame import SUBJECTS
from bot.understanding.shopping import named_types

FEW, ALL = 6, 200
OF_ALL: Tuple[Tuple[str, Sort, str], ...] = (
    ("cheapest_of_all", "price", "price_cheapest"),
    ("dearest_of_all", "dearest", "price_dearest"),
)


def say_price(turn: Turn) -> Answer:
    """The price of the product meant, the span of a kind of product, or that prices vary."""
    of_all = _of_all(turn)
    if of_all is not None:
        return of_all
    one = cheapest(turn) if not named_types(turn.frame) else None
    if one:
        return say_cheapest(turn, one)
    found = meant(turn)
    if found:
        text = " ".join([*(_price_of(turn, product) for product in found), *warnings(turn, found)])
        return spoke_of(turn, [Words(text)], found)
    return _of_a_kind(turn)


def _of_all(turn: Turn) -> Answer | None:
    """The cheapest or the dearest product of the shop, where that is asked and nothing is named."""
    if turn.frame.of(*SUBJECTS, "product"):
        return None
    for cue, sort, key in OF_ALL:
        found = turn.products.search(ProductQuery(sort=sort, limit=1)) if turn.frame.has(cue) else []
        if found:
            amount = found[0].price_min if sort == "price" else found[0].price_max
            return turn.reply(turn.say(key, product=found[0].title, price=amount_of(amount, found[0].currency)))
    return None


def _of_a_kind(turn: Turn) -> Answer:
    """From what to what the products of the kind named cost."""
    lowest, highest = _first_of_kind(turn, "price"), _first_of_kind(turn, "dearest")
    if not lowest or not highest:
        return turn.reply(turn.say("price_which"))
    kind = turn.knowledge.product_types[named_types(turn.frame)[0]]
    low, high, currency = lowest[0].price_min, highest[0].price_max, lowest[0].currency
    text = turn.say(
        "price_one" if low == high else "price_span",
        products=kind.plural or f"{kind.name}s",
        low=units(low, currency),
        high=units(high, currency),
        currency=currency,
        cheapest=lowest[0].title,
    )
    return spoke_of(turn, [Words(text)], lowest[:1])


def _price_of(turn: Turn, product: ProductView) -> str:
    """The price of the size that the question names, else of all sizes."""
    numbers = {float(digits) for word in turn.frame.words if (digits := _digits(word))}
    sizes = [one for one in product.variants if one.amount in numbers]
    if len(sizes) != 1 or len(product.variants) == 1:
        return turn.say("price_of", product=product.title, price=price(product))
    one = sizes[0]
    return turn.say("price_size", product=product.title, size=one.size, price=amount_of(one.price, one.currency))


def _digits(word: str) -> str:
    """The number that a word begins with ("50ml"); empty where it begins with none."""
    number = "".join(takewhile(lambda letter: letter.isdecimal() or letter == ".", word)).strip(".")
    return number if number.count(".") < 2 and not word.startswith(".") else ""


def _first_of_kind(turn: Turn, sort: Sort) -> List[ProductView]:
    """The first products in this order of the kind that the question names; more are read where the first ones are of
    a kind beside it."""
    wanted = replace(query(turn.frame, Profile(), turn.resources), sort=sort)
    said = [one.text for one in turn.frame.of("product_type")]
    found: List[ProductView] = []
    for limit in (FEW, ALL):
        if wanted.product_type:
            found = of_kind(turn.frame, turn.products.search(replace(wanted, limit=limit)), turn.resources.items)
        if any(carries(one, said) for one in found):
            break
    return found
