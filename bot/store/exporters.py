"""Writes the catalogue to a file that can be imported again: our plain list, or Shopify's classic CSV."""

from __future__ import annotations

import csv
import html
import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Literal

from babel.numbers import get_currency_precision

from bot.store.database import Database
from bot.store.importers import plain, shopify, stored
from bot.store.importers.base import NO_BRAND, CatalogueFileError, ImageRecord, ProductRecord, VariantRecord
from bot.store.importers.label import split_names
from bot.store.importers.texts import plain_text

Format = Literal["plain", "shopify"]
Row = dict[str, str]

LABEL_COLUMN = "Ingredients (product.metafields.custom.ingredients)"
SHOPIFY_COLUMNS = (
    "Handle",
    "Title",
    shopify.CLASSIC.body,
    "Vendor",
    "Type",
    "Tags",
    shopify.CLASSIC.published,
    "Option1 Name",
    "Option1 Value",
    shopify.CLASSIC.sku,
    "Variant Inventory Tracker",
    shopify.CLASSIC.stock,
    shopify.CLASSIC.when_empty,
    shopify.CLASSIC.price,
    shopify.CLASSIC.compare_at,
    shopify.CLASSIC.image,
    shopify.CLASSIC.image_position,
    shopify.CLASSIC.image_alt,
    LABEL_COLUMN,
    "Status",
)


def export_catalogue(database: Database, path: Path, form: Format, currency: str) -> int:
    """Writes every product, those not on sale included, to `path`, in the order they came in.

    The file appears whole or not at all. Returns how many products it holds.

    Args:
        database: the shop's.
        path: the file to write.
        form: "plain" for our own list, "shopify" for the classic product CSV.
        currency: the shop's; Shopify's file names none, so prices in another cannot go in.

    Raises:
        CatalogueFileError: when the file cannot be written, or prices are in another currency.
        StoreError: when the database gives no answer.
    """
    columns, rows = (plain.COLUMNS, _plain) if form == "plain" else (SHOPIFY_COLUMNS, _shopify(currency))
    count = 0
    try:
        with NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}", delete=False
        ) as file:
            try:
                writer = csv.DictWriter(file, columns, restval="")
                writer.writeheader()
                with database.session() as session:
                    for record in stored.all_records(session):
                        writer.writerows(rows(record))
                        count += 1
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise CatalogueFileError(f"{path} cannot be written: {error.strerror}.") from error
    return count


def amount(minor: int | None, currency: str) -> str:
    """Minor units as the text of a price: 1800 USD is "18.00", 1800 KRW is "1800"; "" for None."""
    decimals = _decimals(currency)
    return "" if minor is None else f"{minor // 10**decimals}" + (f".{minor % 10**decimals:0{decimals}d}" if decimals else "")


_decimals = lru_cache(maxsize=64)(get_currency_precision)


def _parts(record: ProductRecord) -> Iterator[tuple[VariantRecord | None, ImageRecord | None]]:
    """A size and a picture for each row of a product."""
    return zip_longest(record.variants, record.images or ())


def _plain(record: ProductRecord) -> Iterator[Row]:
    first: Row = {
        "title": record.title,
        "brand": _brand(record),
        "type": record.product_type_text or "",
        "description": _as_read(record.description or ""),
        "ingredients": _label(record.ingredients or ()),
        "concerns": ", ".join(record.concerns or ()),
        "skin_types": ", ".join(record.skin_types or ()),
        "marks": ", ".join(record.flags or ()),
        "active": plain.YES if record.active else plain.NO,
        "url": record.url or "",
    }
    for number, (size, image) in enumerate(_parts(record)):
        row = {"handle": record.handle, **(first if number == 0 else {})}
        if size:
            row |= {
                "sku": size.sku or "",
                "size": size.size,
                "price": amount(size.price, size.currency),
                "compare_at_price": amount(size.compare_at_price, size.currency),
                "currency": size.currency,
                "stock": "" if size.stock is None else str(size.stock),
                "order_when_empty": plain.YES if size.sells_when_empty else plain.NO,
            }
        if image:
            row |= {"image": image.src, "image_alt": image.alt}
        yield row


def _shopify(currency: str) -> Callable[[ProductRecord], Iterator[Row]]:
    layout = shopify.CLASSIC

    def rows(record: ProductRecord) -> Iterator[Row]:
        tags = [f"concern:{one}" for one in record.concerns or ()] + [f"skin:{one}" for one in record.skin_types or ()]
        first: Row = {
            "Title": record.title,
            layout.body: _paragraphs(record.description or ""),
            "Vendor": _brand(record),
            "Type": record.product_type_text or "",
            "Tags": ", ".join([*tags, *(flag.replace("_", "-") for flag in record.flags or ())]),
            layout.published: "TRUE" if record.active else "FALSE",
            "Option1 Name": "Size" if any(size.size for size in record.variants) else "Title",
            LABEL_COLUMN: _label(record.ingredients or ()),
            "Status": "active" if record.active else "archived",
        }
        for number, (size, image) in enumerate(_parts(record)):
            row = {"Handle": record.handle, **(first if number == 0 else {})}
            if size:
                if size.currency != currency:
                    raise CatalogueFileError(
                        f"The product {record.handle!r} has prices in {size.currency}, and Shopify's file knows only the "
                        f"shop's currency, {currency}. Export a plain list instead."
                    )
                row |= {
                    "Option1 Value": size.size or shopify.NO_OPTION,
                    layout.sku: size.sku or "",
                    "Variant Inventory Tracker": "" if size.stock is None else "shopify",
                    layout.stock: "" if size.stock is None else str(size.stock),
                    layout.when_empty: "continue" if size.sells_when_empty else "deny",
                    layout.price: amount(size.price, size.currency),
                    layout.compare_at: amount(size.compare_at_price, size.currency),
                }
            if image:
                row |= {layout.image: image.src, layout.image_position: str(number + 1), layout.image_alt: image.alt}
            yield row

    return rows


def _brand(record: ProductRecord) -> str:
    return "" if record.brand in (None, NO_BRAND) else str(record.brand)


def _as_read(description: str) -> str:
    """Text that an import reads as this description again, even where it looks like HTML."""
    return description if plain_text(description) == description else html.escape(description, quote=False)


def _paragraphs(description: str) -> str:
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in description.splitlines())


def _label(names: tuple[str, ...]) -> str:
    """The names as a list that an import reads back; as JSON where commas would not do."""
    listed = ", ".join(names)
    return listed if split_names(plain_text(listed)) == names else json.dumps(names, ensure_ascii=False)
