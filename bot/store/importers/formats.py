"""Tells which shop's export a file is, by its first line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.store.importers import shopify
from bot.store.importers.assembling import CheckedFile
from bot.store.importers.base import CatalogueFileError, Progress
from bot.store.importers.csvfile import beginning, header_of
from bot.store.importers.google import GoogleFile
from bot.store.importers.plain import PlainFile
from bot.store.importers.raw import RawFile
from bot.store.importers.shopify import ShopifyFile
from bot.store.importers.woocommerce import WooCommerceFile

KNOWN = (
    "It can be Shopify's product CSV (columns Handle or URL handle, Title, Variant Price or Price), WooCommerce's (ID, "
    "Type, SKU, Name, Regular price), a Google Merchant feed (id, title, link, price; TSV or XML), or a plain list "
    "with at least the columns title and price."
)
_SHOPIFY_2024 = {"url handle", "inventory quantity", "published on online store", "compare-at price"}


@dataclass(frozen=True)
class Recognised:
    """A file and what it is, in words for its owner."""

    kind: str
    file: CheckedFile


def recognise(path: Path, currency: str, progress: Progress | None = None) -> Recognised:
    """Opens the export at `path`; prices are in `currency` where the file names none.

    Raises:
        CatalogueFileError: when it is none of the known formats.
        ValueError: for an unknown currency.
    """
    kind, raw = _raw(path, progress)
    return Recognised(kind, CheckedFile(raw, currency))


def _raw(path: Path, progress: Progress | None) -> tuple[str, RawFile]:
    start = beginning(path)
    if start.lstrip().startswith("<"):
        if "<rss" in start or "<feed" in start:
            return "a Google Merchant feed (XML)", GoogleFile(path, None, progress)
        raise CatalogueFileError(f"{path.name} is a web page or XML of another kind, not a product feed. {KNOWN}")
    columns, delimiter = header_of(start)
    told = set(columns)
    if {"handle", "title", "variant price"} <= told:
        return "Shopify's product CSV", ShopifyFile(path, columns, delimiter, shopify.CLASSIC, progress)
    if {"title", "price"} <= told and told & _SHOPIFY_2024:
        return "Shopify's product CSV of 2024", ShopifyFile(path, columns, delimiter, shopify.NEW, progress)
    if {"type", "sku", "name", "regular price"} <= told:
        return "WooCommerce's product CSV", WooCommerceFile(path, columns, delimiter, progress)
    if {"id", "title", "link", "price"} <= told:
        return "a Google Merchant feed", GoogleFile(path, delimiter, progress)
    if {"title", "price"} <= told:
        return "a plain product list", PlainFile(path, columns, delimiter, progress)
    shown = ", ".join(columns[:8])
    raise CatalogueFileError(f"{path.name} is no product list: its first line has {shown[:200]!r}. {KNOWN}")
