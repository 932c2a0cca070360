"""WooCommerce's product CSV: a variation's row names its parent by SKU or id and may stand anywhere in the file.

The columns are those of the shop's own exporter (https://github.com/woocommerce/woocommerce,
plugins/woocommerce/sample-data/sample_products.csv). The export has no handles: one is made of the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from bot.store.importers.base import ImportReport, Progress
from bot.store.importers.csvfile import Header, Row, read_rows
from bot.store.importers.label import column_of
from bot.store.importers.raw import RawImage, RawProduct, RawVariant
from bot.store.importers.spool import Spool
from bot.store.importers.texts import plain_text, without_shortcodes

_LABEL = re.compile(r"ingr[eé]dient|\binci\b|inhaltsstoff|состав|전성분|성분", re.IGNORECASE)
_BRAND = re.compile(r"^(brands?|vendor|manufacturer|marken?|hersteller|marques?|marcas?|fabricante|marchio|бренды?|브랜드)$", re.IGNORECASE)
_SIZE = re.compile(
    r"size|volume|amount|weight|content|größe|inhalt|menge|taille|contenance|tamaño|contenido|dimensione|размер|объ[её]м|용량|사이즈", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"attribute (\d+) name")
_PICTURES = re.compile(r",\s*(?=https?://|/)")
"""What parts pictures: a comma may be part of an address."""
_ESCAPED = "\\,"
_COMMA = re.compile(r"(?<!\\),")
IN_STOCK = {"1": "in stock", "0": "out of stock"}
_SHOWN = {"", "visible", "catalog", "search"}


class WooCommerceFile:
    """A product CSV of WooCommerce, read once from beginning to end."""

    def __init__(self, path: Path, header: Header, names: Mapping[str, str], progress: Progress | None) -> None:
        """
        Args:
            path: the file.
            header: its columns.
            names: the English names of columns in another language.
            progress: called with the bytes read.
        """
        columns = [names.get(name, name) for name in header.columns]
        self._path = path
        self._header = header
        self._names = names
        self._progress = progress
        self._attributes = [found[1] for name in columns if (found := _ATTRIBUTE.fullmatch(name))]
        self._label_columns = [name for name in columns if name.startswith("meta:") and column_of(name)[0]]
        self._brand_columns = [name for name in columns if _BRAND.match(name)]

    def products(self, report: ImportReport) -> Iterator[RawProduct]:
        """The products in file order, each with its variations wherever they stand."""
        with Spool() as spool:
            for row in read_rows(self._path, self._header, report, self._progress, self._names):
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
        labels = [(first[name], column_of(name)[1]) for name in self._label_columns if first[name].strip()]
        labels += [(value, column_of(name.lower())[1]) for name, value in attributes.items() if column_of(name.lower())[0]]
        priced = bool(first["Regular price"].strip() or first["Sale price"].strip())
        sized = [first] if priced or not variations else []
        return RawProduct(
            lines=[first.line, *(row.line for row in variations)],
            title=first["Name"],
            brand=self._brand(first, attributes),
            kind=_kind(first["Categories"]),
            categories=_parts(first["Categories"]),
            body=_body(first["Short description"], first["Description"]),
            labels=labels,
            tags=first["Tags"],
            active=_is_active(first),
            owns_handle=False,
            source="woocommerce",
            shop_id=first["ID"],
            variants=[self._variant(row, first) for row in (*sized, *(one for one in variations if _is_active(one)))],
            images=[RawImage(first.line, src.strip()) for src in _PICTURES.split(first["Images"]) if src.strip()],
        )

    def _attributes_of(self, row: Row) -> dict[str, str]:
        found = {row[f"attribute {n} name"].strip(): row[f"attribute {n} value(s)"].strip() for n in self._attributes}
        return {name: value for name, value in found.items() if name and value}

    def _brand(self, row: Row, attributes: dict[str, str]) -> str | None:
        told = [row[name] for name in self._brand_columns] + [v for n, v in attributes.items() if _BRAND.match(n)]
        return next((_parts(one)[0] for one in told if _parts(one)), None)

    def _variant(self, row: Row, parent: Row) -> RawVariant:
        attributes = self._attributes_of(row)
        variation = row is not parent
        sizes = [
            value
            for name, value in attributes.items()
            if not _LABEL.search(name) and not _BRAND.match(name) and (variation or _SIZE.search(name))
        ]
        one_size = variation or all("," not in size.replace(_ESCAPED, "") and "|" not in size for size in sizes)
        regular, sale = row["Regular price"].strip(), row["Sale price"].strip() if _on_sale_now(row) else ""
        return RawVariant(
            line=row.line,
            sku=row["SKU"],
            size=" / ".join(sizes).replace(_ESCAPED, ",") if one_size else "",
            price=sale or regular,
            compare_at=regular if sale and sale != regular else "",
            stock=row["Stock"],
            availability=IN_STOCK.get(row["In stock?"].strip(), row["In stock?"]),
            shop_id=row["ID"],
            sells_when_empty=row["Backorders allowed?"].strip().lower() in {"1", "notify", "yes"},
        )


def _body(short: str, long: str) -> str:
    """The short description and the long one; only the latter where it says all of the former."""
    texts = [without_shortcodes(text.replace("\\n", "\n")) for text in (short, long) if text.strip()]
    told = [plain_text(text) for text in texts]
    return texts[1] if len(texts) > 1 and told[0] in told[1] else "\n".join(texts)


def _parts(listed: str) -> list[str]:
    """The parts of a cell between its commas; one that is part of a name stands behind a backslash."""
    return [part for one in _COMMA.split(listed) if (part := one.replace(_ESCAPED, ",").strip())]


def _kind(categories: str) -> str:
    """The last step of the deepest category: of "Skincare, Skincare > Ampoules" it is "Ampoules"."""
    paths = [path.split(">") for path in _parts(categories)]
    return max(paths, key=len)[-1].strip() if paths else ""


def _is_active(row: Row) -> bool:
    return row["Published"].strip() in {"", "1"} and row["Visibility in catalog"].strip().lower() in _SHOWN


def _on_sale_now(row: Row) -> bool:
    """Whether today lies within the sale's dates; a date that cannot be read does not limit it."""
    today = date.today().isoformat()
    start, end = row["Date sale price starts"].strip()[:10], row["Date sale price ends"].strip()[:10]
    return (not start or start <= today) and (not end or today <= end)
