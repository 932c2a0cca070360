"""Files of orders: Shopify's order CSV, two exports of WooCommerce, and the plain list; told apart by their first line.

Shopify: Orders > Export (https://help.shopify.com/en/manual/fulfillment/managing-orders/exporting-orders). It has no tracking
numbers; columns of apps that add them (Tracking Number, Tracking Company, Tracking URL, Delivered at) are read. WooCommerce has
no export of its own: the columns are those of "Advanced Order Export For WooCommerce" (AlgolPlus), a row a position.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import Mapping

from bot.store.importers.base import CatalogueFileError, ImportReport, Progress, RowError
from bot.store.importers.csvfile import Header, Row, beginning, headers_of, read_rows
from bot.store.orders.assembling import COLUMNS, order_of
from bot.store.orders.records import OrderRecord, folded_number

JOINT = " - "
NEEDED = ("number", "email", "placed", "title", "price")
KNOWN = (
    "It can be Shopify's order CSV (columns Name, Email, Created at, Lineitem name), the file of WooCommerce's Advanced Order Export "
    f"(Order Number, Order Date, Email (Billing), Item Name), or a plain list with at least the columns {', '.join(NEEDED)}."
)
SHOPIFY: Mapping[str, str] = {
    "number": "Name", "email": "Email", "placed": "Created at", "name": "Shipping Name", "currency": "Currency", "title": "Lineitem name",
    "sku": "Lineitem sku", "quantity": "Lineitem quantity", "price": "Lineitem price", "shipping": "Shipping", "discount": "Discount Amount",
    "tax": "Taxes", "total": "Total", "delivery": "Shipping Method", "payment": "Payment Method", "paid": "Paid at", "cancelled": "Cancelled at",
    "refunded": "Refunded Amount", "state": "Fulfillment Status", "carrier": "Tracking Company", "tracking": "Tracking Number",
    "tracking_url": "Tracking URL", "delivered": "Delivered at", "line1": "Shipping Address1", "line2": "Shipping Address2",
    "city": "Shipping City", "region": "Shipping Province", "postcode": "Shipping Zip", "country": "Shipping Country",
}
WOOCOMMERCE: Mapping[str, str] = {
    "number": "Order Number", "email": "Email (Billing)", "placed": "Order Date", "state": "Order Status", "currency": "Currency",
    "title": "Item Name", "sku": "SKU", "quantity": "Quantity", "price": "Item Cost", "shipping": "Order Shipping Amount",
    "discount": "Cart Discount Amount", "tax": "Order Total Tax Amount", "total": "Order Total Amount", "delivery": "Shipping Method Title",
    "payment": "Payment Method Title", "paid": "Paid Date", "refunded": "Order Refund Amount", "shipped": "Completed Date",
    "carrier": "Tracking Provider", "tracking": "Tracking Number", "tracking_url": "Tracking Link", "line1": "Address 1 (Shipping)",
    "line2": "Address 2 (Shipping)", "city": "City (Shipping)", "region": "State Code (Shipping)", "postcode": "Postcode (Shipping)",
    "country": "Country Code (Shipping)",
}


@dataclass(frozen=True)
class OrderFile:
    """A file of orders: what it is in words, and the orders in it."""

    kind: str
    path: Path
    header: Header
    cells: Callable[[Row], dict[str, str]]

    def records(
        self, report: ImportReport, currency: str, progress: Progress | None = None, shift: timedelta = timedelta()
    ) -> Iterator[tuple[int, OrderRecord]]:
        """The orders in file order with the line each begins at; those that cannot be used are reported as refused.

        Raises:
            CatalogueFileError: when the file cannot be read to its end.
        """
        seen: set[str] = set()
        rows = ((row.line, self.cells(row)) for row in read_rows(self.path, self.header, report, progress))
        for number, block in groupby(rows, key=lambda row: folded_number(row[1]["number"])):
            found = list(block)
            line = found[0][0]
            if number in seen:
                report.refuse(line, f"the order {number} stands twice in the file, or its rows are not together")
                continue
            seen.add(number)
            try:
                yield line, order_of([cells for _, cells in found], currency, shift)
            except RowError as error:
                report.refuse(line, f"order {number or 'without a number'}: {error}")


def recognise_orders(path: Path) -> OrderFile:
    """Which format the file at `path` has.

    Raises:
        CatalogueFileError: when it is none of the known ones.
    """
    header = next(headers_of(beginning(path)), Header((), ","))
    told = set(header.columns)
    if {"name", "email", "created at", "lineitem name", "lineitem price"} <= told:
        return OrderFile("Shopify's order CSV", path, header, _shopify)
    if {"order number", "order date", "email (billing)", "item name"} <= told:
        return OrderFile("WooCommerce's order export", path, header, _woocommerce)
    if set(NEEDED) <= told:
        return OrderFile("a plain list of orders", path, header, lambda row: _mapped(row, {name: name for name in COLUMNS}))
    shown = ", ".join(header.columns[:8])
    raise CatalogueFileError(f"{path.name} is no list of orders: its first line has {shown[:200]!r}. {KNOWN}")


def _mapped(row: Row, columns: Mapping[str, str]) -> dict[str, str]:
    return {name: row[columns[name]] if name in columns else "" for name in COLUMNS}


def _shopify(row: Row) -> dict[str, str]:
    """A line that is sent is in a parcel; the variant stands behind the product's name, an apostrophe before postcodes."""
    cells = _mapped(row, SHOPIFY)
    cells["postcode"] = cells["postcode"].lstrip("'")
    title, joint, option = cells["title"].rpartition(JOINT)
    sent = row["Lineitem fulfillment status"].strip().lower() == "fulfilled"
    if joint:
        cells.update(title=title, option=option)
    if sent:
        cells.update(shipped=row["Fulfilled at"], parcel=cells["tracking"] or "1")
    return {**cells, **({} if sent else {"tracking": "", "delivered": "", "carrier": "", "tracking_url": ""})}


def _woocommerce(row: Row) -> dict[str, str]:
    """The name has two columns, "Quantity (- Refund)" is what is left, and a status may begin with "wc-"."""
    cells = _mapped(row, WOOCOMMERCE)
    cells["name"] = _name(row, "Shipping") or _name(row, "Billing")
    cells["quantity"] = cells["quantity"] or row["Quantity (- Refund)"]
    cells["line1"] = cells["line1"] or row["Address 1&2 (Shipping)"]
    cells["state"] = cells["state"].strip().lower().removeprefix("wc-")
    title, joint, option = cells["title"].rpartition(JOINT)
    return {**cells, "title": title, "option": option} if joint else cells


def _name(row: Row, whose: str) -> str:
    return f"{row[f'First Name ({whose})']} {row[f'Last Name ({whose})']}".strip()


__all__: Sequence[str] = ("KNOWN", "OrderFile", "recognise_orders")
