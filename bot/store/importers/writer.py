"""Writes product records into the catalogue: creates, updates only what differs, and says which it was. Whoever uses it
opens and commits the transaction (`bot.store.importers.transaction`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from bot.home.folder import HomeError
from bot.settings import settings
from bot.store.database import renew_version
from bot.store.documents import document
from bot.store.gaps import gaps_of
from bot.store.importers import stored
from bot.store.importers.base import (
    NO_BRAND,
    CatalogueFileError,
    ImportReport,
    ProductRecord,
)
from bot.store.importers.identity import Known, known_of, may_be_renamed, own_handle, renamed_from, renews_only
from bot.store.importers.merging import changes, merged
from bot.store.importers.stored import VARIANT_FIELDS, StoredProduct
from bot.store.mends.overlay import Overlay, bare, overlay_of
from bot.store.models import Brand, Image, Product, Variant, utc_now
from bot.store.ownership import is_sample
from bot.store.text import fold, type_slug

BATCH = 500
MOST_CHANGES = 50
"""So many updated products are told with what differs."""
MOST_MISSING = 0.2
"""More than this share of the products on sale goes off sale only when that is said twice."""
ACTIVE = Product.status == "active"
REFRESH_TOKENS = {
    "sqlite": "INSERT INTO search_token (token, products) SELECT term, doc FROM product_search_words",
    "postgresql": "INSERT INTO search_token (token, products) "
    "SELECT word, ndoc FROM ts_stat('SELECT search_vector FROM product')",
}


@dataclass
class _Change:
    """A product's way through a batch: as it was, as it will be."""

    before: StoredProduct | None
    after: ProductRecord


