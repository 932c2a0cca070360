"""A product in a reply: its price in words, its line in a list, its card for channels that show one."""

from __future__ import annotations

from typing import Any

from babel.numbers import get_currency_precision

from bot.answers.wording import Wording
from bot.store.views import ProductView


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


def sizes(wording: Wording, product: ProductView) -> str:
    """Every size on sale with its price; that there is but one where it has no size."""
    parts = [f"{one.size} ({amount_of(one.price, one.currency)})" for one in product.variants if one.size]
    key = "sizes_of" if parts else "sizes_unknown"
    return wording.say(key, product=product.title, sizes=", ".join(parts), price=price(product))


def line(wording: Wording, product: ProductView, reason: str = "") -> str:
    """One line of a list: title, price, stock, why."""
    stock = wording.say("in_stock" if product.in_stock else "out_of_stock").lower()
    return f"- **{product.title}**, {price(product)}, {stock}{f': {reason}' if reason else ''}"


def card(product: ProductView, reason: str = "") -> dict[str, Any]:
    """The product as data."""
    return {
        "handle": product.handle, "title": product.title, "brand": product.brand, "price": price(product),
        "in_stock": product.in_stock, "url": product.url, "image": product.image.src if product.image else None,
        "reason": reason,
    }
