"""Questions to the catalogue. Every answer is a view; only active products are ever given."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.settings import settings
from bot.store.models import Brand, Product, Variant
from bot.store.searching import matching_count
from bot.store.snapshot import Snapshot, current
from bot.store.talk import telling
from bot.store.views import ProductQuery, ProductView

ACTIVE = Product.status == "active"


class ProductRepository:
    """The shop's products as seen through one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def _snapshot(self) -> Snapshot:
        """The catalogue as the session first saw it: asked for once, not with every question."""
        return current(self._session)

    def search(self, query: ProductQuery) -> list[ProductView]:
        """Products that meet `query`, in its order. Raises ValueError for a query that makes no sense."""
        return self._read(self._snapshot.matching(self._session, query))

    def count(self, query: ProductQuery | None = None) -> int:
        """How many products on sale meet `query`, whatever its limit and offset; without one, how many there are."""
        vocabulary = self._snapshot.vocabulary(self._session)
        return vocabulary.on_sale if query is None else matching_count(self._session, vocabulary, query)

    def count_of_kinds(self, kinds: Sequence[str]) -> tuple[int, int]:
        """How many products on sale are of these kinds, by what the import found out, and how many of them are in stock."""
        known = [self._snapshot.kinds(self._session).get(kind, (0, 0)) for kind in dict.fromkeys(kinds)]
        return sum(count for count, _ in known), sum(stocked for _, stocked in known)

    def currency(self) -> str:
        """The currency of most prices; empty in an empty shop."""
        return self._snapshot.currency(self._session)

    def knows(self, word: str) -> bool:
        """True for a folded word that stands in a name of the shop, in Latin letters or in Korean ones that sound so."""
        return self._snapshot.vocabulary(self._session).names(word)

    def by_handle(self, handle: str) -> ProductView | None:
        """The product with this handle, None when the shop does not sell it."""
        found = self.by_handles([handle])
        return found[0] if found else None

    def by_handles(self, handles: Sequence[str]) -> list[ProductView]:
        """The products with these handles, in their order; those that the shop does not sell are left out."""
        if not handles:
            return []
        rows = self._session.execute(select(Product.handle, Product.id).where(ACTIVE, Product.handle.in_(handles)))
        ids = {row.handle: row.id for row in rows}
        return self._read([ids[handle] for handle in dict.fromkeys(handles) if handle in ids])

    def by_sku(self, sku: str) -> ProductView | None:
        """The product that has a variant with this SKU, None when there is none."""
        owner = select(Product.id).join(Variant, Variant.product_id == Product.id)
        found = self._read(self._session.execute(owner.where(ACTIVE, Variant.sku == sku)).scalars().all())
        return found[0] if found else None

    def reduced(self, limit: int) -> list[ProductView]:
        """Products of which a size costs less than before, those first of which it is the largest share."""
        return self._read(self._snapshot.reduced(self._session)[:limit])

    def types(self) -> list[str]:
        """The slugs of all product types on sale, sorted."""
        return self._snapshot.vocabulary(self._session).types

    def brands(self) -> list[str]:
        """The names of all brands on sale, sorted."""
        rows = select(Brand.name).where(select(Product.id).where(ACTIVE, Product.brand_id == Brand.id).exists())
        return sorted(self._session.execute(rows).scalars())

    def titles(self) -> list[tuple[str, str, str, str]]:
        """Handle, brand, title and the shop's word for the kind of every product on sale, sorted by handle."""
        columns = select(Product.handle, Brand.name, Product.title, Product.product_type_text)
        rows = columns.join(Brand, Brand.id == Product.brand_id).where(ACTIVE).order_by(Product.handle)
        return [(handle, brand, title, kind) for handle, brand, title, kind in self._session.execute(rows)]

    def telling_ingredients(self) -> frozenset[tuple[str, ...]]:
        """Names of ingredients, as runs of words, that only a few products hold: see `bot.store.talk`."""
        return telling(settings().knowledge, self._snapshot.vocabulary(self._session).holders)

    def _read(self, ids: Sequence[int]) -> list[ProductView]:
        return self._snapshot.views(self._session, ids)
