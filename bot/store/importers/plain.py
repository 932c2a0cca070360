"""A plain table of products: Glasskin's own list, that of another shop program, or any with its columns named.

`bot.store.importers.tables` says which of the file's columns holds what. Rows of one product stand together: in our own
list they share `handle`, elsewhere an id that is equal or empty below the first. Further rows need no more than their own
size, price and picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import groupby
from pathlib import Path

from bot.store.importers.base import ImportReport, Progress
from bot.store.importers.csvfile import Header, Row, read_rows
from bot.store.importers.raw import RawImage, RawProduct, RawVariant
from bot.store.importers.tables import Table
from bot.store.importers.texts import name_text

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
TAG_KINDS = {"concerns": "concern:", "skin_types": "skin:", "marks": "", "tags": ""}
YES, NO = "yes", "no"
_NEGATIVE = {"no", "false", "0", "n", "2", "draft", "archived", "hidden", "inactive", "nein", "non", "진열안함", "판매안함", "미진열"}
_POSITIVE = {"yes", "true", "1", "y"}
_NONE = {"", "0", "0.0", "0.00", "0.0000"}
OF_A_SIZE = ("price", "sku", "size", "option", "variant_id", "surcharge")


class PlainFile:
    """A table of products, read once from beginning to end."""

    def __init__(self, path: Path, header: Header, table: Table, progress: Progress | None) -> None:
        self._path = path
        self._header = header
        self._table = table
        self._told = set(table.columns)
        self._progress = progress

    def products(self, report: ImportReport) -> Iterator[RawProduct]:
        """The products in file order."""
        rows = self._rows(report)
        if self._table.group:
            yield from map(self._product, self._groups(rows, self._table.group))
            return
        for handle, block in groupby(rows, key=lambda row: row["handle"].strip()):
            if handle:
                yield self._product(list(block))
            else:
                yield from (self._product([row]) for row in block)

    def _rows(self, report: ImportReport) -> Iterator[Row]:
        """The rows by our names of columns, those that are no product left out."""
        for row in read_rows(self._path, self._header, report, self._progress):
            own = Row(row.line, {name: self._table.cell(name, row) for name in self._told})
            kind = own["row"].strip().lower()
            if kind in self._table.refuse_rows:
                report.refuse(row.line, f"{kind}: {self._table.refuse_rows[kind]}")
            elif kind not in self._table.skip_rows:
                yield own

    def _groups(self, rows: Iterator[Row], field: str) -> Iterator[list[Row]]:
        """Rows that stand together with the first one's cell, or an empty one."""
        group: list[Row] = []
        for row in rows:
            key = row[field].strip()
            if group and key and key != group[0][field].strip():
                yield group
                group = []
            group.append(row)
        if group:
            yield group

    def _product(self, rows: Sequence[Row]) -> RawProduct:
        first, told, handle = rows[0], self._told, rows[0]["handle"].strip().strip("/").rpartition("/")[2]
        sized = [first, *(row for row in rows[1:] if any(row[name].strip() for name in OF_A_SIZE))]
        if self._table.group and len(sized) > 1 and first["price"].strip() in _NONE:
            sized = sized[1:]
        images = [
            RawImage(row.line, src.strip(), row["image_alt"])
            for row in rows
            for src in row["image"].split("\n")
            if "/" in src or self._table.own
        ]
        labels = [(first[name], name != "ingredients") for name in ("ingredients", "key_ingredients") if first[name].strip()]
        own = self._table.own
        return RawProduct(
            lines=[row.line for row in rows],
            title=first["title"],
            handle=handle,
            brand=first["brand"] if "brand" in told else None,
            kind=_kind(first) if told & {"type", "category"} else None,
            categories=[one.strip() for one in first["category"].replace(";", ",").split(",") if one.strip()],
            body=first["description"] if "description" in told else None,
            labels=labels,
            tags=_tags(first) if told & set(TAG_KINDS) else None,
            tells_label="ingredients" in told or not own,
            active=name_text(first["active"]).lower() not in _NEGATIVE,
            url=_own_link(first["url"], own),
            owns_handle=bool(handle) and own,
            source=self._table.source,
            shop_id=first["id"],
            variants=[self._variant(row, first) for row in sized],
            images=[one for one in images if one.src] if "image" in told else None,
        )

    def _variant(self, row: Row, first: Row) -> RawVariant:
        price, before = _prices(row, first)
        return RawVariant(
            line=row.line,
            sku=row["sku"],
            size=" / ".join(filter(None, (row["size"].strip(), *_options(row)))),
            price=price,
            compare_at=before,
            currency=row["currency"] or first["currency"],
            stock=row["stock"],
            availability=row["availability"],
            shop_id=row["variant_id"],
            sells_when_empty=row["order_when_empty"].strip().lower() in _POSITIVE,
        )


def _kind(row: Row) -> str:
    return row["type"].strip() or row["category"].split(",")[0].split(";")[0].replace("/", ">").split(">")[-1].strip()


def _own_link(url: str, own: bool) -> str | None:
    """The product's address; a path is one only in our own list."""
    bare = url.strip()
    return bare if bare and (own or bare.lower().startswith(("http://", "https://")) or bare.startswith("/")) else None


def _options(row: Row) -> list[str]:
    return [one.strip() for one in row["option"].split("\n") if one.strip() and one.strip().lower() not in ("regular", "default title")]


def _prices(row: Row, first: Row) -> tuple[str, str]:
    """The price and the one before a sale; Wix tells surcharges and discounts apart from it."""
    price = row["price"].strip() or first["price"].strip()
    surcharge, discount = row["surcharge"].strip(), (row["discount"] or first["discount"]).strip()
    before = row["compare_at_price"].strip()
    sale = row["sale_price"].strip()
    try:
        if surcharge not in _NONE:
            price = str(Decimal(price) + Decimal(surcharge))
        if discount not in _NONE:
            percent = (row["discount_mode"] or first["discount_mode"]).strip().upper() == "PERCENT"
            off = Decimal(price) * Decimal(discount) / 100 if percent else Decimal(discount)
            return str((Decimal(price) - off).quantize(Decimal("0.01"))), price
    except InvalidOperation:
        return f"{price} {surcharge} {discount}".strip(), before  # refused by name where prices are read
    if sale not in _NONE and sale != price and row["on_sale"].strip().lower() not in _NEGATIVE:
        return sale, price
    return price, before


def _tags(row: Row) -> str:
    found = [f"{mark}{one.strip()}" for name, mark in TAG_KINDS.items() for one in row[name].split(",") if one.strip()]
    return ", ".join(found)
