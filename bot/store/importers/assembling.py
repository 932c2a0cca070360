"""Checks what a file tells of a product and makes a record of it, the same way for every format."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from bot.settings import settings
from bot.store.importers import fields
from bot.store.importers.base import (
    NO_BRAND,
    ImageRecord,
    ImportReport,
    ProductRecord,
    RowError,
    VariantKey,
    VariantRecord,
)
from bot.store.importers.known_names import KnownNames, known_names
from bot.store.importers.meaning import meaning
from bot.store.importers.prices import Money, Prices, is_currency
from bot.store.importers.raw import RawFile, RawImage, RawProduct, RawVariant
from bot.store.importers.sizes import measure, size_in_title
from bot.store.importers.stock import stock_of
from bot.store.importers.texts import cut, name_text, plain_text, without_pictures
from bot.store.models import (
    HANDLE_LENGTH,
    SHOP_ID_LENGTH,
    SIZE_LENGTH,
    SKU_LENGTH,
    SLUG_LENGTH,
    TITLE_LENGTH,
    URL_LENGTH,
)
from bot.store.text import slug

LONGEST_BODY = 60_000
NO_SIZE = "one size"
"""What a size without a name is called beside others."""
_WEB_ADDRESS = re.compile(r"https?://\S+|/(?!/)\S*", re.IGNORECASE)
_NO_HANDLE = re.compile(r"[\s/?#\\<>\"]")


class CheckedFile:
    """A shop's export as records that can go in."""

    def __init__(self, raw: RawFile, currency: str, decimal_comma: bool = False) -> None:
        """
        Args:
            raw: the file.
            currency: ISO 4217 code for prices whose currency the file does not name.
            decimal_comma: whether it writes prices as 12,50.

        Raises:
            ValueError: for an unknown currency.
        """
        if not is_currency(currency):
            raise ValueError(f"{currency!r} is not an ISO 4217 currency code such as USD")
        self._raw = raw
        self._prices = Prices(currency, decimal_comma)

    def records(self, report: ImportReport) -> Iterator[ProductRecord]:
        """The products that can go in; rows that cannot are put into `report`. Raises CatalogueFileError when the
        file is not of its form."""
        return _Assembler(self._prices, report, known_names(settings().knowledge)).records(self._raw)


