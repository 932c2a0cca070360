"""What a file's record makes of the product that the catalogue already has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.store.importers.base import NO_BRAND, ProductRecord, VariantRecord
from bot.store.shop_ids import number_inside

FIELDS = {
    "handle": "handle",
    "title": "title",
    "brand": "brand",
    "product_type_text": "type",
    "kind": "kind",
    "description": "description",
    "active": "status",
    "url": "address",
    "variants": "sizes, prices or stock",
    "images": "pictures",
    "ingredients": "ingredients",
    "label_doubt": "what stands for the ingredients",
    "named": "ingredients named in its text",
    "concerns": "concerns",
    "skin_types": "skin types",
    "derived_concerns": "derived concerns",
    "derived_skin_types": "derived skin types",
    "flags": "marks",
    "shop_id": "the shop's id",
}
UNTOLD = ("brand", "product_type_text", "description", "url", "images", "ingredients", "concerns", "skin_types", "flags")
"""Fields that are None in a record whose file does not tell them."""
FEED_ID = "_"
"""Shopify's feeds name an item shopify_US_<product>_<variant>."""


def merged(told: ProductRecord, known: ProductRecord | None, renews: bool = False) -> ProductRecord:
    """The product after the import, with every field told.

    Args:
        told: the file's record.
        known: the product that it means, None for a new one.
        renews: the record is only a price list over a fuller catalogue: prices and stock of the sizes that it names.
    """
    if known is None:
        return replace(
            told,
            url=f"/products/{told.handle}" if told.url is None else told.url,
            brand=told.brand or NO_BRAND,
            product_type_text=told.product_type_text or "",
            description=told.description or "",
            images=told.images or (),
            ingredients=told.ingredients or (),
            concerns=told.concerns or (),
            skin_types=told.skin_types or (),
            flags=told.flags or (),
        )
    if renews:
        return replace(known, variants=_renewed(told.variants, known.variants))
    return replace(
        told,
        variants=_variants(told, known),
        source=told.source if told.shop_id or not known.source else known.source,
        shop_id=told.shop_id or known.shop_id,
        **_derived(told, known),
        **{name: getattr(known, name) for name in UNTOLD if getattr(told, name) is None},
    )


def changes(before: ProductRecord, after: ProductRecord) -> tuple[str, ...]:
    """In plain words what differs."""
    return tuple(word for name, word in FIELDS.items() if getattr(before, name) != getattr(after, name))


def _derived(told: ProductRecord, known: ProductRecord) -> dict[str, Any]:
    """What follows from words that the file may not have told."""
    found: dict[str, Any] = {}
    if told.product_type_text is None and known.kind:
        found |= {"kind": known.kind, "kind_reason": known.kind_reason}
    if told.description is None:
        found |= {"derived_concerns": known.derived_concerns, "derived_skin_types": known.derived_skin_types}
    if told.ingredients is None:
        named = () if known.ingredients else tuple(dict.fromkeys((*known.named, *told.named)))
        found |= {"label_doubt": known.label_doubt, "named": named}
    return found


def _variants(told: ProductRecord, known: ProductRecord) -> tuple[VariantRecord, ...]:
    pairs = list(_paired(told.variants, known.variants))
    current = [_counted(variant, old) for variant, old in pairs]
    used = {id(old) for _, old in pairs if old}
    return (*current, *(old for old in known.variants if id(old) not in used and _is_kept(old, told)))


def _is_kept(old: VariantRecord, told: ProductRecord) -> bool:
    """Whether the row of this variant was refused, so that nothing new is known of it."""
    return old.key in told.kept or bool(old.sku and old.sku in {sku for sku, _ in told.kept})


def _paired(
    told: Sequence[VariantRecord], known: Sequence[VariantRecord]
) -> Iterator[tuple[VariantRecord, VariantRecord | None]]:
    """Each variant told with the one it was: by the shop's id, by SKU and size, by a SKU or a size that is its alone."""
    skus, sizes = Counter(one.sku for one in known if one.sku), Counter(one.size for one in known)
    by_id = {one.shop_id: one for one in known if one.shop_id}
    by_key = {one.key: one for one in known}
    by_sku = {one.sku: one for one in known if one.sku and skus[one.sku] == 1}
    by_size = {one.size: one for one in known if sizes[one.size] == 1}
    free = {id(one) for one in known}
    for variant in told:
        ways = (by_id.get(variant.shop_id or ""), by_key.get(variant.key), by_sku.get(variant.sku or ""), by_size.get(variant.size))
        old = next((one for one in ways if one and id(one) in free), None)
        free.discard(id(old))
        yield variant, old


def _renewed(told: Sequence[VariantRecord], known: Sequence[VariantRecord]) -> tuple[VariantRecord, ...]:
    """The known variants with the prices and stock of those told that they are: by SKU or by the shop's ids, by size, or
    because both have but one."""
    by_name: dict[str, VariantRecord] = {}
    for one in told:
        names = (one.sku, one.shop_id, (one.shop_id or one.sku or "").rpartition(FEED_ID)[2], one.size)
        for name in names:
            by_name.setdefault(name or "", one)
    by_name.pop("", None)
    renewed = []
    for variant in known:
        new = next((by_name[one] for one in (variant.sku, variant.shop_id, variant.size) if one and one in by_name), None)
        new = new or (told[0] if len(told) == len(known) == 1 else None)
        renewed.append(_with_price(variant, new) if new else variant)
    return tuple(renewed)


def _with_price(known: VariantRecord, told: VariantRecord) -> VariantRecord:
    own = {name: getattr(known, name) for name in ("sku", "size", "amount", "unit")}
    # Shopify's product file tells no ids of sizes, its feeds do; other feeds may name a SKU there.
    shop_id = known.shop_id or (told.shop_id if number_inside(told.shop_id) else None)
    return replace(_counted(told, known), shop_id=shop_id, **own)


def _counted(told: VariantRecord, known: VariantRecord | None) -> VariantRecord:
    """`told` with the known stock where the file says no more than that there is some, and with the known id."""
    if known is None:
        return told
    if told.available and told.stock is None and (known.stock or 0) > 0:
        told = replace(told, stock=known.stock, available=known.available)
    return replace(told, shop_id=known.shop_id) if told.shop_id is None and known.shop_id else told
