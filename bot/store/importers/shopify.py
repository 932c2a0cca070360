"""Shopify's classic product CSV: rows of one product stand together and share the column Handle.

The columns are those of the shop admin's export (https://github.com/shopifypartners/product-csvs); tags give
concerns, skin types and flags, a metafield column or the body gives the ingredient list.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from babel.numbers import UnknownCurrencyError, validate_currency

from bot.store.database import Database
from bot.store.importers import fields
from bot.store.importers.base import (
    ImageRecord,
    ImportReport,
    ProductRecord,
    Progress,
    RowError,
    VariantRecord,
    variant_key,
)
from bot.store.importers.csvfile import Row, read_rows
from bot.store.importers.label import split_body, split_names
from bot.store.importers.writer import import_catalogue
from bot.store.models import HANDLE_LENGTH, SIZE_LENGTH, SKU_LENGTH, SLUG_LENGTH, TITLE_LENGTH, URL_LENGTH

LONGEST_BODY = 60_000
NEEDED = ("Handle", "Title", "Variant Price")
_LABEL_COLUMN = re.compile(r"(?=.*metafields)(?=.*(ingredient|inci))", re.IGNORECASE)
_OPTIONS = tuple(f"Option{number} Value" for number in (1, 2, 3))
_VARIANT_COLUMNS = ("Variant Price", "Variant SKU", *_OPTIONS)
_WEB_ADDRESS = re.compile(r"https?://\S+|/(?!/)\S*", re.IGNORECASE)


def import_shopify(
    database: Database, path: Path, currency: str = "USD", progress: Progress | None = None
) -> ImportReport:
    """Imports the classic product CSV at `path` in one transaction; prices are in `currency`.

    The file names no currency. Bad rows are refused one by one and reported, the others go in. Raises
    CatalogueFileError when it is not such a file, ValueError for an unknown currency.
    """
    return import_catalogue(database, ShopifyFile(path, currency, progress))


class ShopifyFile:
    """A classic product CSV, read once from beginning to end."""

    def __init__(self, path: Path, currency: str = "USD", progress: Progress | None = None) -> None:
        try:
            validate_currency(currency)
        except UnknownCurrencyError as error:
            raise ValueError(f"{currency!r} is not an ISO 4217 currency code such as USD") from error
        self._path = path
        self._currency = currency
        self._progress = progress

    def records(self, report: ImportReport) -> Iterator[ProductRecord]:
        """The products that can go in; rows that cannot are put into `report`."""
        handles: dict[str, int] = {}
        skus: dict[str, int] = {}
        rows = read_rows(self._path, NEEDED, report, self._progress)
        for handle, block in groupby(rows, key=lambda row: row["Handle"].strip()):
            first, *others = block
            try:
                _check_handle(handle, first.line, handles)
                product = self._product(first, others, skus, report)
            except RowError as error:
                report.refuse(first.line, str(error))
                for row in others:
                    report.refuse(row.line, f"the first row of its product, line {first.line}, was refused")
                continue
            if product.variants:
                yield product

    def _product(
        self, first: Row, others: Sequence[Row], skus: dict[str, int], report: ImportReport
    ) -> ProductRecord:
        """The product of a block of rows, without the variants that were refused."""
        handle = first["Handle"].strip()
        title = fields.bounded(first["Title"], TITLE_LENGTH, "the title")
        if not title:
            raise RowError("the title is missing")
        body = fields.plain_text(fields.bounded(first["Body (HTML)"], LONGEST_BODY, "the description"))
        description, listed = split_body(body)
        concerns, skin_types, flags = fields.tags(first["Tags"])
        brand = fields.bounded(first["Vendor"], TITLE_LENGTH, "the vendor") or "Unbranded"
        kind = fields.bounded(first["Type"], SLUG_LENGTH, "the type")
        rows = [first, *(row for row in others if any(row[column].strip() for column in _VARIANT_COLUMNS))]
        variants, kept = self._variants(rows, title, skus, report)
        return ProductRecord(
            handle=handle,
            title=title,
            brand=brand,
            product_type_text=kind,
            description=description,
            active=_is_active(first),
            url=f"/products/{handle}",
            variants=tuple(variants),
            images=tuple(_images([first, *others], report)),
            ingredients=_metafield_label(first) or listed,
            concerns=concerns,
            skin_types=skin_types,
            flags=flags,
            kept=frozenset(kept),
        )

    def _variants(
        self, rows: Iterable[Row], title: str, skus: dict[str, int], report: ImportReport
    ) -> tuple[list[VariantRecord], set[str]]:
        """The variants that can go in, and the keys of those that cannot."""
        variants: list[VariantRecord] = []
        refused: set[str] = set()
        for row in rows:
            sku, size = row["Variant SKU"].strip() or None, _size(row, title)
            try:
                variant = self._variant(row, sku, size)
                if sku and sku in skus:
                    raise RowError(f"the SKU {sku!r} is already on line {skus[sku]}")
                if variant.key in {other.key for other in variants}:
                    raise RowError(f"the size {size!r} stands twice, with no SKU to tell the two apart")
            except RowError as error:
                report.refuse(row.line, str(error))
                refused.add(variant_key(sku, size))
                continue
            if sku:
                skus[sku] = row.line
            variants.append(variant)
        return variants, refused - {variant.key for variant in variants}

    def _variant(self, row: Row, sku: str | None, size: str) -> VariantRecord:
        fields.bounded(sku or "", SKU_LENGTH, "the SKU")
        fields.bounded(size, SIZE_LENGTH, "the size")
        amount, unit = fields.measure(size)
        price = fields.price(row["Variant Price"], self._currency)
        before = row["Variant Compare At Price"].strip()
        compare_at = fields.price(before, self._currency, "compare-at price") if before else 0
        return VariantRecord(
            sku=sku,
            size=size,
            amount=amount,
            unit=unit,
            price=price,
            currency=self._currency,
            compare_at_price=compare_at or None,
            stock=fields.quantity(row["Variant Inventory Qty"]),
            sells_when_empty=row["Variant Inventory Policy"].strip().lower() == "continue",
            line=row.line,
        )


def _check_handle(handle: str, line: int, handles: dict[str, int]) -> None:
    """Notes a new product's handle. Raises RowError when it cannot be one, or was already used."""
    if not handle:
        raise RowError("the handle is missing")
    if re.search(r"[\s/?#\\<>\"]", fields.bounded(handle, HANDLE_LENGTH, "the handle")):
        raise RowError(f"the handle {handle[:80]!r} cannot be part of a web address")
    if handle in handles:
        raise RowError(
            f"the product {handle!r} already began on line {handles[handle]}; its rows must stand together"
        )
    handles[handle] = line


