"""Variants of products with what they cost now and whether they can be had, as the shop's own strategy tells a guest."""

from __future__ import annotations

from typing import Any, Iterable

from oscar.core.loading import get_class, get_model

Product = get_model("catalogue", "Product")
Selector = get_class("partner.strategy", "Selector")
MOST = 10


def variants_of(product_id: int) -> list[dict[str, Any]]:
    """All variants of a product, or the product itself where it has none."""
    found = Product.objects.filter(id=product_id).first()
    return _variants(found) if found is not None else []


def products_of(words: Iterable[str]) -> list[list[dict[str, Any]]]:
    """The variants of products on sale whose title holds all these words."""
    found = Product.objects.browsable()
    for word in words:
        found = found.filter(title__icontains=word)
    return [_variants(one) for one in found.order_by("id")[:MOST]]


def _variants(product: Any) -> list[dict[str, Any]]:
    strategy = Selector().strategy()
    those = product.children.public().order_by("id") if product.is_parent else [product]
    return [one for one in (_variant(each, product.title, strategy.fetch_for_product(each)) for each in those) if one is not None]


def _variant(product: Any, title: str, info: Any) -> dict[str, Any] | None:
    if info.stockrecord is None or not info.price.exists:
        return None
    price = info.price.incl_tax if info.price.is_tax_known else info.price.excl_tax
    options = {one.attribute.code: one.value_as_text for one in product.attribute_values.select_related("attribute")} if product.is_child else {}
    return {
        "sku": info.stockrecord.partner_sku, "title": title, "options": options, "price": str(price), "currency": info.price.currency,
        "available": info.availability.is_available_to_buy,
    }  # fmt: skip