class CatalogueWriter:
    """Upserts products through one session; what happened goes into `report`."""

    def __init__(self, session: Session, report: ImportReport, mends: Callable[[], Overlay] | None = None) -> None:
        """
        Args:
            session: with the write lock.
            report: what happened.
            mends: gives what the owner mended of products; that of the settings' folder where it is left out.
        """
        self._session = session
        self._mends = mends or (lambda: overlay_of(settings()))
        self._overlay: Overlay | None = None
        self._report = report
        self._brands = {row.name: row.id for row in session.execute(select(Brand.name, Brand.id))}
        self._next_id = int(session.execute(select(func.coalesce(func.max(Product.id), 0))).scalar_one()) + 1
        self._on_sale = int(session.execute(select(func.count(Product.id)).where(ACTIVE)).scalar_one())
        self._changed = False
        self._claimed: set[str] = set()
        self._maybe_renamed: list[ProductRecord] = []

    def write(self, records: Sequence[ProductRecord]) -> None:
        """Writes `records`. Nothing is sent for a product that is already as its record says."""
        known = known_of(self._session, records, self._claimed)
        staged: dict[str, _Change] = {}
        for record in records:
            handle = known.target(record)
            if handle is None and may_be_renamed(record, known):
                self._maybe_renamed.append(record)
            else:
                self._stage(record, handle, known, staged)
        self._send(list(staged.values()))

    def write_counted(self, products: Sequence[tuple[StoredProduct, ProductRecord]]) -> None:
        """Writes products as they are, but for their stock."""
        self._send([_Change(before, after) for before, after in products])

    def write_renamed(self) -> None:
        """Writes the records whose handles were new and whose SKUs were not, now that all handles of the file are known."""
        for start in range(0, len(self._maybe_renamed), BATCH):
            records = self._maybe_renamed[start : start + BATCH]
            known = known_of(self._session, records, self._claimed)
            staged: dict[str, _Change] = {}
            for record in records:
                old = renamed_from(record, known, self._report.named)
                if old:
                    self._report.renamed[record.handle] = old
                self._stage(record, old, known, staged)
            self._send(list(staged.values()))
        self._take_off_moved()

    def deactivate_missing(self, even_many: bool) -> None:
        """Takes off sale what the file did not name. Raises CatalogueFileError where that is more than a fifth of the shop
        and `even_many` is not set; the sample shop's products may always go."""
        named = self._report.named | {*self._report.created, *self._report.updated, *self._report.unchanged}
        rows = self._session.execute(select(Product.id, Product.handle).where(ACTIVE)).all()
        missing = [row for row in rows if row.handle not in named]
        if len(missing) > self._on_sale * MOST_MISSING and not even_many and not is_sample(self._session):
            raise CatalogueFileError(
                f"Nothing was changed: {len(missing)} of {self._on_sale} products are not in this file, more than a fifth. "
                "Look whether the file is whole; if all of these are to go off sale, add --yes."
            )
        self._archive([row.id for row in missing])
        self._report.deactivated += [row.handle for row in missing]

    def finish(self) -> None:
        """Brings what follows from the products up to date, when any has changed."""
        if not self._changed:
            return
        dialect = self._session.get_bind().dialect.name
        self._session.execute(text("DELETE FROM search_token"))
        self._session.execute(text(REFRESH_TOKENS[dialect]))
        if dialect == "postgresql":
            self._session.execute(
                text("SELECT setval(pg_get_serial_sequence('product', 'id'), (SELECT max(id) FROM product))")
            )
            for table in ("product", "variant", "image", "search_token"):
                self._session.execute(text(f"ANALYZE {table}"))
        renew_version(self._session)

    def _stage(self, record: ProductRecord, handle: str | None, known: Known, staged: dict[str, _Change]) -> None:
        """Puts a record over the product of this handle; one without may not take a handle that another product has."""
        before = known.products.get(handle) if handle else None
        if before is None and not record.owns_handle and record.handle in known.products:
            record = replace(record, handle=own_handle(record))
            handle = record.handle if record.handle in known.products else None
            before = known.products.get(handle or "")
        place = handle or record.handle
        now = staged[place].after if place in staged else before.record if before else None
        renews = now is not None and renews_only(record, now)
        if now is not None and not renews and not self._may_take(record, now, known):
            record = replace(record, handle=now.handle)
        after = self._mended(merged(record, bare(now) if now else None, renews), now)
        staged[place] = _Change(before, after)
        self._claimed |= {place, after.handle}

    def _mended(self, record: ProductRecord, now: ProductRecord | None) -> ProductRecord:
        """The product with what its owner mended of it. Raises CatalogueFileError where that cannot be read: without it a product would lose its list."""
        if self._overlay is None:
            try:
                self._overlay = self._mends()
            except HomeError as error:
                raise CatalogueFileError(f"Nothing was changed: {error} Mend that file, or take it away.") from error
        return self._overlay.over(record, now.unmended.key if now and now.unmended else "")

    def _may_take(self, record: ProductRecord, now: ProductRecord, known: Known) -> bool:
        """Whether the product may go by the record's handle from now on: handles that were made up stay as they are."""
        return record.handle == now.handle or (record.owns_handle and record.handle not in known.products)

    def _take_off_moved(self) -> None:
        """A product that the file does not name and whose SKUs have all gone into products that it does is sold as these."""
        if not self._maybe_renamed:
            return
        skus = sorted({one.sku for record in self._maybe_renamed for one in record.variants if one.sku})
        owners = stored.owners(self._session, skus)
        handles = {one for some in owners.values() for one in some} - self._claimed - self._report.named
        for product in stored.by_handles(self._session, sorted(handles)).values():
            if product.record.active and all(one.sku in skus for one in product.record.variants):
                self._archive([product.id])
                self._report.moved.append(product.record.handle)
                self._on_sale -= 1

    def _archive(self, ids: Sequence[int]) -> None:
        values = {"status": "archived", "search_document": "", "updated_at": utc_now()}
        for start in range(0, len(ids), BATCH):
            some = update(Product).where(Product.id.in_(ids[start : start + BATCH])).values(values)
            self._session.execute(some.execution_options(synchronize_session=False))
        self._changed = self._changed or bool(ids)

    def _send(self, staged: Sequence[_Change]) -> None:
        new = [change for change in staged if change.before is None]
        updated = [change for change in staged if change.before and change.before.record != change.after]
        changed = {change.after.handle for change in (*new, *updated)}
        self._report.created += [change.after.handle for change in new]
        self._report.updated += [change.after.handle for change in updated]
        self._report.unchanged += [one.after.handle for one in staged if one.after.handle not in changed]
        for change in updated:
            if len(self._report.changes) < MOST_CHANGES and change.before:
                self._report.changes[change.after.handle] = changes(change.before.record, change.after)
        if not changed:
            return
        self._changed = True
        self._add_brands(change.after.brand or NO_BRAND for change in (*new, *updated))
        ids = [*range(self._next_id, self._next_id + len(new))]
        self._next_id += len(new)
        moment = utc_now()
        if new:
            rows = [self._row(product_id, change, moment) for product_id, change in zip(ids, new)]
            self._session.execute(insert(Product.__table__), rows)
        old = [change.before.id for change in updated if change.before]
        if updated:
            rows = [self._row(product_id, change, moment) for product_id, change in zip(old, updated)]
            self._session.execute(UPDATE, [{f"new_{name}": value for name, value in row.items()} for row in rows])
        self._renew_parts([*zip(ids, new), *((change.before.id, change) for change in updated if change.before and _has_other_parts(change))])

    def _add_brands(self, names: Iterable[str]) -> None:
        missing = [{"name": name} for name in dict.fromkeys(names) if name not in self._brands]
        if missing:
            self._session.execute(insert(Brand.__table__), missing)
            found = select(Brand.name, Brand.id).where(Brand.name.in_([one["name"] for one in missing]))
            self._brands.update({row.name: row.id for row in self._session.execute(found)})

    def _row(self, product_id: int, change: _Change, moment: datetime) -> dict[str, Any]:
        record, before = change.after, change.before
        tags = [list(one or ()) for one in (record.ingredients, record.concerns, record.skin_types, record.flags)]
        derived = {"derived_concerns": list(record.derived_concerns), "derived_skin_types": list(record.derived_skin_types)}
        in_stock = any(one.stock is None or one.stock > 0 or one.sells_when_empty for one in record.variants)
        came_back = before is not None and in_stock and not before.in_stock
        price = min(one.price for one in record.variants)
        brand, kind = record.brand or NO_BRAND, record.product_type_text or ""
        label, concerns, skin_types, flags = tags
        found = document(
            record.title, brand, kind, in_stock, price, label, concerns or derived["derived_concerns"],
            skin_types or derived["derived_skin_types"], flags, record.kind, record.named,
        )
        row = {
            "id": product_id,
            "source": record.source,
            "shop_id": record.shop_id,
            "handle": record.handle,
            "title": record.title,
            "folded_title": fold(record.title),
            "product_type": type_slug(kind),
            "product_type_text": kind,
            "kind": record.kind,
            "kind_reason": record.kind_reason,
            "description": record.description,
            "brand_id": self._brands[brand],
            "status": "active" if record.active else "archived",
            "url": record.url,
            "updated_at": moment,
            "restocked_at": moment if came_back else before.restocked_at if before else None,
            **dict(zip(("label", "concerns", "skin_types", "flags"), tags)),
            **derived,
            "label_doubt": record.label_doubt,
            "named": list(record.named),
            "unmended": asdict(record.unmended) if record.unmended else None,
            "gaps": gaps_of(record, in_stock),
            "price_min": price,
            "in_stock": in_stock,
            "search_document": found if record.active else "",
        }
        return row if before else {**row, "created_at": moment}

    def _renew_parts(self, staged: Sequence[tuple[int, _Change]]) -> None:
        """Writes the sizes and pictures of products, by their ids."""
        old = [product_id for product_id, change in staged if change.before]
        if old:
            self._session.execute(delete(Variant.__table__).where(Variant.product_id.in_(old)))
            self._session.execute(delete(Image.__table__).where(Image.product_id.in_(old)))
        variants = [
            {"product_id": product_id, "position": position, **{name: getattr(one, name) for name in VARIANT_FIELDS}}
            for product_id, change in staged
            for position, one in enumerate(change.after.variants)
        ]
        images = [
            {"product_id": product_id, "position": position, "src": one.src, "alt": one.alt}
            for product_id, change in staged
            for position, one in enumerate(change.after.images or ())
        ]
        if variants:
            self._session.execute(insert(Variant.__table__), variants)
        if images:
            self._session.execute(insert(Image.__table__), images)


def _has_other_parts(change: _Change) -> bool:
    before = change.before.record if change.before else None
    return before is None or (before.variants, before.images) != (change.after.variants, change.after.images)


_WRITTEN = [column.name for column in Product.__table__.columns if column.name not in ("id", "created_at")]
UPDATE = (
    update(Product.__table__)
    .where(Product.__table__.c.id == bindparam("new_id"))
    .values({name: bindparam(f"new_{name}") for name in _WRITTEN})
)
