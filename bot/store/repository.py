"""Questions to the catalogue. Every answer is a view; only active products are ever given."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.store.database import catalogue_version
from bot.store.models import Brand, Ingredient, Product, Variant
from bot.store.names import Name, NameIndex
from bot.store.reading import read_products
from bot.store.searching import ACTIVE, conditions, matching_ids
from bot.store.text import words
from bot.store.views import ProductQuery, ProductView


class ProductRepository:
    """The shop's products as seen through one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def search(self, query: ProductQuery) -> list[ProductView]:
        """Products that meet `query`, in its order. Raises ValueError for a query that makes no sense."""
        return self._read(matching_ids(query))

    def named_in(self, message: str) -> list[ProductView]:
        """The products that a chat message names, the surest first; none when it only speaks of skincare.

        Names are kept in memory until the catalogue's version changes.
        """
        names = _name_caches.setdefault(self._session.get_bind().engine, _NameCache()).current(self._session)
        ids = names.index.named_in(message)
        missing = [product_id for product_id in ids if product_id not in names.views]
        if missing:
            names.views.update(read_products(self._session, missing))
        return [names.views[product_id] for product_id in ids if product_id in names.views]

    def brands_in(self, message: str) -> list[str]:
        """The names of the shop's brands that a chat message names, typing slips mended, in the message's order."""
        names = _name_caches.setdefault(self._session.get_bind().engine, _NameCache()).current(self._session)
        return names.index.brands_in(message)

    def by_handle(self, handle: str) -> ProductView | None:
        """The product with this handle, None when the shop does not sell it."""
        return self._one(select(Product.id).where(ACTIVE, Product.handle == handle))

    def by_sku(self, sku: str) -> ProductView | None:
        """The product that has a variant with this SKU, None when there is none."""
        found = select(Product.id).join(Variant, Variant.product_id == Product.id)
        return self._one(found.where(ACTIVE, Variant.sku == sku))

    def types(self) -> list[str]:
        """The slugs of all product types on sale, sorted."""
        rows = select(Product.product_type).where(ACTIVE, Product.product_type != "").distinct()
        return sorted(self._session.execute(rows).scalars())

    def brands(self) -> list[str]:
        """The names of all brands on sale, sorted."""
        rows = select(Brand.name).join(Product, Product.brand_id == Brand.id).where(ACTIVE).distinct()
        return sorted(self._session.execute(rows).scalars())

    def titles(self) -> list[tuple[str, str, str]]:
        """Handle, brand and title of every product on sale, sorted by handle."""
        rows = select(Product.handle, Brand.name, Product.title).join(Brand, Brand.id == Product.brand_id)
        found = self._session.execute(rows.where(ACTIVE).order_by(Product.handle))
        return [(handle, brand, title) for handle, brand, title in found]

    def count(self, query: ProductQuery | None = None) -> int:
        """How many products on sale meet `query`, whatever its limit and offset; without one, how many there are."""
        found = select(func.count(Product.id)).where(conditions(query or ProductQuery()))
        return int(self._session.execute(found).scalar_one())

    def _read(self, statement: Any) -> list[ProductView]:
        ids = list(self._session.execute(statement).scalars())
        views = read_products(self._session, ids)
        return [views[product_id] for product_id in ids if product_id in views]

    def _one(self, statement: Any) -> ProductView | None:
        found = self._read(statement)
        return found[0] if found else None


class _Names:
    """The index of one version of the catalogue, and the views of products it has found so far."""

    def __init__(self, version: str, index: NameIndex) -> None:
        self.version = version
        self.index = index
        self.views: dict[int, ProductView] = {}


class _NameCache:
    """Keeps the index of the catalogue's latest version."""

    def __init__(self) -> None:
        self._names: _Names | None = None

    def current(self, session: Session) -> _Names:
        """The index for what `session` sees; rebuilt when the catalogue has changed since."""
        version = catalogue_version(session)
        names = self._names
        if names is None or names.version != version:
            names = self._names = _Names(version, _build_index(session))
        return names


def _build_index(session: Session) -> NameIndex:
    products = (
        select(Product.id, Product.title, Brand.name, Product.product_type_text)
        .join(Brand, Brand.id == Product.brand_id)
        .where(ACTIVE)
        .order_by(Product.folded_title, Product.id)
    )
    names = [Name(*row) for row in session.execute(products)]
    label_words = {
        word for inci in session.execute(select(Ingredient.inci)).scalars() for word in words(inci)
    }
    return NameIndex(names, label_words)


_name_caches: WeakKeyDictionary[Engine, _NameCache] = WeakKeyDictionary()
