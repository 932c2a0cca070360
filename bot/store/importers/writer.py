"""Writes product records into the catalogue: creates, updates only what differs, and says which it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from bot.labels.inci import normalise_inci
from bot.store.database import Database
from bot.store.importers.base import (
    CatalogueFile,
    ImageRecord,
    ImportReport,
    ProductRecord,
    VariantRecord,
    variant_key,
)
from bot.store.models import (
    Brand,
    Concern,
    Flag,
    Image,
    Ingredient,
    Product,
    ProductIngredient,
    SkinType,
    Variant,
    utc_now,
)
from bot.store.text import fold, type_slug, words

BATCH = 100


def import_catalogue(database: Database, source: CatalogueFile) -> ImportReport:
    """Creates or updates every product of `source`; products that it does not name stay as they are.

    All of it is one transaction: whatever is raised on the way, the catalogue stays as it was.
    """
    report = ImportReport()
    with database.session(writing=True) as session:
        writer = CatalogueWriter(session, report)
        records = source.records(report)
        while batch := list(islice(records, BATCH)):
            writer.write(batch)
        session.commit()
    report.refused.sort(key=lambda row: row.line)
    return report


class CatalogueWriter:
    """Upserts by handle and SKU through one session; what happened goes into `report`."""

    def __init__(self, session: Session, report: ImportReport) -> None:
        self._session = session
        self._report = report
        self._brands = _Shared(session, Brand, "name")
        self._ingredients = _Shared(session, Ingredient, "inci")
        self._concerns = _Shared(session, Concern, "slug")
        self._skin_types = _Shared(session, SkinType, "slug")
        self._flags = _Shared(session, Flag, "slug")

    def write(self, records: Sequence[ProductRecord]) -> None:
        """Writes `records` and flushes. Nothing is sent for a product that is already as its record says."""
        known = self._products([record.handle for record in records])
        owners = self._owners([variant.sku for record in records for variant in record.variants])
        self._load_shared(records)
        for record in records:
            allowed = self._without_foreign_skus(record, owners)
            if allowed is not None:
                self._write_one(allowed, known.get(record.handle))
        self._session.flush()

    def _products(self, handles: Sequence[str]) -> dict[str, Product]:
        related = (
            Product.brand,
            Product.variants,
            Product.images,
            Product.concerns,
            Product.skin_types,
            Product.flags,
        )
        found = select(Product).where(Product.handle.in_(handles))
        found = found.options(*(selectinload(attribute) for attribute in related))
        found = found.options(selectinload(Product.label).joinedload(ProductIngredient.ingredient))
        return {product.handle: product for product in self._session.execute(found).scalars()}

    def _owners(self, skus: Iterable[str | None]) -> dict[str, str]:
        """The handle of the product that already has each SKU."""
        rows = (
            select(Variant.sku, Product.handle)
            .join(Product, Product.id == Variant.product_id)
            .where(Variant.sku.in_([sku for sku in skus if sku]))
        )
        return {row.sku: row.handle for row in self._session.execute(rows)}

    def _load_shared(self, records: Sequence[ProductRecord]) -> None:
        self._brands.load(record.brand for record in records)
        self._ingredients.load(normalise_inci(name) for record in records for name in record.ingredients)
        self._concerns.load(tag for record in records for tag in record.concerns)
        self._skin_types.load(tag for record in records for tag in record.skin_types)
        self._flags.load(tag for record in records for tag in record.flags)

    def _without_foreign_skus(self, record: ProductRecord, owners: dict[str, str]) -> ProductRecord | None:
        """`record` without the variants whose SKU another product has; None when none is left."""
        allowed = []
        for variant in record.variants:
            owner = owners.get(variant.sku or "", record.handle)
            if owner == record.handle:
                allowed.append(variant)
            else:
                self._report.refuse(variant.line, f"SKU {variant.sku!r} belongs to the product {owner!r}")
        return replace(record, variants=tuple(allowed)) if allowed else None

    def _write_one(self, record: ProductRecord, product: Product | None) -> None:
        if product is None:
            product = Product()
            product.handle = record.handle
            product.created_at = utc_now()
            self._apply(record, product)
            self._session.add(product)
            self._report.created.append(record.handle)
        elif _as_record(product, record.kept) == record:
            self._report.unchanged.append(record.handle)
        else:
            was_sold_out = not _has_stock(product)
            self._apply(record, product)
            if was_sold_out and _has_stock(product):
                product.restocked_at = product.updated_at
            self._report.updated.append(record.handle)

    def _apply(self, record: ProductRecord, product: Product) -> None:
        product.title = record.title
        product.folded_title = fold(record.title)
        product.search_text = " ".join(words(f"{record.title} {record.brand} {record.product_type_text}"))
        product.product_type = type_slug(record.product_type_text)
        product.product_type_text = record.product_type_text
        product.description = record.description
        product.brand = self._brands[record.brand]
        product.status = "active" if record.active else "archived"
        product.url = record.url
        product.updated_at = utc_now()
        product.concerns = [self._concerns[tag] for tag in record.concerns]
        product.skin_types = [self._skin_types[tag] for tag in record.skin_types]
        product.flags = [self._flags[tag] for tag in record.flags]
        _apply_variants(record, product)
        _apply_images(record, product)
        self._apply_label(record, product)

    def _apply_label(self, record: ProductRecord, product: Product) -> None:
        del product.label[len(record.ingredients) :]
        for position, name in enumerate(record.ingredients):
            if position == len(product.label):
                product.label.append(ProductIngredient())
            product.label[position].position = position
            product.label[position].name = name
            product.label[position].ingredient = self._ingredients[normalise_inci(name)]


def _has_stock(product: Product) -> bool:
    return any(
        variant.stock is None or variant.stock > 0 or variant.sells_when_empty for variant in product.variants
    )


class _Shared:
    """Rows that many products point to, by their natural key; made when first needed."""

    def __init__(self, session: Session, model: Any, key: str) -> None:
        self._session = session
        self._model = model
        self._key = key
        self._rows: dict[str, Any] = {}

    def load(self, keys: Iterable[str]) -> None:
        """Fetches the rows for `keys` that are not known yet, in one statement."""
        missing = {key for key in keys if key not in self._rows}
        if missing:
            found = select(self._model).where(getattr(self._model, self._key).in_(missing))
            for row in self._session.execute(found).scalars():
                self._rows[getattr(row, self._key)] = row

    def __getitem__(self, key: str) -> Any:
        if key not in self._rows:
            self._rows[key] = self._model(**{self._key: key})
            self._session.add(self._rows[key])
        return self._rows[key]


def _apply_variants(record: ProductRecord, product: Product) -> None:
    old = {variant_key(variant.sku, variant.size): variant for variant in product.variants}
    unnamed = {variant.size: variant for variant in product.variants if variant.sku is None}
    kept = [old[key] for key in sorted(record.kept) if key in old]
    current = []
    for position, wanted in enumerate(record.variants):
        variant = old.get(wanted.key) or unnamed.get(wanted.size) or Variant()
        variant.position = position
        for name in VARIANT_FIELDS:
            setattr(variant, name, getattr(wanted, name))
        current.append(variant)
    for position, variant in enumerate(kept, start=len(current)):
        variant.position = position
    product.variants = [*current, *(variant for variant in kept if variant not in current)]


def _apply_images(record: ProductRecord, product: Product) -> None:
    del product.images[len(record.images) :]
    for position, wanted in enumerate(record.images):
        if position == len(product.images):
            product.images.append(Image())
        product.images[position].position = position
        product.images[position].src = wanted.src
        product.images[position].alt = wanted.alt


def _as_record(product: Product, kept: frozenset[str]) -> ProductRecord:
    """What the catalogue holds of a product, in the form of a file's record, without the `kept` variants."""
    variants = (VariantRecord(*(getattr(row, name) for name in VARIANT_FIELDS)) for row in product.variants)
    return ProductRecord(
        handle=product.handle,
        title=product.title,
        brand=product.brand.name,
        product_type_text=product.product_type_text,
        description=product.description,
        active=product.status == "active",
        url=product.url,
        variants=tuple(variant for variant in variants if variant.key not in kept),
        images=tuple(ImageRecord(image.src, image.alt) for image in product.images),
        ingredients=tuple(entry.name for entry in product.label),
        concerns=tuple(sorted(tag.slug for tag in product.concerns)),
        skin_types=tuple(sorted(tag.slug for tag in product.skin_types)),
        flags=tuple(sorted(tag.slug for tag in product.flags)),
    )


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