class _Assembler:
    """Knows the handles that the file has used so far, with their lines."""

    def __init__(self, prices: Prices, report: ImportReport, known: KnownNames) -> None:
        self._prices = prices
        self._report = report
        self._known = known
        self._handles: dict[str, int] = {}

    def records(self, raw: RawFile) -> Iterator[ProductRecord]:
        for product in raw.products(self._report):
            try:
                record = self._product(product)
            except RowError as error:
                first, *others = product.lines
                self._report.refuse(first, str(error))
                for line in others:
                    self._report.refuse(line, f"the first row of its product, line {first}, was refused")
                continue
            if record.variants:
                yield record

    def _product(self, raw: RawProduct) -> ProductRecord:
        title = fields.bounded(name_text(raw.title), TITLE_LENGTH, "the title")
        handle = self._handle(raw, title)
        if not title:
            raise RowError("the title is missing")
        type_text = self._type(raw)
        variants, kept = self._variants(raw, title)
        return ProductRecord(
            handle=handle,
            title=title,
            brand=self._brand(raw, title),
            product_type_text=type_text,
            active=raw.active,
            url=raw.url if raw.url is None else _address(raw.url, "the web address"),
            variants=tuple(variants),
            images=None if raw.images is None else tuple(self._images(raw.images)),
            source=raw.source,
            shop_id=raw.shop_id.strip()[:SHOP_ID_LENGTH] or None,
            kept=frozenset(kept),
            owns_handle=raw.owns_handle,
            feed=raw.feed,
            **meaning(raw, title, type_text or "", self._body(raw), variants, self._known),
        )

    def _brand(self, raw: RawProduct, title: str) -> str | None:
        """The brand that the file tells, else the one that title and tags tell; None where it has no column for brands and
        they tell none."""
        told = fields.bounded(name_text(raw.brand or ""), TITLE_LENGTH, "the vendor")
        if told and raw.source == "shopify" and not raw.gift_card:
            return self._known.brands.in_place_of(told, title, raw.tags or "") or told
        if told or raw.feed or raw.gift_card:
            return told or (None if raw.brand is None else NO_BRAND)
        return self._known.brands.of(title, raw.tags or "") or (None if raw.brand is None else NO_BRAND)

    def _type(self, raw: RawProduct) -> str | None:
        """The shop's word for the kind; one that is too long to be a word is cut and said."""
        if raw.kind is None:
            return None
        text = name_text(raw.kind)
        if len(text) > SLUG_LENGTH:
            self._report.notice(raw.lines[0], f"the type was cut at {SLUG_LENGTH} characters")
        return cut(text, SLUG_LENGTH)

    def _body(self, raw: RawProduct) -> str:
        """The description as text; what is beyond LONGEST_BODY characters is cut off and said."""
        body = plain_text(without_pictures(raw.body or "").replace("\x00", " "))
        if len(body) > LONGEST_BODY:
            self._report.notice(raw.lines[0], f"the description was cut at {LONGEST_BODY} characters")
        return cut(body, LONGEST_BODY)

    def _handle(self, raw: RawProduct, title: str) -> str:
        """The product's handle, made from its title where the file has none. Raises RowError when it cannot be one,
        or was already used."""
        line = raw.lines[0]
        handle = raw.handle.strip()
        if not raw.owns_handle and (not handle or handle in self._handles or _NO_HANDLE.search(handle)):
            handle = slug(title).replace("_", "-")[:HANDLE_LENGTH]
            if handle in self._handles:
                mark = raw.shop_id or raw.variants[0].sku or str(line)
                handle = f"{handle[: HANDLE_LENGTH - 100]}-{slug(mark).replace('_', '-')[:99]}"
        self._report.named.add(handle)
        if not handle:
            raise RowError("the handle is missing")
        if _NO_HANDLE.search(fields.bounded(handle, HANDLE_LENGTH, "the handle")):
            raise RowError(f"the handle {handle[:80]!r} cannot be part of a web address")
        if handle in self._handles:
            raise RowError(
                f"the product {handle!r} already began on line {self._handles[handle]}; its rows must stand together"
            )
        self._handles[handle] = line
        return handle

    def _variants(self, raw: RawProduct, title: str) -> tuple[list[VariantRecord], set[VariantKey]]:
        """The variants that can go in, and the keys of those that cannot."""
        variants: list[VariantRecord] = []
        refused: set[VariantKey] = set()
        several = len(raw.variants) > 1
        for one in raw.variants:
            sku = one.sku.strip().lstrip("'") or None
            size = name_text(one.size) or size_in_title(title) or (NO_SIZE if several else "")
            try:
                variant = self._variant(one, sku, size)
                if any(variant.key == other.key and variant.shop_id == other.shop_id for other in variants):
                    raise RowError(f"the size {size!r} stands twice, with no SKU to tell the two apart")
            except RowError as error:
                self._report.refuse(one.line, str(error))
                refused.add((sku, size))
                continue
            variants.append(variant)
        return variants, refused - {variant.key for variant in variants}

    def _variant(self, raw: RawVariant, sku: str | None, size: str) -> VariantRecord:
        fields.bounded(sku or "", SKU_LENGTH, "the SKU")
        fields.bounded(size, SIZE_LENGTH, "the size")
        price = self._prices.read(raw.price, raw.currency)
        if price.rounded:
            self._report.notice(raw.line, f"prices with more decimals than {price.currency} has were rounded")
        amount, unit = measure(size)
        stock = stock_of(raw.stock, raw.availability)
        if stock.unread:
            self._report.notice(raw.line, stock.unread if stock.count is not None else f"{stock.unread}: not counted")
        return VariantRecord(
            sku=sku,
            size=size,
            amount=amount,
            unit=unit,
            price=price.amount,
            currency=price.currency,
            compare_at_price=self._price_before(raw, price),
            stock=stock.count,
            sells_when_empty=raw.sells_when_empty or stock.when_empty,
            available=stock.available,
            shop_id=raw.shop_id.strip()[:SHOP_ID_LENGTH] or None,
            line=raw.line,
        )

    def _price_before(self, raw: RawVariant, price: Money) -> int | None:
        """The price before a sale; one that cannot be read, or is no higher, is left out, the former with a notice."""
        if not raw.compare_at.strip():
            return None
        try:
            before = self._prices.read(raw.compare_at, raw.currency, "compare-at price")
        except RowError as error:
            self._report.notice(raw.line, f"{error}; the price before was left out")
            return None
        return before.amount or None

    def _images(self, raw: list[RawImage]) -> list[ImageRecord]:
        """The pictures of a product by their position, those without one last."""
        found: list[tuple[float, ImageRecord]] = []
        for one in raw:
            try:
                src = _address(one.src, "the image address")
                alt = fields.bounded(one.alt, TITLE_LENGTH, "the image's alt text")
            except RowError as error:
                self._report.refuse(one.line, f"{error}; only the picture was left out")
                continue
            position = one.position.strip()
            place = float(position) if position.isascii() and position.isdigit() else math.inf
            found.append((place, ImageRecord(src, alt)))
        return [image for _, image in sorted(found, key=lambda item: item[0])]


def _address(text: str, what: str) -> str:
    found = fields.bounded(text, URL_LENGTH, what)
    if not _WEB_ADDRESS.fullmatch(found):
        raise RowError(f"{what} {found[:80]!r} is neither http(s) nor a path beginning with /")
    return found
