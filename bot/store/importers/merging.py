"""What a file's record makes of the product that the catalogue already has."""

from __future__ import annotations

from dataclasses import replace

from bot.store.importers.base import NO_BRAND, ProductRecord, VariantRecord

FIELDS = {
    "title": "title",
    "brand": "brand",
    "product_type_text": "type",
    "description": "description",
    "active": "status",
    "url": "address",
    "variants": "sizes, prices or stock",
    "images": "pictures",
    "ingredients": "ingredients",
    "concerns": "concerns",
    "skin_types": "skin types",
    "flags": "marks",
}


def merged(told: ProductRecord, known: ProductRecord | None) -> ProductRecord:
    """The product after the import, with every field told.

    A record whose handle was made up and that meets a product of another handle by its SKU (a price feed over a
    full catalogue) only renews the prices and stock of that product's sizes.
    """
    if known is None:
        return replace(
            told,
            url=f"/products/{told.handle}" if told.url is None else told.url,
            brand=told.brand or NO_BRAND,
            product_type_text=told.product_type_text or "",
            description=told.description or "",
            variants=tuple(map(_without_count, told.variants)),
            images=told.images or (),
            ingredients=told.ingredients or (),
            concerns=told.concerns or (),
            skin_types=told.skin_types or (),
            flags=told.flags or (),
        )
    if not told.owns_handle and told.handle != known.handle:
        return replace(known, variants=_renewed(told.variants, known.variants))
    return replace(
        told,
        variants=_variants(told, known),
        **{name: getattr(known, name) for name in FIELDS if getattr(told, name) is None},
    )


def changes(before: ProductRecord, after: ProductRecord) -> tuple[str, ...]:
    """In plain words what differs."""
    return tuple(word for name, word in FIELDS.items() if getattr(before, name) != getattr(after, name))


def _variants(told: ProductRecord, known: ProductRecord) -> tuple[VariantRecord, ...]:
    old = {variant.key: variant for variant in known.variants}
    current = [_counted(variant, old.get(variant.key)) for variant in told.variants]
    keys = {variant.key for variant in current}
    return (*current, *(old[key] for key in sorted(told.kept) if key in old and key not in keys))


def _renewed(told: tuple[VariantRecord, ...], known: tuple[VariantRecord, ...]) -> tuple[VariantRecord, ...]:
    by_sku = {variant.sku: variant for variant in told if variant.sku}
    renewed = []
    for variant in known:
        new = by_sku.get(variant.sku or "")
        renewed.append(
            replace(_counted(new, variant), size=variant.size, amount=variant.amount, unit=variant.unit) if new else variant
        )
    return tuple(renewed)


def _counted(told: VariantRecord, known: VariantRecord | None) -> VariantRecord:
    """`told` with the known stock where the file says no more than that there is some."""
    if told.available and told.stock is None and known is not None and (known.stock or 0) > 0:
        return replace(told, stock=known.stock, available=None)
    return _without_count(told)


def _without_count(variant: VariantRecord) -> VariantRecord:
    return replace(variant, available=None) if variant.available is not None else variant
