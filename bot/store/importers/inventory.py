"""Shopify's inventory CSV: how many of each variant there are at each location, which add up
(https://help.shopify.com/en/manual/products/inventory/setup/inventory-csv). It tells nothing else of a product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.store.importers.base import ImportReport, ProductRecord, Progress, VariantRecord
from bot.store.importers.csvfile import Header, Row, read_rows
from bot.store.importers.shopify import NO_OPTION
from bot.store.importers.stock import stock_of

NEEDS = {"handle", "sku", "location"}
COUNTED = ("available (not editable)", "available", "on hand (current)", "on hand")
OPTIONS = ("option1 value", "option2 value", "option3 value")


@dataclass
class Counted:
    """How many of a variant there are at all locations, None where nobody counts, and the row that told it first."""

    sku: str
    size: str
    line: int
    count: int | None = None


class InventoryFile:
    """An inventory CSV, read once."""

    def __init__(self, path: Path, header: Header, progress: Progress | None) -> None:
        self._path = path
        self._header = header
        self._column = next(name for name in COUNTED if name in header.columns)
        self._progress = progress

    def counts(self, report: ImportReport) -> dict[str, list[Counted]]:
        """What is counted, by the handles of the products."""
        found: dict[str, dict[tuple[str, str], Counted]] = {}
        for row in read_rows(self._path, self._header, report, self._progress):
            key = (row["sku"].strip().lstrip("'"), _size(row))
            one = found.setdefault(row["handle"].strip(), {}).setdefault(key, Counted(*key, row.line))
            stock = stock_of(row[self._column]) if row[self._column].strip().lower() != "not stocked" else stock_of("")
            if stock.unread:
                report.notice(row.line, f"{stock.unread}: not counted")
            if stock.count is not None:
                one.count = (one.count or 0) + stock.count
        return {handle: list(counts.values()) for handle, counts in found.items()}


def is_inventory(header: Header) -> bool:
    """Whether a table counts stock by location and has no prices."""
    told = set(header.columns)
    return told >= NEEDS and bool(told & set(COUNTED)) and not any("price" in name for name in told)


def with_counts(product: ProductRecord, counts: list[Counted], report: ImportReport) -> ProductRecord:
    """The product with its variants' stock; counts of variants that it has not are refused."""
    variants = list(product.variants)
    for one in counts:
        place = next(_places(variants, one), None)
        if place is None:
            report.refuse(one.line, f"the product {product.handle!r} has no variant {one.sku or one.size!r}")
        elif one.count is not None:
            variants[place] = replace(variants[place], stock=one.count, available=None)
    return replace(product, variants=tuple(variants))


def _places(variants: list[VariantRecord], one: Counted) -> Iterator[int]:
    yield from (place for place, variant in enumerate(variants) if one.sku and variant.sku == one.sku and variant.size in (one.size, ""))
    yield from (place for place, variant in enumerate(variants) if one.sku and variant.sku == one.sku)
    yield from (place for place, variant in enumerate(variants) if not one.sku and variant.size == one.size)


def _size(row: Row) -> str:
    values = (row[name].strip() for name in OPTIONS)
    return " / ".join(value for value in values if value and value != NO_OPTION)