def _size(row: Row, title: str) -> str:
    """The values of the variant's options; for a product without options, the size its title ends with."""
    values = [row[column].strip() for column in _OPTIONS]
    named = [value for value in values if value and value != "Default Title"]
    return " / ".join(named) or fields.size_in_title(title)


def _is_active(row: Row) -> bool:
    """Whether shoppers can see the product: status active (older exports have none) and published."""
    return row["Status"].strip().lower() in {"", "active"} and row["Published"].strip().lower() != "false"


def _metafield_label(row: Row) -> tuple[str, ...]:
    for column, value in row.cells.items():
        if value.strip() and _LABEL_COLUMN.search(column):
            return split_names(value)
    return ()


def _images(rows: Iterable[Row], report: ImportReport) -> list[ImageRecord]:
    """The pictures of a product by their position, those without one last."""
    found: list[tuple[float, ImageRecord]] = []
    for row in rows:
        try:
            image = _image(row)
        except RowError as error:
            report.refuse(row.line, f"{error}; only the picture was left out")
            continue
        if image:
            position = row["Image Position"].strip()
            place = float(position) if position.isascii() and position.isdigit() else math.inf
            found.append((place, image))
    return [image for _, image in sorted(found, key=lambda item: item[0])]


def _image(row: Row) -> ImageRecord | None:
    src = fields.bounded(row["Image Src"], URL_LENGTH, "the image address")
    if not src:
        return None
    if not _WEB_ADDRESS.fullmatch(src):
        raise RowError(f"the image address {src[:80]!r} is neither http(s) nor a path beginning with /")
    return ImageRecord(src, fields.bounded(row["Image Alt Text"], TITLE_LENGTH, "the image's alt text"))
