"""Glasskin's own product list: one row a size, in plain columns. At least `title` and `price` must be there.

Rows of one product stand together and share `handle`; its further rows need no more than their own size, price and
picture. Prices have the currency's usual decimals ("24.00", "18000").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from bot.store.importers.base import ImportReport, Progress
from bot.store.importers.csvfile import Row, read_rows
from bot.store.importers.raw import RawImage, RawProduct, RawVariant

COLUMNS = (
    "handle",
    "title",
    "brand",
    "type",
    "description",
    "ingredients",
    "concerns",
    "skin_types",
    "marks",
    "sku",
    "size",
    "price",
    "compare_at_price",
    "currency",
    "stock",
    "order_when_empty",
    "active",
    "url",
    "image",
    "image_alt",
)
TAG_KINDS = {"concerns": "concern:", "skin_types": "skin:", "marks": ""}
YES, NO = "yes", "no"
_NEGATIVE = {"no", "false", "0", "n"}
_POSITIVE = {"yes", "true", "1", "y"}


class PlainFile:
    """A plain product list, read once from beginning to end."""

    def __init__(self, path: Path, columns: Sequence[str], delimiter: str, progress: Progress | None) -> None:
        self._path = path
        self._columns = set(columns)
        self._delimiter = delimiter
        self._progress = progress

    def products(self, report: ImportReport) -> Iterator[RawProduct]:
        """The products in file order."""
        rows = read_rows(self._path, self._delimiter, report, self._progress)
        for handle, block in groupby(rows, key=lambda row: row["handle"].strip()):
            if handle:
                yield self._product(handle, list(block))
            else:
                yield from (self._product("", [row]) for row in block)

    def _product(self, handle: str, rows: Sequence[Row]) -> RawProduct:
        first, told = rows[0], self._columns
        sized = [first, *(row for row in rows[1:] if any(row[name].strip() for name in ("price", "sku", "size")))]
        images = [RawImage(row.line, row["image"], row["image_alt"]) for row in rows if row["image"].strip()]
        return RawProduct(
            lines=[row.line for row in rows],
            title=first["title"],
            handle=handle,
            brand=first["brand"] if "brand" in told else None,
            kind=first["type"] if "type" in told else None,
            body=first["description"] if "description" in told else None,
            labels=[first["ingredients"]] if first["ingredients"].strip() else [],
            tags=_tags(first) if told & set(TAG_KINDS) else None,
            tells_label="ingredients" in told,
            active=first["active"].strip().lower() not in _NEGATIVE,
            url=first["url"].strip() or None,
            owns_handle=bool(handle),
            variants=[_variant(row) for row in sized],
            images=images if "image" in told else None,
        )


def _variant(row: Row) -> RawVariant:
    return RawVariant(
        line=row.line,
        sku=row["sku"],
        size=row["size"],
        price=row["price"],
        compare_at=row["compare_at_price"],
        currency=row["currency"],
        stock=row["stock"],
        sells_when_empty=row["order_when_empty"].strip().lower() in _POSITIVE,
    )


def _tags(row: Row) -> str:
    found = [f"{mark}{one.strip()}" for name, mark in TAG_KINDS.items() for one in row[name].split(",") if one.strip()]
    return ", ".join(found)
