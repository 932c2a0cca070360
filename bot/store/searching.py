"""Turns a `ProductQuery` into one SELECT of product ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Integer, and_, case, cast, func, literal, or_, select

from bot.labels.inci import normalise_inci
from bot.store.models import (
    Brand,
    Ingredient,
    Product,
    ProductIngredient,
    Variant,
    product_concern,
    product_flag,
    product_skin_type,
)
from bot.store.text import fold, slug, type_slug, words
from bot.store.views import AnyOf, ProductQuery

ACTIVE = Product.status == "active"


def matching_ids(query: ProductQuery) -> Any:
    """A SELECT of the ids of active products that meet `query`, in its order, within its limit and offset.

    Raises ValueError for a negative limit, offset or price and for an unknown sort.
    """
    if min(query.limit, query.offset, query.min_price or 0, query.max_price or 0) < 0:
        raise ValueError("limit, offset and prices must not be negative")
    return (
        select(Product.id)
        .where(conditions(query))
        .order_by(*_order(query))
        .limit(query.limit)
        .offset(query.offset)
    )


def conditions(query: ProductQuery) -> Any:
    """What a product must meet to be found by `query`."""
    parts = [ACTIVE, *_text(query.text), *_tags(query), *_ingredients(query), *_offer(query)]
    if query.product_type:
        parts.append(Product.product_type.in_([type_slug(name) for name in _names(query.product_type)]))
    if query.brands:
        parts.append(Product.brand_id.in_(select(Brand.id).where(Brand.name.in_(query.brands))))
    return and_(*parts)


def _names(value: AnyOf) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _contains(column: Any, part: str) -> Any:
    """LIKE with the wildcards of `part` taken literally."""
    escaped = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return column.like(f"%{escaped}%", escape="\\")


def _text(text: str | None) -> Iterable[Any]:
    for word in words(text or ""):
        on_label = _on_label(_contains(Ingredient.inci, fold(word).upper()))
        yield or_(_contains(Product.search_text, word), on_label)


def _tags(query: ProductQuery) -> Iterable[Any]:
    if query.concerns:
        yield _tagged(product_concern, query.concerns)
    if query.skin_types:
        yield _tagged(product_skin_type, query.skin_types)
    for flag in query.flags:
        yield _tagged(product_flag, (slug(flag),))


def _tagged(table: Any, slugs: Sequence[str]) -> Any:
    return Product.id.in_(select(table.c.product_id).where(table.c.slug.in_(list(slugs))))


def _ingredients(query: ProductQuery) -> Iterable[Any]:
    for wanted in query.with_ingredients:
        yield _on_label(Ingredient.inci.in_([normalise_inci(name) for name in _names(wanted)]))
    if query.without_ingredients:
        unwanted = [normalise_inci(name) for name in query.without_ingredients]
        yield ~_on_label(Ingredient.inci.in_(unwanted))
        # A product whose label is not known may hold anything.
        yield select(literal(1)).where(ProductIngredient.product_id == Product.id).exists()


def _on_label(condition: Any) -> Any:
    """Not a correlated EXISTS: SQLite would walk all labels with a common ingredient again for each product."""
    holders = select(ProductIngredient.product_id).join(
        Ingredient, Ingredient.id == ProductIngredient.ingredient_id
    )
    return Product.id.in_(holders.where(condition))


def _offer(query: ProductQuery) -> Iterable[Any]:
    if query.max_price is not None:
        yield _lowest_price() <= query.max_price
    if query.min_price is not None:
        yield _lowest_price() >= query.min_price
    if query.sort == "restocked":
        yield Product.restocked_at.is_not(None)
    if query.in_stock is not None:
        yield _available() if query.in_stock else ~_available()


def _lowest_price() -> Any:
    return select(func.min(Variant.price)).where(Variant.product_id == Product.id).scalar_subquery()


def _available() -> Any:
    grounds: list[Any] = [Variant.stock.is_(None), Variant.stock > 0, Variant.sells_when_empty]
    return select(literal(1)).where(Variant.product_id == Product.id, or_(*grounds)).exists()


def _matches(table: Any, slugs: Sequence[str]) -> Any:
    return (
        select(func.count())
        .select_from(table)
        .where(table.c.product_id == Product.id, table.c.slug.in_(list(slugs)))
        .scalar_subquery()
    )


def _order(query: ProductQuery) -> list[Any]:
    by_name = [Product.folded_title, Product.id]
    if query.sort == "name":
        return by_name
    if query.sort == "price":
        return [_lowest_price(), *by_name]
    if query.sort == "price_desc":
        return [_lowest_price().desc(), *by_name]
    if query.sort == "newest":
        return [Product.created_at.desc(), *by_name]
    if query.sort == "restocked":
        return [Product.restocked_at.desc(), *by_name]
    if query.sort != "best":
        raise ValueError(f"unknown sort: {query.sort!r}")
    order: list[Any] = [case((_available(), 0), else_=1)]
    if query.concerns or query.skin_types:
        hits = _matches(product_concern, query.concerns) + _matches(product_skin_type, query.skin_types)
        order.append(cast(hits, Integer).desc())
    return [*order, *by_name]
