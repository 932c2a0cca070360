"""Checks what a file tells of a product and makes a record of it, the same way for every format."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache

from babel.numbers import UnknownCurrencyError, validate_currency

from bot.store.importers import fields
from bot.store.importers.base import (
    NO_BRAND,
    ImageRecord,
    ImportReport,
    ProductRecord,
    RowError,
    VariantRecord,
    variant_key,
)
from bot.store.importers.label import split_body, split_names
from bot.store.importers.raw import RawFile, RawImage, RawProduct, RawVariant
from bot.store.models import HANDLE_LENGTH, SIZE_LENGTH, SKU_LENGTH, SLUG_LENGTH, TITLE_LENGTH, URL_LENGTH
from bot.store.text import slug

LONGEST_BODY = 60_000
_WEB_ADDRESS = re.compile(r"https?://\S+|/(?!/)\S*", re.IGNORECASE)
_NO_HANDLE = re.compile(r"[\s/?#\\<>\"]")


class CheckedFile:
    """A shop's export as records that can go in."""

    def __init__(self, raw: RawFile, currency: str) -> None:
        """
        Args:
            raw: the file.
            currency: ISO 4217 code for prices whose currency the file does not name.

        Raises:
            ValueError: for an unknown currency.
        """
        if not _is_currency(currency):
            raise ValueError(f"{currency!r} is not an ISO 4217 currency code such as USD")
        self._raw = raw
        self._currency = currency

    def records(self, report: ImportReport) -> Iterator[ProductRecord]:
        """The products that can go in; rows that cannot are put into `report`. Raises CatalogueFileError when the
        file is not of its form."""
        return _Assembler(self._currency, report).records(self._raw)


class _Assembler:
    """Knows the handles and SKUs that the file has used so far, with their lines."""

    def __init__(self, currency: str, report: ImportReport) -> None:
        self._currency = currency
        self._report = report
        self._handles: dict[str, int] = {}
        self._skus: dict[str, int] = {}

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
        title = fields.bounded(raw.title, TITLE_LENGTH, "the title")
        handle = self._handle(raw, title)
        if not title:
            raise RowError("the title is missing")
        body = fields.plain_text(fields.bounded(raw.body or "", LONGEST_BODY, "the description"))
        description, listed = split_body(body)
        concerns, skin_types, flags = fields.tags(raw.tags or "")
        told = raw.tags is not None
        variants, kept = self._variants(raw, title)
        return ProductRecord(
            handle=handle,
            title=title,
            brand=None if raw.brand is None else fields.bounded(raw.brand, TITLE_LENGTH, "the vendor") or NO_BRAND,
            product_type_text=None if raw.kind is None else fields.bounded(raw.kind, SLUG_LENGTH, "the type"),
            description=None if raw.body is None else description,
            active=raw.active,
            url=raw.url if raw.url is None else _address(raw.url, "the web address"),
            variants=tuple(variants),
            images=None if raw.images is None else tuple(self._images(raw.images)),
            ingredients=_label(raw, listed),
            concerns=concerns if told else None,
            skin_types=skin_types if told else None,
            flags=flags if told else None,
            kept=frozenset(kept),
            owns_handle=raw.owns_handle,
        )

    def _handle(self, raw: RawProduct, title: str) -> str:
        """The product's handle, made from its title where the file has none. Raises RowError when it cannot be one,
        or was already used."""
        line = raw.lines[0]
        handle = raw.handle.strip()
        if not handle and not raw.owns_handle:
            handle = slug(title).replace("_", "-")[:HANDLE_LENGTH]
            if handle in self._handles:
                handle = f"{handle[: HANDLE_LENGTH - 100]}-{slug(raw.variants[0].sku or str(line)).replace('_', '-')[:99]}"
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

    def _variants(self, raw: RawProduct, title: str) -> tuple[list[VariantRecord], set[str]]:
        """The variants that can go in, and the keys of those that cannot."""
        variants: list[VariantRecord] = []
        refused: set[str] = set()
        for one in raw.variants:
            sku = one.sku.strip() or None
            size = one.size.strip() or fields.size_in_title(title)
            try:
                variant = self._variant(one, sku, size)
                if sku and sku in self._skus:
                    raise RowError(f"the SKU {sku!r} is already on line {self._skus[sku]}")
                if variant.key in {other.key for other in variants}:
                    raise RowError(f"the size {size!r} stands twice, with no SKU to tell the two apart")
            except RowError as error:
                self._report.refuse(one.line, str(error))
                refused.add(variant_key(sku, size))
                continue
            if sku:
                self._skus[sku] = one.line
            variants.append(variant)
        return variants, refused - {variant.key for variant in variants}

    def _variant(self, raw: RawVariant, sku: str | None, size: str) -> VariantRecord:
        fields.bounded(sku or "", SKU_LENGTH, "the SKU")
        fields.bounded(size, SIZE_LENGTH, "the size")
        currency = raw.currency.strip().upper() or self._currency
        if not _is_currency(currency):
            raise RowError(f"{raw.currency[:20]!r} is not a currency code such as USD")
        amount, unit = fields.measure(size)
        compare_at = fields.price(raw.compare_at, currency, "compare-at price") if raw.compare_at.strip() else 0
        return VariantRecord(
            sku=sku,
            size=size,
            amount=amount,
            unit=unit,
            price=fields.price(raw.price, currency),
            currency=currency,
            compare_at_price=compare_at or None,
            stock=fields.quantity(raw.stock),
            sells_when_empty=raw.sells_when_empty,
            available=raw.available,
            line=raw.line,
        )

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


@lru_cache(maxsize=64)
def _is_currency(code: str) -> bool:
    try:
        validate_currency(code)
    except UnknownCurrencyError:
        return False
    return True


def _address(text: str, what: str) -> str:
    found = fields.bounded(text, URL_LENGTH, what)
    if not _WEB_ADDRESS.fullmatch(found):
        raise RowError(f"{what} {found[:80]!r} is neither http(s) nor a path beginning with /")
    return found


def _label(raw: RawProduct, listed: tuple[str, ...]) -> tuple[str, ...] | None:
    """The ingredients from the surest place that has them; None where the file could not have told them."""
    for text in raw.labels:
        names = split_names(fields.plain_text(text))
        if names:
            return names
    return listed if listed or raw.tells_label else None
