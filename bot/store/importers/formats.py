"""Tells which shop's export a file is, by its first lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.store.importers import shopify
from bot.store.importers.assembling import CheckedFile
from bot.store.importers.base import CatalogueFileError, Progress
from bot.store.importers.csvfile import Header, beginning, headers_of
from bot.store.importers.google import GoogleFile
from bot.store.importers.inventory import InventoryFile, is_inventory
from bot.store.importers.plain import PlainFile
from bot.store.importers.prices import decimal_comma_in
from bot.store.importers.raw import RawFile
from bot.store.importers.shopify import ShopifyFile
from bot.store.importers.tables import fields, table_of, woocommerce_names
from bot.store.importers.woocommerce import WooCommerceFile

KNOWN = (
    "It can be an export of Shopify, WooCommerce, Magento, BigCommerce, PrestaShop, Wix, Squarespace, Square, Etsy or Amazon, a "
    "Google or Meta product feed, or a plain list with at least a title and a price. Say which columns hold them: "
    '--map title="Column" --map price="Column".'
)
_SHOPIFY_2024 = {"url handle", "inventory quantity", "published on online store", "compare-at price"}
_SHOPIFY_ONLY = {"body (html)", "variant inventory qty", "option1 value", "variant sku", "vendor"}
_WOO_NEEDS = {"type", "name", "regular price"}


@dataclass(frozen=True)
class Recognised:
    """A file, what it is in words for its owner, and what of it is not read."""

    kind: str
    file: CheckedFile | InventoryFile
    notices: tuple[str, ...] = ()


def recognise(
    path: Path,
    currency: str,
    progress: Progress | None = None,
    name: str = "",
    columns: Mapping[str, str] | None = None,
) -> Recognised:
    """Opens the export at `path`.

    Args:
        path: the file, as UTF-8 text.
        currency: ISO 4217 code of prices that name none.
        progress: called with the bytes read.
        name: what its owner calls it, where `path` is a copy.
        columns: which columns hold what, as its owner says.

    Raises:
        CatalogueFileError: when it is none of the known formats.
        ValueError: for an unknown currency.
    """
    start = beginning(path)
    inventory = next((header for header in headers_of(start) if is_inventory(header)), None)
    if inventory:
        return Recognised("Shopify's inventory CSV", InventoryFile(path, inventory, progress))
    kind, raw, notices = _raw(path, start, progress, name or path.name, columns)
    return Recognised(kind, CheckedFile(raw, currency, decimal_comma_in(start)), notices)


def _raw(
    path: Path, start: str, progress: Progress | None, name: str, columns: Mapping[str, str] | None
) -> tuple[str, RawFile, tuple[str, ...]]:
    if start.lstrip().startswith("<"):
        if "<rss" in start or "<feed" in start:
            return "a Google Merchant feed (XML)", GoogleFile(path, None, progress), ()
        raise CatalogueFileError(f"{name} is a web page or XML of another kind, not a product feed. {KNOWN}")
    headers = list(headers_of(start))
    for header in headers:
        found = _of_table(path, header, progress, columns)
        if found:
            kind, raw, notices = found
            nameless = header.columns.count("")
            told = [f"{nameless} column{'s' if nameless > 1 else ''} without a name not read"] if nameless else []
            return kind, raw, (*notices, *told)
    shown = ", ".join(headers[0].columns[:8]) if headers else ""
    raise CatalogueFileError(
        f"{name} is no product list: its first line has {shown[:200]!r}. {KNOWN} Columns can be given to {', '.join(fields())}."
    )


def _of_table(
    path: Path, header: Header, progress: Progress | None, columns: Mapping[str, str] | None
) -> tuple[str, RawFile, tuple[str, ...]] | None:
    """The table with this header; None where its columns tell nothing."""
    told = set(header.columns)
    if not columns:
        if {"handle", "title", "variant price"} <= told:
            return "Shopify's product CSV", ShopifyFile(path, header, shopify.CLASSIC, progress), ()
        if {"title", "price"} <= told and told & _SHOPIFY_2024:
            return "Shopify's product CSV of 2024", ShopifyFile(path, header, shopify.NEW, progress), ()
        names = {} if {"type", "sku", "name", "regular price"} <= told else woocommerce_names()
        if {names.get(name, name) for name in told} >= _WOO_NEEDS | {"published"} or not names:
            return "WooCommerce's product CSV", WooCommerceFile(path, header, names, progress), ()
        if {"id", "title", "link", "price"} <= told:
            return "a Google or Meta product feed", GoogleFile(path, header, progress), ()
    table = table_of(header.columns, columns)
    if table is None or (table.own and told & _SHOPIFY_ONLY > {"vendor"}):
        return None
    unread = (f"columns that are not read: {', '.join(table.unread)}",) if table.unread else ()
    return table.name, PlainFile(path, header, table, progress), unread
