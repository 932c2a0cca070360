"""The services of questions about the shop's products, by kind."""

from __future__ import annotations

from typing import Callable, Mapping

from bot.answers.answer import Answer
from bot.answers.products.age import with_age
from bot.answers.products.arrivals import arrivals
from bot.answers.products.brands import list_brands
from bot.answers.products.cart import to_cart
from bot.answers.products.cheaper import cheaper_ones
from bot.answers.products.counting import how_many_sold
from bot.answers.products.ingredients import product_ingredients
from bot.answers.products.listing import next_page
from bot.answers.products.price import say_price
from bot.answers.products.reduced import on_sale, reduction
from bot.answers.products.search import find_product
from bot.answers.products.similar import find_similar
from bot.answers.products.sizes import say_sizes
from bot.answers.products.stock import stock
from bot.answers.products.vegan import vegan
from bot.answers.products.which_fits import which_of
from bot.answers.turn import Turn

SERVICES: Mapping[str, Callable[[Turn], Answer]] = {
    "find_product": find_product,
    "find_similar": find_similar,
    "price": say_price,
    "stock": with_age(stock),
    "product_ingredients": product_ingredients,
    "vegan": vegan,
    "new": arrivals,
    "sizes": say_sizes,
    "which_of": which_of,
    "next_page": next_page,
    "cheaper_ones": cheaper_ones,
    "brands": list_brands,
    "how_many_sold": how_many_sold,
    "on_sale": on_sale,
    "reduction": reduction,
    "cart": to_cart,
}
