"""Shopify's product CSV, the classic one and that of 2024: rows of one product stand together and share a handle.

The columns are those of the shop admin's export (https://github.com/shopifypartners/product-csvs,
https://help.shopify.com/en/manual/products/import-export/using-csv); tags give concerns, skin types and flags, a
metafield column or the body gives the ingredient list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bot.store.importers.base import ImportReport, Progress
from bot.store.importers.csvfile import Header, Row, read_rows
from bot.store.importers.label import column_of
from bot.store.importers.raw import RawImage, RawProduct, RawVariant

CATEGORIES = ("Product Category", "Custom Product Type", "Google Shopping / Google Product Category")
METAFIELD = "metafields"
NO_OPTION = "Default Title"
ALWAYS = "available"
"""Shopify sells without limit what it does not track."""


@dataclass(frozen=True)
class Layout:
    """Which column holds what."""

    handle: str
    body: str
    published: str
    option: str
    sku: str
    price: str
    compare_at: str
    stock: str
    when_empty: str
    image: str
    image_position: str
    image_alt: str
    tracker: str

    @property
    def options(self) -> tuple[str, ...]:
        """The columns of a variant's options."""
        return tuple(self.option.format(number) for number in (1, 2, 3))


CLASSIC = Layout(
    handle="Handle",
    body="Body (HTML)",
    published="Published",
    option="Option{} Value",
    sku="Variant SKU",
    price="Variant Price",
    compare_at="Variant Compare At Price",
    stock="Variant Inventory Qty",
    when_empty="Variant Inventory Policy",
    image="Image Src",
    image_position="Image Position",
    image_alt="Image Alt Text",
    tracker="Variant Inventory Tracker",
)
NEW = Layout(
    handle="URL handle",
    body="Description",
    published="Published on online store",
    option="Option{} value",
    sku="SKU",
    price="Price",
    compare_at="Compare-at price",
    stock="Inventory quantity",
    when_empty="Continue selling when out of stock",
    image="Product image URL",
    image_position="Image position",
    image_alt="Image alt text",
    tracker="Inventory tracker",
)


class ShopifyFile:
    """A product CSV of Shopify, read once from beginning to end."""

    def __init__(
        self, path: Path, header: Header, layout: Layout, progress: Progress | None
    ) -> None:
        columns = header.columns
        self._path = path
        self._header = header
        self._layout = layout
        self._progress = progress
        self._columns = set(columns)
        self._label_columns = {name: column_of(name)[1] for name in columns if METAFIELD in name and column_of(name)[0]}

    def products(self, report: ImportReport) -> Iterator[RawProduct]:
        """The products in file order."""
        rows = read_rows(self._path, self._header, report, self._progress)
        for handle, block in groupby(rows, key=lambda row: row[self._layout.handle].strip()):
            if handle or self._layout is CLASSIC:
                yield self._product(handle, list(block))
            else:  # in the new layout a product with a single size needs no handle
                yield from (self._product("", [row]) for row in block)

    def _product(self, handle: str, rows: Sequence[Row]) -> RawProduct:
        layout, first = self._layout, rows[0]
        told = self._columns
        variant_columns = (layout.price, layout.sku, *layout.options)
        sized = [first, *(row for row in rows[1:] if any(row[column].strip() for column in variant_columns))]
        images = [
            RawImage(row.line, row[layout.image], row[layout.image_alt], row[layout.image_position])
            for row in rows
            if row[layout.image].strip()
        ]
        return RawProduct(
            lines=[row.line for row in rows],
            title=first["Title"],
            handle=handle,
            brand=first["Vendor"] if "vendor" in told else None,
            kind=first["Type"] if "type" in told else None,
            body=first[layout.body] if layout.body.lower() in told else None,
            labels=[(first[name], partial) for name, partial in self._label_columns.items() if first[name].strip()],
            tags=first["Tags"] if "tags" in told else None,
            tells_label=layout.body.lower() in told or bool(self._label_columns),
            active=_is_active(first, layout),
            owns_handle=bool(handle) or layout is CLASSIC,
            source="shopify",
            categories=[first[name] for name in CATEGORIES if first[name].strip()],
            gift_card=first["Gift Card"].strip().lower() == "true",
            variants=[self._variant(row) for row in sized],
            images=images if layout.image.lower() in told else None,
        )

    def _variant(self, row: Row) -> RawVariant:
        layout = self._layout
        values = [row[column].strip() for column in layout.options]
        tracked = layout.tracker.lower() not in self._columns or bool(row[layout.tracker].strip())
        return RawVariant(
            line=row.line,
            sku=row[layout.sku],
            size=" / ".join(value for value in values if value and value != NO_OPTION),
            price=row[layout.price],
            compare_at=row[layout.compare_at],
            stock=row[layout.stock] if tracked else "",
            availability="" if tracked else ALWAYS,
            sells_when_empty=row[layout.when_empty].strip().lower() in {"continue", "true"},
        )


def _is_active(row: Row, layout: Layout) -> bool:
    """Whether shoppers can see the product: status active (older exports have none) and published."""
    return row["Status"].strip().lower() in {"", "active"} and row[layout.published].strip().lower() != "false"
