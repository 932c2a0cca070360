"""Google Merchant's product feed, as TSV or as XML (RSS or Atom): one item a size, the sizes of a product joined by
`item_group_id` (https://support.google.com/merchants/answer/7052112).

A feed has no handles: one is taken from the link, else made of the title. It tells that a product can be ordered, only
Meta's also how many there are (https://developers.facebook.com/docs/commerce-platform/catalog/fields).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from bot.store.importers.base import CatalogueFileError, ImportReport, Progress
from bot.store.importers.csvfile import PROGRESS_EVERY, Header, Row, opened, read_rows
from bot.store.importers.raw import RawImage, RawProduct, RawVariant
from bot.store.importers.sizes import size_in_title
from bot.store.importers.spool import Spool

_HANDLE = re.compile(r"[^\s/?#\\<>\"]+")
_EMPTY = re.compile(r"[(\[]\s*[)\]]|[-–—/|,]\s*(?=[-–—/|,])")
"""What stands around a size that was taken out of a title."""
_EDGES = " \t\n-–—/|,"
_ITEMS = {"item", "entry"}
COUNTED = ("quantity_to_sell_on_facebook", "inventory", "quantity")
"""Columns in which Meta's catalogue tells how many there are."""
OPTIONS = ("color", "pattern", "material", "scent")
SCRIPTS = (".php", ".asp", ".aspx", ".cgi")
CUT_OFF = "no element found"


class GoogleFile:
    """A feed, read once from beginning to end."""

    def __init__(self, path: Path, header: Header | None, progress: Progress | None) -> None:
        """
        Args:
            path: the file.
            header: the columns of a table; None for XML.
            progress: called with the bytes read.
        """
        self._path = path
        self._header = header
        self._progress = progress

    def products(self, report: ImportReport) -> Iterator[RawProduct]:
        """The products by their first item, each with all items of its group."""
        if self._header:
            rows = read_rows(self._path, self._header, report, self._progress)
        else:
            rows = read_items(self._path, self._progress)
        groups: set[str] = set()
        with Spool() as spool:
            for row in rows:
                group = row["item_group_id"].strip() or _variants_page(row["link"]) or row["id"].strip()
                if group and group in groups:
                    spool.add(row, group)
                else:
                    spool.add_head(row, [group] if group else [])
                    groups.add(group)
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
            raise CatalogueFileError(f"{path.name} is no well-formed XML: {error}. {_advice(path, error)}") from error
    if progress:
        progress(size, size)


def _advice(path: Path, error: ParseError) -> str:
    """What to do about XML that cannot be read: where it was cut off, or which sign stands in the way."""
    line, column = error.position
    if str(error).startswith((CUT_OFF, "unclosed")):
        return "It was probably cut off."
    text = path.read_bytes().decode("utf-8", errors="replace").splitlines()[line - 1] if line else ""
    sign = "&" if "&" in text[max(0, column - 1) : column + 1] else text[column : column + 1]
    return f"The sign {sign!r} in line {line} cannot stand there; an & is written &amp;. Export the feed again."


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _cells(item: Element) -> dict[str, str]:
    cells: dict[str, str] = {}
    for part in item:
        name = _name(part)
        text = (part.text or part.get("href") or "").strip()
        cells[name] = f"{cells[name]},{text}" if name == "additional_image_link" and name in cells else text
    return cells


def _variants_page(link: str) -> str:
    """The page that a link to one of its sizes belongs to: ".../products/dew?variant=1"; empty for other links."""
    parts = urlsplit(link.strip())
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "", "")) if "variant" in parse_qs(parts.query) else ""


def _product(items: list[Row]) -> RawProduct:
    """A product of its items; one without a group, whose id is the others' group, is their parent and no size."""
    sizes = [one for one in items if one["item_group_id"].strip()] or items
    first = next((one for one in items if one not in sizes), items[0])
    links = [(first.line, first["image_link"])]
    links += [(first.line, link) for link in first["additional_image_link"].split(",")]
    category = first["product_type"] or first["google_product_category"]
    return RawProduct(
        lines=[item.line for item in items],
        title=_title(sizes) or first["title"],
        handle=_handle(first["link"]),
        brand=first["brand"] or None,
        kind=category.split(",")[0].split(">")[-1].strip() or None,
        categories=[one for one in (first["product_type"], first["google_product_category"]) if one.strip()],
        body=first["description"],
        tells_label=False,
        url=first["link"].strip() or None,
        owns_handle=False,
        source="google",
        shop_id=first["item_group_id"].strip() or first["id"].strip(),
        feed=True,
        variants=[_variant(item) for item in sizes],
        images=[RawImage(line, link.strip()) for line, link in links if link.strip()],
    )


def _title(sizes: list[Row]) -> str:
    """What the titles of several sizes share: each without its own size and options; "" where they differ beside these too."""
    named = {_without_options(one) for one in sizes}
    return named.pop() if len(sizes) > 1 and len(named) == 1 else ""


def _without_options(item: Row) -> str:
    title = item["title"]
    for told in (item["size"].strip(), size_in_title(title), *(item[name].strip() for name in OPTIONS)):
        if told and title.count(told) == 1:
            title = title.replace(told, "")
    return " ".join(_EMPTY.sub(" ", title).split()).rstrip(_EDGES)


def _size(item: Row) -> str:
    return item["size"].strip() or item["unit_pricing_measure"].strip() or size_in_title(item["title"])


def _handle(link: str) -> str:
    """The last part of the address's path, "" when there is none, or when it is a script that shows all products."""
    last = urlsplit(link.strip()).path.rstrip("/").rpartition("/")[2]
    return last if _HANDLE.fullmatch(last) and not last.endswith(SCRIPTS) else ""


def _variant(item: Row) -> RawVariant:
    regular, sale = item["price"].strip(), item["sale_price"].strip()
    return RawVariant(
        line=item.line,
        sku=item["id"],
        size=" / ".join(filter(None, (_size(item), *(item[name].strip() for name in OPTIONS)))),
        price=sale or regular,
        compare_at=regular if sale and sale != regular else "",
        stock=next((text for name in COUNTED if (text := item[name].strip())), ""),
        availability=item["availability"],
        shop_id=item["id"],
    )
