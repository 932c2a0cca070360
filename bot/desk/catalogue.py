"""Products for the desk: found by words for the staff to choose, and by handle to be sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Optional
from urllib.parse import urlsplit

from bot.answers.products.cards import card, price
from bot.answers.products.cart_links import cart_links
from bot.channels.demo_shelf import public_address
from bot.store.database import Database
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView

MOST = 20


class Catalogue:
    """Reads the products on sale. Calls block: keep them off an event loop."""

    def __init__(self, database: Database, cart_link: Callable[[], Optional[str]]) -> None:
        """
        Args:
            database: the shop's.
            cart_link: gives the form of the shop's links into the cart, None where it has none.
        """
        self._database = database
        self._cart_link = cart_link

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

    def cards(self, products: Sequence[ProductView]) -> list[dict[str, Any]]:
        """The products as the cards that a customer gets."""
        form = self._cart_link()
        return [card(one, cart=cart_links(form, one)) for one in products]


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
