"""Writes product records into the catalogue: creates, updates only what differs, and says which it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from bot.store.database import Database, renew_version
from bot.store.documents import document
from bot.store.importers import stored
from bot.store.importers.base import NO_BRAND, CatalogueFile, ImportReport, ProductRecord
from bot.store.importers.merging import changes, merged
from bot.store.importers.stored import VARIANT_FIELDS, StoredProduct
from bot.store.models import Brand, Image, Product, Variant, utc_now
from bot.store.text import fold, type_slug

BATCH = 500
MOST_CHANGES = 50
"""So many updated products are told with what differs."""
REFRESH_TOKENS = {
    "sqlite": "INSERT INTO search_token (token, products) SELECT term, doc FROM product_search_words",
    "postgresql": "INSERT INTO search_token (token, products) "
    "SELECT word, ndoc FROM ts_stat('SELECT search_vector FROM product')",
}


def import_catalogue(
    database: Database, source: CatalogueFile, dry_run: bool = False, deactivate_missing: bool = False
) -> ImportReport:
    """Creates or updates every product of `source`. Products that it does not name stay as they are, or with
    `deactivate_missing` are no longer on sale.

    All of it is one transaction: whatever is raised on the way, the catalogue stays as it was. With `dry_run` it
    stays so in any case, and the report says what would have been.
    """
    report = ImportReport()
    with database.session(writing=True) as session:
        writer = CatalogueWriter(session, report)
        records = source.records(report)
        while batch := list(islice(records, BATCH)):
            writer.write(batch)
        if deactivate_missing:
            writer.deactivate_missing()
        if not dry_run:
            writer.finish()
            session.commit()
    report.refused.sort(key=lambda row: row.line)
    return report


@dataclass
class _Change:
    """A product's way through a batch: as it was, as it will be."""

    before: StoredProduct | None
    after: ProductRecord


class CatalogueWriter:
    """Upserts by handle and SKU through one session; what happened goes into `report`."""

    def __init__(self, session: Session, report: ImportReport) -> None:
        self._session = session
        self._report = report
        self._brands = {row.name: row.id for row in session.execute(select(Brand.name, Brand.id))}
        self._next_id = int(session.execute(select(func.coalesce(func.max(Product.id), 0))).scalar_one()) + 1
        self._changed = False

    def write(self, records: Sequence[ProductRecord]) -> None:
        """Writes `records`. Nothing is sent for a product that is already as its record says."""
        owners = stored.owners(self._session, [one.sku for record in records for one in record.variants if one.sku])
        handles = {*(record.handle for record in records), *owners.values()}
        known = stored.by_handles(self._session, sorted(handles))
        staged: dict[str, _Change] = {}
        for record in records:
            self._stage(record, owners, known, staged)
        self._send(list(staged.values()))

    def deactivate_missing(self) -> None:
        """Takes off sale what the file did not name."""
        named = self._report.named | {*self._report.created, *self._report.updated, *self._report.unchanged}
        rows = self._session.execute(select(Product.id, Product.handle).where(Product.status == "active")).all()
        missing = [row for row in rows if row.handle not in named]
        values = {"status": "archived", "search_document": "", "updated_at": utc_now()}
        for start in range(0, len(missing), BATCH):
            ids = [row.id for row in missing[start : start + BATCH]]
            self._session.execute(
                update(Product).where(Product.id.in_(ids)).values(values).execution_options(synchronize_session=False)
            )
        self._report.deactivated += [row.handle for row in missing]
        self._changed = self._changed or bool(missing)

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

    def _stage(
        self,
        record: ProductRecord,
        owners: dict[str, str],
        known: dict[str, StoredProduct],
        staged: dict[str, _Change],
    ) -> None:
        handle = self._handle(record, owners)
        allowed = self._without_foreign_skus(record, handle, owners)
        if not allowed.variants:
            return
        before = known.get(handle)
        now = staged[handle].after if handle in staged else before.record if before else None
        staged[handle] = _Change(before, merged(allowed, now))
        owners.update({variant.sku: handle for variant in allowed.variants if variant.sku})

    def _handle(self, record: ProductRecord, owners: dict[str, str]) -> str:
        """Which product is meant: that of the handle, or, where the file has no handles, that of the SKU."""
        if record.owns_handle:
            return record.handle
        return next((owners[one.sku] for one in record.variants if one.sku in owners), record.handle)

    def _without_foreign_skus(self, record: ProductRecord, handle: str, owners: dict[str, str]) -> ProductRecord:
        """`record` without the variants whose SKU another product has."""
        allowed = []
        for variant in record.variants:
            owner = owners.get(variant.sku or "", handle)
            if owner == handle:
                allowed.append(variant)
            else:
                self._report.refuse(variant.line, f"SKU {variant.sku!r} belongs to the product {owner!r}")
        return record if len(allowed) == len(record.variants) else replace(record, variants=tuple(allowed))

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
            self._session.execute(delete(Variant.__table__).where(Variant.product_id.in_(old)))
            self._session.execute(delete(Image.__table__).where(Image.product_id.in_(old)))
        self._add_parts([*ids, *old], [*new, *updated])

    def _add_brands(self, names: Iterable[str]) -> None:
        missing = [{"name": name} for name in dict.fromkeys(names) if name not in self._brands]
        if missing:
            self._session.execute(insert(Brand.__table__), missing)
            found = select(Brand.name, Brand.id).where(Brand.name.in_([one["name"] for one in missing]))
            self._brands.update({row.name: row.id for row in self._session.execute(found)})

    def _row(self, product_id: int, change: _Change, moment: datetime) -> dict[str, Any]:
        record, before = change.after, change.before
        tags = [list(one or ()) for one in (record.ingredients, record.concerns, record.skin_types, record.flags)]
        in_stock = any(one.stock is None or one.stock > 0 or one.sells_when_empty for one in record.variants)
        came_back = before is not None and in_stock and not before.in_stock
        price = min(one.price for one in record.variants)
        brand, kind = record.brand or NO_BRAND, record.product_type_text or ""
        found = document(record.title, brand, kind, in_stock, price, *tags)
        row = {
            "id": product_id,
            "handle": record.handle,
            "title": record.title,
            "folded_title": fold(record.title),
            "product_type": type_slug(kind),
            "product_type_text": kind,
            "description": record.description,
            "brand_id": self._brands[brand],
            "status": "active" if record.active else "archived",
            "url": record.url,
            "updated_at": moment,
            "restocked_at": moment if came_back else before.restocked_at if before else None,
            **dict(zip(("label", "concerns", "skin_types", "flags"), tags)),
            "price_min": price,
            "in_stock": in_stock,
            "search_document": found if record.active else "",
        }
        return row if before else {**row, "created_at": moment}

    def _add_parts(self, ids: Sequence[int], staged: Sequence[_Change]) -> None:
        variants = [
            {"product_id": product_id, "position": position, **{name: getattr(one, name) for name in VARIANT_FIELDS}}
            for product_id, change in zip(ids, staged)
            for position, one in enumerate(change.after.variants)
        ]
        images = [
            {"product_id": product_id, "position": position, "src": one.src, "alt": one.alt}
            for product_id, change in zip(ids, staged)
            for position, one in enumerate(change.after.images or ())
        ]
        self._session.execute(insert(Variant.__table__), variants)
        if images:
            self._session.execute(insert(Image.__table__), images)


_WRITTEN = [column.name for column in Product.__table__.columns if column.name not in ("id", "created_at")]
UPDATE = (
    update(Product.__table__)
    .where(Product.__table__.c.id == bindparam("new_id"))
    .values({name: bindparam(f"new_{name}") for name in _WRITTEN})
)
