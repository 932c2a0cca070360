"""What is kept in memory of one version of the catalogue: its vocabulary, the searches and products asked for lately."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.store.database import catalogue_version
from bot.store.models import SearchToken
from bot.store.reading import read_products
from bot.store.searching import matching_ids
from bot.store.views import ProductQuery, ProductView
from bot.store.vocabulary import Vocabulary

MOST_VIEWS = 2000
MOST_SEARCHES = 500


class Snapshot:
    """One version of the catalogue. What is not needed is not read."""

    def __init__(self, version: str) -> None:
        self.version = version
        self._lock = Lock()
        self._vocabulary: Vocabulary | None = None
        self._views: OrderedDict[int, ProductView] = OrderedDict()
        self._searches: OrderedDict[ProductQuery, list[int]] = OrderedDict()

    def vocabulary(self, session: Session) -> Vocabulary:
        """The words of the catalogue."""
        with self._lock:
            if self._vocabulary is None:
                rows = session.execute(select(SearchToken.token, SearchToken.products))
                self._vocabulary = Vocabulary({row.token: row.products for row in rows})
            return self._vocabulary

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
