"""Products for the desk: found by words for the staff to choose, and by handle to be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.answers.products.cards import price
from bot.channels.demo_shelf import public_address
from bot.store.database import Database
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView

MOST = 20


class Catalogue:
    """Reads the products on sale. Calls block: keep them off an event loop."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def found(self, words: str) -> list[Mapping[str, Any]]:
        """Products with all of these words, as the desk shows them; those in stock first.

        Raises:
            StoreError: when the database gives no answer (so does `products`).
        """
        with self._database.session() as session:
            found = ProductRepository(session).search(ProductQuery(text=words or None, limit=MOST))
        return [shown(one) for one in sorted(found, key=lambda one: not one.in_stock)]

    def products(self, handles: Sequence[str]) -> list[ProductView]:
        """The products with these handles, those that are on sale."""
        if not handles:
            return []
        with self._database.session() as session:
            return ProductRepository(session).by_handles(handles)


def line(product: ProductView) -> str:
    """A product in a line of a message: "- Dew Drop Ampoule, 24.00 USD: https://...", the address where the web knows it."""
    address = f": {product.url}" if urlsplit(product.url).scheme in ("http", "https") else ""
    return f"- {product.title}, {price(product)}{address}"


def shown(product: ProductView) -> Mapping[str, Any]:
    """A product in two lines and a picture."""
    stock = "" if product.in_stock else "sold out"
    image = public_address(product.image.src) if product.image else ""
    return {
        "handle": product.handle, "title": product.title, "image": image,
        "facts": " · ".join(filter(None, (product.brand, price(product), stock))),
    }
