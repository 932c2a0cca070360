"""Reads products as views: three statements, whatever the number of products."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.labels.inci import normalise_inci
from bot.store.models import Brand, Image, Product, Variant
from bot.store.views import ImageView, ProductView, VariantView


def read_products(session: Session, ids: Sequence[int]) -> dict[int, ProductView]:
    """The products with these ids as views. An id that does not exist, or has no price, is left out."""
    if not ids:
        return {}
    values = {"ids": list(ids)}
    variants = grouped(session.execute(VARIANTS, values))
    images = grouped(session.execute(IMAGES, values))
    rows = session.execute(PRODUCTS, values)
    return {row.id: _view(row, variants[row.id], images[row.id]) for row in rows if row.id in variants}


def _view(row: Any, variants: Sequence[Any], images: Sequence[Any]) -> ProductView:
    sizes = tuple(_variant(variant) for variant in variants)
    counted = [variant.stock for variant in sizes if variant.stock is not None]
    prices = [variant.price for variant in sizes]
    return ProductView(
        handle=row.handle,
        title=row.title,
        brand=row.brand,
        product_type=row.product_type,
        product_type_text=row.product_type_text,
        description=row.description,
        url=row.url,
        image=ImageView(images[0].src, images[0].alt) if images else None,
        price_min=min(prices),
        price_max=max(prices),
        currency=sizes[0].currency,
        in_stock=any(variant.in_stock for variant in sizes),
        stock=sum(counted) if counted else None,
        sizes=tuple(variant.size for variant in sizes if variant.size),
        variants=sizes,
        ingredients=tuple(row.label),
        inci=tuple(map(_inci, row.label)),
        concerns=tuple(row.concerns or row.derived_concerns),
        skin_types=tuple(row.skin_types or row.derived_skin_types),
        flags=tuple(row.flags),
        kind=row.kind,
        kind_reason=row.kind_reason,
        named=tuple(row.named),
        derived=_derived(row),
        added_at=row.created_at,
        restocked_at=row.restocked_at,
    )


def _derived(row: Any) -> frozenset[str]:
    fields = {"concerns": (row.concerns, row.derived_concerns), "skin_types": (row.skin_types, row.derived_skin_types)}
    return frozenset(name for name, (told, derived) in fields.items() if derived and not told)


def _variant(row: Any) -> VariantView:
    return VariantView(
        sku=row.sku,
        size=row.size,
        amount=row.amount,
        unit=row.unit,
        price=row.price,
        compare_at_price=row.compare_at_price,
        currency=row.currency,
        stock=row.stock,
        in_stock=row.stock is None or row.stock > 0 or row.sells_when_empty,
        counted=row.stock is not None,
        available=bool(row.stock) or bool(row.available) or row.sells_when_empty,
        shop_id=row.shop_id,
    )


_inci = lru_cache(maxsize=20_000)(normalise_inci)


def grouped(rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    """The rows by their `product_id`."""
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.product_id].append(row)
    return groups


def _ids() -> Any:
    return bindparam("ids", expanding=True)


PRODUCTS = select(*Product.__table__.columns, Brand.name.label("brand")).join(Brand, Brand.id == Product.brand_id)
PRODUCTS = PRODUCTS.where(Product.id.in_(_ids())).order_by(Product.id)
VARIANTS = (
    select(*Variant.__table__.columns)
    .where(Variant.product_id.in_(_ids()))
    .order_by(Variant.product_id, Variant.position)
)
IMAGES = (
    select(Image.product_id, Image.src, Image.alt)
    .where(Image.product_id.in_(_ids()))
    .order_by(Image.product_id, Image.position)
)
