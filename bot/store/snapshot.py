"""What is kept in memory of one version of the catalogue: its vocabulary, its names, the searches and products asked for
lately."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.settings import settings
from bot.store.database import catalogue_version
from bot.store.models import Brand, Product, SearchToken
from bot.store.name_table import Name
from bot.store.names import NameIndex
from bot.store.reading import read_products
from bot.store.searching import matching_ids
from bot.store.talk import phrases
from bot.store.views import ProductQuery, ProductView
from bot.store.vocabulary import Vocabulary

MOST_VIEWS = 2000
MOST_SEARCHES = 500
NAMES_AT_ONCE = 2000


class Snapshot:
    """One version of the catalogue. What is not needed is not read."""

    def __init__(self, version: str) -> None:
        self.version = version
        self._lock = Lock()
        self._vocabulary: Vocabulary | None = None
        self._names: NameIndex | None = None
        self._views: OrderedDict[int, ProductView] = OrderedDict()
        self._searches: OrderedDict[ProductQuery, list[int]] = OrderedDict()

    def vocabulary(self, session: Session) -> Vocabulary:
        """The words of the catalogue."""
        with self._lock:
            if self._vocabulary is None:
                rows = session.execute(select(SearchToken.token, SearchToken.products))
                self._vocabulary = Vocabulary({row.token: row.products for row in rows})
            return self._vocabulary

    def names(self, session: Session) -> NameIndex:
        """The names of all products on sale."""
        vocabulary = self.vocabulary(session)
        with self._lock:
            if self._names is None:
                talk = phrases(settings().knowledge, vocabulary.holders)
                self._names = NameIndex(_names(session), vocabulary.label_words, talk)
            return self._names

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


def _names(session: Session) -> Iterator[Name]:
    """The names of all products on sale, NAMES_AT_ONCE a statement: each must end within the time limit, however long
    the names take to be put in order."""
    products = (
        select(Product.id, Product.title, Brand.name, Product.product_type_text)
        .join(Brand, Brand.id == Product.brand_id)
        .where(Product.status == "active", Product.id > bindparam("last"))
        .order_by(Product.id)
        .limit(NAMES_AT_ONCE)
    )
    last = 0
    while rows := session.execute(products, {"last": last}).all():
        yield from (Name(*row) for row in rows)
        last = rows[-1].id


_lock = Lock()
_snapshots: WeakKeyDictionary[Engine, Snapshot] = WeakKeyDictionary()
