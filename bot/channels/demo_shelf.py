"""What the demo shop's pages show of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Mapping
from urllib.parse import urlencode, urlsplit

from babel.numbers import format_currency, get_currency_precision

from bot.store.database import Database
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView, Sort

PER_PAGE = 24
MOST_BESIDE = 4
ALL = 10_000
LONGEST_SEARCH = 80
SORTS: dict[str, tuple[Sort, str]] = {
    "": ("best", "In stock first"),
    "price": ("price", "Price, low to high"),
    "price_desc": ("price_desc", "Price, high to low"),
    "name": ("name", "Name"),
}


@dataclass(frozen=True)
class Wish:
    """What a visitor asked the list for, as it stands in the page's address; unknown values mean no wish."""

    type: str = ""
    skin: str = ""
    q: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def of(cls, args: Any) -> Wish:
        """From the address's query; anything can stand there."""
        given = {name: str(args.get(name) or "").strip()[:LONGEST_SEARCH] for name in ("type", "skin", "q", "sort")}
        page = str(args.get("page") or "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 1
        if given["sort"] not in SORTS:
            given["sort"] = ""
        return cls(page=max(number, 1), **given)

    def address(self, **changes: Any) -> str:
        """The list's address with these wishes changed; always from its first page unless `page` is given."""
        wanted = replace(self, **{"page": 1, **changes})
        parts = {name: value for name, value in vars(wanted).items() if value and value != 1}
        return f"/?{urlencode(parts)}#shelf" if parts else "/#shelf"


class Shelf:
    """Reads the catalogue for the pages, a short session each time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def product(self, handle: str) -> ProductView | None:
        """The product with this handle, None when the shop does not sell it."""
        with self._database.session() as session:
            return ProductRepository(session).by_handle(handle)

    def brands(self) -> list[str]:
        """The names of all brands, sorted."""
        with self._database.session() as session:
            return ProductRepository(session).brands()

    def beside(self, product: ProductView) -> list[ProductView]:
        """A few other products for the same concerns, in stock."""
        query = ProductQuery(concerns=product.concerns, in_stock=True, limit=MOST_BESIDE + 1)
        with self._database.session() as session:
            found = ProductRepository(session).search(query)
        return [one for one in found if one.handle != product.handle][:MOST_BESIDE]

    def look(self, wish: Wish) -> Mapping[str, Any]:
        """What the list shows for `wish`: `products` of its page, how many there are in all, and the choices."""
        everything = ProductQuery(
            text=wish.q or None,
            skin_types=(wish.skin,) if wish.skin else (),
            sort=SORTS[wish.sort][0],
            limit=ALL,
        )
        with self._database.session() as session:
            repository = ProductRepository(session)
            found = repository.search(replace(everything, product_type=wish.type or None))
            whole = repository.search(ProductQuery(limit=ALL))
        if not wish.sort:
            found = _mixed(found)
        first = (wish.page - 1) * PER_PAGE
        return {
            "products": found[first : first + PER_PAGE],
            "count": len(found),
            "pages": max(1, -(-len(found) // PER_PAGE)),
            "types": _types(whole),
            "skins": sorted({skin for product in whole for skin in product.skin_types}),
            "sorts": {name: label for name, (_, label) in SORTS.items()},
        }


def _mixed(products: list[ProductView]) -> list[ProductView]:
    """A brand after the other in turn, as a shop arranges its shelf; what is sold out comes last."""
    turns: dict[tuple[bool, str], int] = {}
    places = []
    for product in products:
        brand = (product.in_stock, product.brand)
        turns[brand] = turns.get(brand, 0) + 1
        places.append((not product.in_stock, turns[brand]))
    return [products[place] for place in sorted(range(len(products)), key=lambda place: places[place])]


def _types(products: list[ProductView]) -> list[tuple[str, str]]:
    """Slug and word of each product type, those with most products first."""
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for product in products:
        names[product.product_type] = product.product_type_text
        counts[product.product_type] = counts.get(product.product_type, 0) + 1
    return [(slug, names[slug]) for slug in sorted(names, key=lambda slug: (-counts[slug], names[slug])) if slug]


def money(amount: int, currency: str) -> str:
    """Minor units as people read a price: 2400 USD is "$24.00"."""
    return str(format_currency(amount / 10 ** get_currency_precision(currency), currency, locale="en_US"))


def public_address(address: str) -> str:
    """The address if a page may show a picture from it (http, https or the own server), else nothing."""
    return address if urlsplit(address).scheme in ("http", "https") or address.startswith("/") else ""
