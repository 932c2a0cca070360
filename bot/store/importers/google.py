"""Google Merchant's product feed, as TSV or as XML (RSS or Atom): one item a size, the sizes of a product joined by
`item_group_id` (https://support.google.com/merchants/answer/7052112).

A feed has no handles: one is taken from the link, else made of the title. It tells that a product can be ordered, not
how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from bot.store.importers.base import CatalogueFileError, ImportReport, Progress
from bot.store.importers.csvfile import PROGRESS_EVERY, Row, opened, read_rows
from bot.store.importers.raw import RawImage, RawProduct, RawVariant
from bot.store.importers.spool import Spool

_HANDLE = re.compile(r"[^\s/?#\\<>\"]+")
_ITEMS = {"item", "entry"}
CURRENCY_LETTERS = 3
AMOUNT_SIGNS = frozenset("0123456789.,")


class GoogleFile:
    """A feed, read once from beginning to end."""

    def __init__(self, path: Path, delimiter: str | None, progress: Progress | None) -> None:
        """
        Args:
            path: the file.
            delimiter: what parts the columns of a table; None for XML.
            progress: called with the bytes read.
        """
        self._path = path
        self._delimiter = delimiter
        self._progress = progress

    def products(self, report: ImportReport) -> Iterator[RawProduct]:
        """The products by their first item, each with all items of its group."""
        if self._delimiter:
            rows = read_rows(self._path, self._delimiter, report, self._progress)
        else:
            rows = read_items(self._path, self._progress)
        groups: set[str] = set()
        with Spool() as spool:
            for row in rows:
                group = row["item_group_id"].strip()
                if group in groups:
                    spool.add(row, group)
                else:
                    spool.add_head(row, [group] if group else [])
                    groups.update([group] if group else [])
            for items in spool.groups():
                yield _product(items)


def read_items(path: Path, progress: Progress | None = None) -> Iterator[Row]:
    """The items of an XML feed as rows; cells are named as in the table form. A row's line is its item's number.

    Document types and entities are refused, so that a small file cannot grow large in memory or name other files.

    Raises:
        CatalogueFileError: when the file is no well-formed XML, or forbidden XML.
    """
    size = path.stat().st_size if path.is_file() else 0
    count = 0
    with opened(path) as raw:
        try:
            open_elements: list[Element] = []
            for event, element in iterparse(raw, events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    open_elements.append(element)
                    continue
                open_elements.pop()
                if _name(element) not in _ITEMS:
                    continue
                count += 1
                yield Row(count, _cells(element))
                element.clear()
                if open_elements:
                    open_elements[-1].remove(element)
                if progress and count % PROGRESS_EVERY == 0:
                    progress(raw.tell(), size)
        except DefusedXmlException as error:
            raise CatalogueFileError(
                f"{path.name} declares a document type or entities, which a product feed needs not and which can do "
                "harm. Export the feed again without them."
            ) from error
        except ParseError as error:
            raise CatalogueFileError(f"{path.name} is no well-formed XML: {error}. It was probably cut off.") from error
    if progress:
        progress(size, size)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _cells(item: Element) -> dict[str, str]:
    cells: dict[str, str] = {}
    for part in item:
        name = _name(part)
        text = (part.text or part.get("href") or "").strip()
        cells[name] = f"{cells[name]},{text}" if name == "additional_image_link" and name in cells else text
    return cells


def _product(items: list[Row]) -> RawProduct:
    first = items[0]
    links = [(first.line, first["image_link"])]
    links += [(first.line, link) for link in first["additional_image_link"].split(",")]
    category = first["product_type"] or first["google_product_category"]
    return RawProduct(
        lines=[item.line for item in items],
        title=first["title"],
        handle=_handle(first["link"]),
        brand=first["brand"] or None,
        kind=category.split(",")[0].split(">")[-1].strip() or None,
        body=first["description"],
        tells_label=False,
        url=first["link"].strip() or None,
        owns_handle=False,
        variants=[_variant(item) for item in items],
        images=[RawImage(line, link.strip()) for line, link in links if link.strip()],
    )


def _handle(link: str) -> str:
    """The last part of the address's path, "" when there is none."""
    last = urlsplit(link.strip()).path.rstrip("/").rpartition("/")[2]
    return last if _HANDLE.fullmatch(last) else ""


def _variant(item: Row) -> RawVariant:
    availability = item["availability"].strip().lower().replace(" ", "_")
    regular, currency = _price(item["price"])
    sale, _ = _price(item["sale_price"])
    later = availability in {"preorder", "backorder"}
    return RawVariant(
        line=item.line,
        sku=item["id"],
        size=item["size"] or item["unit_pricing_measure"],
        price=sale or regular,
        compare_at=regular if sale and sale != regular else "",
        currency=currency,
        stock="" if availability == "in_stock" else "0",
        available=True if availability == "in_stock" else None,
        sells_when_empty=later,
    )


def _price(text: str) -> tuple[str, str]:
    """Amount and currency of "24.00 USD" or "USD 24.00"; other text is left for the refusal to show."""
    letters = "".join(filter(str.isalpha, text))
    amount = text.strip().removeprefix(letters).removesuffix(letters).strip()
    if len(letters) == CURRENCY_LETTERS and letters.isascii() and amount and set(amount) <= AMOUNT_SIGNS:
        return amount, letters.upper()
    return text.strip(), ""
