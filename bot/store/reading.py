"""Reads products as views: a fixed number of statements, whatever the number of products."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, literal_column, select, union_all
from sqlalchemy.orm import Session

from bot.store.models import (
    Brand,
    Image,
    Ingredient,
    Product,
    ProductIngredient,
    Variant,
    product_concern,
    product_flag,
    product_skin_type,
)
from bot.store.views import ImageView, ProductView, VariantView

_TAG_TABLES = {"concern": product_concern, "skin": product_skin_type, "flag": product_flag}


def read_products(session: Session, ids: Sequence[int]) -> dict[int, ProductView]:
    """The products with these ids as views. An id that does not exist, or has no price, is left out."""
    if not ids:
        return {}
    values = {"ids": list(ids)}
    variants = _grouped(session.execute(_VARIANTS, values))
    labels = _grouped(session.execute(_LABELS, values))
    images = _grouped(session.execute(_IMAGES, values))
    tags = _grouped(session.execute(_TAGS, values))
    return {
        row.id: _view(row, variants[row.id], labels[row.id], images[row.id], tags[row.id])
        for row in session.execute(_PRODUCTS, values)
        if row.id in variants
    }


def _view(
    row: Any, variants: Sequence[Any], label: Sequence[Any], images: Sequence[Any], tags: Sequence[Any]
) -> ProductView:
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
        ingredients=tuple(entry.name for entry in label),
        inci=tuple(entry.inci for entry in label),
        concerns=_tags(tags, "concern"),
        skin_types=_tags(tags, "skin"),
        flags=_tags(tags, "flag"),
        added_at=row.created_at,
        restocked_at=row.restocked_at,
    )


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
    )


def _tags(rows: Sequence[Any], kind: str) -> tuple[str, ...]:
    return tuple(sorted(row.slug for row in rows if row.kind == kind))


def _grouped(rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.product_id].append(row)
    return groups


def _ids() -> Any:
    return bindparam("ids", expanding=True)


_PRODUCTS = (
    select(
        Product.id,
        Product.handle,
        Product.title,
        Brand.name.label("brand"),
        Product.product_type,
        Product.product_type_text,
        Product.description,
        Product.url,
        Product.created_at,
        Product.restocked_at,
    )
    .join(Brand, Brand.id == Product.brand_id)
    .where(Product.id.in_(_ids()))
)
_VARIANTS = (
    select(
        Variant.product_id,
        Variant.sku,
        Variant.size,
        Variant.amount,
        Variant.unit,
        Variant.price,
        Variant.compare_at_price,
        Variant.currency,
        Variant.stock,
        Variant.sells_when_empty,
    )
    .where(Variant.product_id.in_(_ids()))
    .order_by(Variant.product_id, Variant.position)
)
_LABELS = (
    select(ProductIngredient.product_id, ProductIngredient.name, Ingredient.inci)
    .join(Ingredient, Ingredient.id == ProductIngredient.ingredient_id)
    .where(ProductIngredient.product_id.in_(_ids()))
    .order_by(ProductIngredient.product_id, ProductIngredient.position)
)
_IMAGES = (
    select(Image.product_id, Image.src, Image.alt)
    .where(Image.product_id.in_(_ids()))
    .order_by(Image.product_id, Image.position)
)
_TAGS = union_all(
    *(
        select(table.c.product_id, table.c.slug, literal_column(f"'{kind}'").label("kind")).where(
            table.c.product_id.in_(_ids())
        )
        for kind, table in _TAG_TABLES.items()
    )
)
