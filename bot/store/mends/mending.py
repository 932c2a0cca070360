"""`Mending`: mends products and takes mends back; the catalogue follows at once, and is brought to the file wherever that changed otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Optional

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.home.folder import PRODUCTS, Home, HomeError
from bot.home.versions import Texts, Versions
from bot.rules.knowledge import load
from bot.settings import Settings
from bot.store.database import Database, writing_turn
from bot.store.gaps import MENDED
from bot.store.importers import stored
from bot.store.importers.base import ImportReport, ProductRecord
from bot.store.importers.known_names import KnownNames, known_names
from bot.store.importers.writer import BATCH, CatalogueWriter
from bot.store.mends.file import Mends, mend_of, parsed, written
from bot.store.mends.overlay import Overlay, kinds_of, overlay_of
from bot.store.models import Product

KIND, LABEL = "kind", "label"


class Mending:
    """Calls read and write files and the database: keep them off an event loop. Each raises HomeError where the owner's folder cannot be used, and
    StoreError when the database gives no answer: what is in the file then counts with the next import or start."""

    def __init__(self, chosen: Settings, database: Database) -> None:
        self._chosen, self._database = chosen, database
        self._home = Home(chosen.home)

    def mend(self, record: ProductRecord, who: str, kind: Optional[str] = None, ingredients: Optional[Sequence[str]] = None) -> None:
        """Mends the kind of a product, or its ingredient list; what is mended of it already stays beside."""

        def made(mends: Mends) -> Mends:
            key = Overlay(mends, self._names).key(record) or record.handle
            before = mends.get(key)
            named = mend_of(record, kind or (before.kind if before else ""), ingredients if ingredients is not None else before.ingredients if before else None)
            return {**mends, key: named}

        what = "kind" if ingredients is None else "ingredient list"
        self._change(who, f"Mended the {what} of “{record.title}”", made)

    def take_back(self, record: ProductRecord, who: str, what: str) -> None:
        """Takes back the mended KIND or LABEL of a product.

        Raises:
            HomeError: it is not mended.
        """

        def made(mends: Mends) -> Mends:
            key = Overlay(mends, self._names).key(record)
            before = mends.get(key)
            if before is None or not (before.kind if what == KIND else before.ingredients):
                raise HomeError("This is not mended any more.")
            left = mend_of(record, "", before.ingredients) if what == KIND and before.ingredients else mend_of(record, before.kind, None) if what != KIND and before.kind else None
            others = {other: one for other, one in mends.items() if other != key}
            return others if left is None else {**others, key: left}

        named = "kind" if what == KIND else "ingredient list"
        self._change(who, f"Took back the {named} of “{record.title}”", made)

    def settle(self) -> int:
        """Brings the catalogue to what the file says; returns how many products that changed. Nothing is written where nothing differs."""
        overlay = overlay_of(self._chosen)
        with self._database.session() as session:
            if not any(overlay.over(one.record) != one.record for one in _concerned(session, overlay.mends)):
                return 0
        with writing_turn(self._database.engine), self._database.session(writing=True) as session:
            overlay = overlay_of(self._chosen)  # another process may have changed the file, and settled, meanwhile
            pairs = [(one, after) for one in _concerned(session, overlay.mends) if (after := overlay.over(one.record)) != one.record]
            writer = CatalogueWriter(session, ImportReport())
            for start in range(0, len(pairs), BATCH):
                writer.write_counted(pairs[start : start + BATCH])
            writer.finish()
            session.commit()
            return len(pairs)

    def _change(self, who: str, what: str, make: Callable[[Mends], Mends]) -> None:
        kinds = kinds_of(load(self._chosen.knowledge))

        def changed(now: Texts) -> Texts:
            return {PRODUCTS: written(make(parsed(now.get(PRODUCTS), kinds)))}

        Versions(self._home).change(who, what, changed)
        self.settle()

    def _names(self) -> KnownNames:
        return known_names(self._chosen.knowledge)


def _concerned(session: Session, mends: Mends) -> Iterator[stored.StoredProduct]:
    """Products that are mended, or may have to be."""
    ids = set(session.execute(select(Product.id).where(Product.gaps.op("&")(MENDED) != 0)).scalars())
    handles = {*mends, *stored.by_shop_ids(session, [(one.source, one.shop_id) for one in mends.values() if one.shop_id]).values()}
    skus = sorted({sku for one in mends.values() for sku in one.skus})
    for start in range(0, len(skus), BATCH):
        handles |= {handle for some in stored.owners(session, skus[start : start + BATCH]).values() for handle in some}
    named = sorted(handles)
    for start in range(0, len(named), BATCH):
        ids |= set(session.execute(select(Product.id).where(Product.handle.in_(named[start : start + BATCH]))).scalars())
    wanted = sorted(ids)
    for start in range(0, len(wanted), BATCH):
        yield from stored.by_ids(session, wanted[start : start + BATCH])
