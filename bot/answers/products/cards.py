"""A product in a reply: its price in words, its line in a list, its card for channels that show one."""

from __future__ import annotations

from typing import Any, Sequence

from babel.numbers import get_currency_precision

from bot.answers.products.cart_links import CartLink, on_a_card
from bot.answers.wording import Wording
from bot.store.views import ProductView

PER = {"ml": (100.0, "100 ml"), "l": (0.1, "100 ml"), "g": (100.0, "100 g"), "kg": (0.1, "100 g"), "mg": (100_000.0, "100 g")}
"""How many of a unit, and what they are called."""


def units(amount: int, currency: str) -> str:
    """Minor units as an amount with the currency's own decimals: 1800 USD is "18.00", 1800 KRW is "1800"."""
    decimals = get_currency_precision(currency)
    return f"{amount / 10**decimals:.{decimals}f}"


def minor_units(amount: float, currency: str) -> int:
    """An amount as people say it in minor units: 18.5 USD is 1850."""
    decimals: int = get_currency_precision(currency)
    return round(amount * float(10**decimals))


def amount_of(amount: int, currency: str) -> str:
    """Minor units with their currency: "18.00 USD"."""
    return f"{units(amount, currency)} {currency}"


def price(product: ProductView) -> str:
    """The price with its ISO currency, a span where sizes differ: "18.00 USD", "18.00 to 32.00 USD"."""
    low, high = units(product.price_min, product.currency), units(product.price_max, product.currency)
    return f"{low if low == high else f'{low} to {high}'} {product.currency}"


def per_amount(product: ProductView) -> str:
    """What 100 ml or 100 g cost in its smallest size, 1 of what is counted in pieces: "80.00 USD per 100 ml"; empty where
    the size does not tell."""
    for one in product.variants:
        if one.amount and one.unit:
            factor, base = PER.get(one.unit, (1.0, f"1 {one.unit}"))
            return f"{amount_of(round(one.price * factor / one.amount), one.currency)} per {base}"
    return ""


def sizes(wording: Wording, product: ProductView) -> str:
    """Every size on sale with its price; that there is but one where it has no size."""
    parts = [f"{one.size} ({amount_of(one.price, one.currency)})" for one in product.variants if one.size]
    key = "sizes_of" if parts else "sizes_unknown"
    return wording.say(key, product=product.title, sizes=", ".join(parts), price=price(product))


def stock_key(product: ProductView) -> str:
    """The wording of whether it is there, in two or three words; that nobody counts it where the shop does not say."""
    if not product.in_stock:
        return "out_of_stock"
    return "in_stock" if product.says_in_stock else "stock_not_counted"


def line(wording: Wording, product: ProductView, reason: str = "") -> str:
    """One line of a list: title, price, stock, why."""
    stock = wording.say(stock_key(product)).lower()
    return f"- **{product.title}**, {price(product)}, {stock}{f': {reason}' if reason else ''}"


def card(product: ProductView, reason: str = "", cart: Sequence[CartLink] = ()) -> dict[str, Any]:
    """The product as data: its price in words, and as amounts for channels that write money in their own way. `cart` are the
    shop's links that put it into the cart; where they are too many to choose from on a card, they stand apart, for whoever must know what they
    lead to."""
    prices = [float(units(one, product.currency)) for one in (product.price_min, product.price_max)]
    shown = on_a_card(cart)
    apart = {"links": [one.address for one in cart]} if cart and not shown else {}
    return {
        "handle": product.handle, "title": product.title, "brand": product.brand, "price": price(product),
        "amounts": prices, "currency": product.currency,
        "in_stock": product.in_stock, "url": product.url, "image": product.image.src if product.image else None,
        "reason": reason, "cart": shown, **apart,
    }
