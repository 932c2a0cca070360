"""Products as the catalogue holds them, in the form of a file's records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.importers.base import ImageRecord, ProductRecord, VariantRecord
from bot.store.models import Product, Variant
from bot.store.reading import IMAGES, PRODUCTS, VARIANTS, grouped

AT_ONCE = 500
VARIANT_FIELDS = (
    "sku",
    "size",
    "amount",
    "unit",
    "price",
    "currency",
    "compare_at_price",
    "stock",
    "sells_when_empty",
)


@dataclass(frozen=True)
class StoredProduct:
    """A product of the catalogue and what no file tells of it."""

    id: int
    record: ProductRecord
    in_stock: bool
    restocked_at: datetime | None


def by_ids(session: Session, ids: Sequence[int]) -> list[StoredProduct]:
    """The products with these ids, by rising id."""
    if not ids:
        return []
    values = {"ids": list(ids)}
    variants = grouped(session.execute(VARIANTS, values))
    images = grouped(session.execute(IMAGES, values))
    return [_stored(row, variants[row.id], images[row.id]) for row in session.execute(PRODUCTS, values)]


def by_handles(session: Session, handles: Sequence[str]) -> dict[str, StoredProduct]:
    """The products with these handles."""
    ids = session.execute(select(Product.id).where(Product.handle.in_(handles))).scalars().all()
    return {product.record.handle: product for product in by_ids(session, ids)}


def owners(session: Session, skus: Sequence[str]) -> dict[str, str]:
    """The handle of the product that has each SKU."""
    rows = select(Variant.sku, Product.handle).join(Product, Product.id == Variant.product_id)
    found = session.execute(rows.where(Variant.sku.in_(skus)))
    return {row.sku: row.handle for row in found}


def all_records(session: Session) -> Iterator[ProductRecord]:
    """Every product of the catalogue by rising id, AT_ONCE read at a time."""
    last = 0
    while ids := _next_ids(session, last):
        for product in by_ids(session, ids):
            yield product.record
        last = ids[-1]


def _next_ids(session: Session, last: int) -> list[int]:
    found = select(Product.id).where(Product.id > last).order_by(Product.id).limit(AT_ONCE)
    return list(session.execute(found).scalars())


def _stored(row: Any, variants: Sequence[Any], images: Sequence[Any]) -> StoredProduct:
    record = ProductRecord(
        handle=row.handle,
        title=row.title,
        brand=row.brand,
        product_type_text=row.product_type_text,
        description=row.description,
        active=row.status == "active",
        url=row.url,
        variants=tuple(VariantRecord(*(getattr(one, name) for name in VARIANT_FIELDS)) for one in variants),
        images=tuple(ImageRecord(image.src, image.alt) for image in images),
        ingredients=tuple(row.label),
        concerns=tuple(row.concerns),
        skin_types=tuple(row.skin_types),
        flags=tuple(row.flags),
    )
    return StoredProduct(row.id, record, row.in_stock, row.restocked_at)
