"""WooCommerce's product CSV: a variation's row names its parent by SKU or id and may stand anywhere in the file.

The columns are those of the shop's own exporter (https://github.com/woocommerce/woocommerce,
plugins/woocommerce/sample-data/sample_products.csv). The export has no handles: one is made of the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from bot.store.importers.base import ImportReport, Progress
from bot.store.importers.csvfile import Row, read_rows
from bot.store.importers.raw import RawImage, RawProduct, RawVariant
from bot.store.importers.spool import Spool

_LABEL = re.compile(r"ingredient|\binci\b|전성분|성분", re.IGNORECASE)
_BRAND = re.compile(r"^(brands?|vendor|manufacturer|브랜드)$", re.IGNORECASE)
_SIZE = re.compile(r"size|volume|amount|weight|content|용량", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"attribute (\d+) name")
_SHOWN = {"", "visible", "catalog", "search"}


class WooCommerceFile:
    """A product CSV of WooCommerce, read once from beginning to end."""

    def __init__(self, path: Path, columns: Sequence[str], delimiter: str, progress: Progress | None) -> None:
        self._path = path
        self._delimiter = delimiter
        self._progress = progress
        self._attributes = [found[1] for name in columns if (found := _ATTRIBUTE.fullmatch(name))]
        self._label_columns = [name for name in columns if name.startswith("meta:") and _LABEL.search(name)]
        self._brand_columns = [name for name in columns if _BRAND.match(name)]

    def products(self, report: ImportReport) -> Iterator[RawProduct]:
        """The products in file order, each with its variations wherever they stand."""
        with Spool() as spool:
            for row in read_rows(self._path, self._delimiter, report, self._progress):
                kinds = {kind.strip() for kind in row["Type"].lower().split(",")}
                if "variation" in kinds:
                    spool.add(row, row["Parent"].strip())
                elif "grouped" in kinds:
                    report.refuse(row.line, "a grouped product has no price of its own; its parts go in by themselves")
                else:
                    names = [row["SKU"].strip(), f"id:{row['ID'].strip()}"]
                    spool.add_head(row, [name for name in names if name not in ("", "id:")])
            for row in spool.orphans():
                report.refuse(row.line, f"its parent {row['Parent'].strip()!r} is not in the file")
            for first, *others in spool.groups():
                yield self._product(first, others)

    def _product(self, first: Row, variations: Sequence[Row]) -> RawProduct:
        attributes = self._attributes_of(first)
        labels = [first[name] for name in self._label_columns if first[name].strip()]
        labels += [value for name, value in attributes.items() if _LABEL.search(name)]
        priced = bool(first["Regular price"].strip() or first["Sale price"].strip())
        sized = [first] if priced or not variations else []
        texts = (first["Short description"], first["Description"])
        return RawProduct(
            lines=[first.line, *(row.line for row in variations)],
            title=first["Name"],
            brand=self._brand(first, attributes),
            kind=_kind(first["Categories"]),
            body="\n".join(text.replace("\\n", "\n") for text in texts if text.strip()),
            labels=labels,
            tags=first["Tags"],
            active=_is_active(first),
            owns_handle=False,
            variants=[self._variant(row, first) for row in (*sized, *(one for one in variations if _is_active(one)))],
            images=[RawImage(first.line, src.strip()) for src in first["Images"].split(",") if src.strip()],
        )

    def _attributes_of(self, row: Row) -> dict[str, str]:
        found = {row[f"attribute {n} name"].strip(): row[f"attribute {n} value(s)"].strip() for n in self._attributes}
        return {name: value for name, value in found.items() if name and value}

    def _brand(self, row: Row, attributes: dict[str, str]) -> str | None:
        told = [row[name] for name in self._brand_columns] + [v for n, v in attributes.items() if _BRAND.match(n)]
        return next((one.split(",")[0].strip() for one in told if one.strip()), None)

    def _variant(self, row: Row, parent: Row) -> RawVariant:
        attributes = self._attributes_of(row)
        variation = row is not parent
        sizes = [
            value
            for name, value in attributes.items()
            if not _LABEL.search(name) and not _BRAND.match(name) and (variation or _SIZE.search(name))
        ]
        one_size = variation or all("," not in size and "|" not in size for size in sizes)
        regular, sale = row["Regular price"].strip(), row["Sale price"].strip() if _on_sale_now(row) else ""
        stock = row["Stock"].strip()
        return RawVariant(
            line=row.line,
            sku=row["SKU"],
            size=" / ".join(sizes) if one_size else "",
            price=sale or regular,
            compare_at=regular if sale and sale != regular else "",
            stock=stock or ("0" if row["In stock?"].strip() == "0" else ""),
            available=None if stock else row["In stock?"].strip() != "0",
            sells_when_empty=row["Backorders allowed?"].strip().lower() in {"1", "notify", "yes"},
        )


def _kind(categories: str) -> str:
    """The last step of the deepest category: of "Skincare, Skincare > Ampoules" it is "Ampoules"."""
    paths = [path.split(">") for path in categories.split(",") if path.strip()]
    return max(paths, key=len)[-1].strip() if paths else ""


def _is_active(row: Row) -> bool:
    return row["Published"].strip() in {"", "1"} and row["Visibility in catalog"].strip().lower() in _SHOWN


def _on_sale_now(row: Row) -> bool:
    """Whether today lies within the sale's dates; a date that cannot be read does not limit it."""
    today = date.today().isoformat()
    start, end = row["Date sale price starts"].strip()[:10], row["Date sale price ends"].strip()[:10]
    return (not start or start <= today) and (not end or today <= end)
