"""Products as the catalogue holds them, in the form of a file's records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.importers.base import ImageRecord, ProductRecord, Unmended, VariantRecord
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
    "available",
    "shop_id",
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


def owners(session: Session, skus: Sequence[str]) -> dict[str, list[str]]:
    """The handles of the products that have each SKU, those that came first first."""
    rows = select(Variant.sku, Product.handle).join(Product, Product.id == Variant.product_id)
    found = session.execute(rows.where(Variant.sku.in_(skus)).order_by(Product.id))
    handles: dict[str, list[str]] = {}
    for row in found:
        handles.setdefault(row.sku, []).append(row.handle)
    return handles


def by_shop_ids(session: Session, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The handle of the product of each source and shop's id."""
    found: dict[tuple[str, str], str] = {}
    for source, ids in _by_source(keys).items():
        rows = select(Product.shop_id, Product.handle).where(Product.source == source, Product.shop_id.in_(ids))
        found.update({(source, row.shop_id): row.handle for row in session.execute(rows)})
    return found


def _by_source(keys: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    ids: dict[str, list[str]] = {}
    for source, shop_id in keys:
        ids.setdefault(source, []).append(shop_id)
    return ids


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
        source=row.source,
        shop_id=row.shop_id,
        label_doubt=row.label_doubt,
        named=tuple(row.named),
        kind=row.kind,
        kind_reason=row.kind_reason,
        derived_concerns=tuple(row.derived_concerns),
        derived_skin_types=tuple(row.derived_skin_types),
        unmended=_unmended(row.unmended),
    )
    return StoredProduct(row.id, record, row.in_stock, row.restocked_at)


def _unmended(kept: dict[str, Any] | None) -> Unmended | None:
    """What `dataclasses.asdict` made of it and JSON gave back."""
    return Unmended(**{name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}) if kept else None
