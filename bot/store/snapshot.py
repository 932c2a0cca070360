"""What is kept in memory of one version of the catalogue: its vocabulary, the searches and products asked for lately."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import case, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.store.database import catalogue_version
from bot.store.models import Product, SearchToken, Variant
from bot.store.reading import read_products
from bot.store.searching import matching_ids
from bot.store.views import ProductQuery, ProductView
from bot.store.vocabulary import Vocabulary

MOST_VIEWS = 2000
MOST_SEARCHES = 500
MOST_REDUCED = 500
ACTIVE = "active"


class Snapshot:
    """One version of the catalogue. What is not needed is not read."""

    def __init__(self, version: str) -> None:
        self.version = version
        self._lock = Lock()
        self._vocabulary: Vocabulary | None = None
        self._currency: str | None = None
        self._kinds: dict[str, tuple[int, int]] | None = None
        self._reduced: list[int] | None = None
        self._views: OrderedDict[int, ProductView] = OrderedDict()
        self._searches: OrderedDict[ProductQuery, list[int]] = OrderedDict()

    def vocabulary(self, session: Session) -> Vocabulary:
        """The words of the catalogue."""
        with self._lock:
            if self._vocabulary is None:
                rows = session.execute(select(SearchToken.token, SearchToken.products))
                self._vocabulary = Vocabulary({row.token: row.products for row in rows})
            return self._vocabulary

    def currency(self, session: Session) -> str:
        """The currency of most prices; empty where there is none."""
        with self._lock:
            if self._currency is None:
                counted = select(Variant.currency).group_by(Variant.currency).order_by(func.count().desc()).limit(1)
                self._currency = session.execute(counted).scalar() or ""
            return self._currency

    def kinds(self, session: Session) -> dict[str, tuple[int, int]]:
        """How many products on sale there are of each kind, and how many of them are in stock."""
        with self._lock:
            if self._kinds is None:
                counted = select(Product.kind, func.count(), func.sum(case((Product.in_stock, 1), else_=0)))
                rows = session.execute(counted.where(Product.status == ACTIVE).group_by(Product.kind))
                self._kinds = {kind: (count, int(stocked)) for kind, count, stocked in rows}
            return self._kinds

    def reduced(self, session: Session) -> list[int]:
        """The ids of products of which a size costs less than before, those first of which it is the largest share."""
        with self._lock:
            if self._reduced is None:
                share = func.max((Variant.compare_at_price - Variant.price) * 1000 / Variant.compare_at_price)
                rows = select(Product.id).join(Variant, Variant.product_id == Product.id)
                rows = rows.where(Product.status == ACTIVE, Variant.compare_at_price > Variant.price).group_by(Product.id)
                ids = session.execute(rows.order_by(share.desc(), Product.id).limit(MOST_REDUCED))
                self._reduced = list(ids.scalars())
            return self._reduced

    def matching(self, session: Session, query: ProductQuery) -> list[int]:
        """The ids that `matching_ids` finds; a search made lately is not made again."""
        with self._lock:
            known = self._searches.get(query)
        if known is None:
            known = matching_ids(session, self.vocabulary(session), query)
        with self._lock:
            self._searches[query] = known
            self._searches.move_to_end(query)
            while len(self._searches) > MOST_SEARCHES:
                self._searches.popitem(last=False)
        return known

    def views(self, session: Session, ids: Sequence[int]) -> list[ProductView]:
        """The products with these ids, in their order; those asked for lately are not read again."""
        with self._lock:
            known = {product_id: self._views[product_id] for product_id in ids if product_id in self._views}
        missing = [product_id for product_id in ids if product_id not in known]
        if missing:
            known.update(read_products(session, missing))
        with self._lock:
            for product_id in known:
                self._views[product_id] = known[product_id]
                self._views.move_to_end(product_id)
            while len(self._views) > MOST_VIEWS:
                self._views.popitem(last=False)
        return [known[product_id] for product_id in ids if product_id in known]


def current(session: Session) -> Snapshot:
    """The snapshot of what `session` sees; a new one when the catalogue has changed since the last call."""
    engine = session.get_bind().engine
    version = catalogue_version(session)
    with _lock:
        known = _snapshots.get(engine)
        if known is None or known.version != version:
            known = _snapshots[engine] = Snapshot(version)
        return known


_lock = Lock()
_snapshots: WeakKeyDictionary[Engine, Snapshot] = WeakKeyDictionary()
