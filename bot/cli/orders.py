"""The shop owner's commands on orders: `glasskin orders import`, `glasskin orders show`."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, List, Optional

import typer
from babel.numbers import get_currency_precision
from rich.console import Console
from rich.progress import Progress

from bot.cli.errors import stop
from bot.cli.store import shop_currency, shop_database
from bot.settings import settings
from bot.store.importers.base import ImportReport
from bot.store.orders.book import OrderBook
from bot.store.orders.formats import recognise_orders
from bot.store.orders.models import ShopOrder
from bot.store.orders.writer import import_orders

orders = typer.Typer(help="The shop's orders: import, show.", no_args_is_help=True, rich_markup_mode=None)
console = Console()
MOST_SHOWN = 20


@orders.command("import")
def import_file(
    path: Annotated[Path, typer.Argument(help="Shopify's order CSV, WooCommerce's Advanced Order Export, or a plain list; recognised by itself.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing; say what would be.")] = False,
    currency: Annotated[Optional[str], typer.Option(help="Currency of amounts without one, such as USD; else that of data/shop.yml.")] = None,
    all_rows: Annotated[bool, typer.Option("--all", help="Show every refused order.")] = False,
) -> None:
    """Import orders. What is there is updated; orders that cannot be used are named with the reason, the rest goes in."""
    from bot.set_up.catalogue import own_shop

    recognise_orders(path)  # before anything is changed
    with shop_database() as database, Progress(console=console, transient=True) as bar:
        if not dry_run:
            own_shop(database, settings())
        task = bar.add_task(f"Importing {path.name}", total=None)
        report = import_orders(
            database, path, currency or shop_currency(), lambda done, size: bar.update(task, completed=done, total=size), dry_run
        )
    for line in told(report, path.name, dry_run, None if all_rows else MOST_SHOWN):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def told(report: ImportReport, name: str, dry_run: bool = False, most: int | None = MOST_SHOWN) -> List[str]:
    """What an import did, in lines for a terminal."""
    done = "would be" if dry_run else "done"
    counts = f"{len(report.created)} new, {len(report.updated)} updated, {len(report.unchanged)} unchanged, {len(report.refused)} refused"
    lines = [f"{name}, {report.kind}, {done}: {counts}"]
    lines += [f"  refused line {one.line}: {one.reason}" for one in report.refused[:most]]
    left = len(report.refused) - (most or len(report.refused))
    return [*lines, *([f"  refused: {left} more (--all shows them)"] if left > 0 else [])]


@orders.command("show")
def show(number: Annotated[str, typer.Argument(help="The order's number, as the customer reads it.")]) -> None:
    """Show one order with everything that the assistant knows of it."""
    with shop_database() as database:
        order = OrderBook(database).by_number(number)
        if order is None:
            stop(f"The book has no order {number!r}. `glasskin orders import FILE` brings orders in.")
        for line in described(order):
            console.print(line, markup=False, highlight=False, soft_wrap=True)


def described(order: ShopOrder) -> List[str]:
    """An order in lines for a terminal."""
    address = ", ".join(value for value in order.address.values() if value)
    lines = [f"Order {order.number}: {order.state}, placed {order.placed_at:%Y-%m-%d}, {order.email}", f"To: {address or '-'}"]
    for line in order.lines:
        options = ", ".join(line.options.values())
        lines.append(f"  {line.quantity} x {line.title}{f' ({options})' if options else ''}: {_money(line.price * line.quantity, order)}")
    lines.append(f"Total: {_money(order.total, order)}, delivery {_money(order.shipping, order)} {order.delivery}".rstrip())
    for parcel in order.shipments:
        when = f"delivered {parcel.delivered_at:%Y-%m-%d}" if parcel.delivered_at else f"sent {parcel.shipped_at:%Y-%m-%d}" if parcel.shipped_at else "sent"
        lines.append(f"Parcel {parcel.position + 1}: {when}, {parcel.carrier or 'carrier not told'} {parcel.tracking} {parcel.url}".rstrip())
    for payment in order.payments:
        state = "" if payment.done else ", on its way"
        lines.append(f"{payment.kind.capitalize()}: {_money(payment.amount, order)}, {payment.method or 'way not told'}{state}")
    lines += [f"{one.kind.capitalize()} {one.state} {one.at:%Y-%m-%d}: {_money(one.refund, order)}" for one in order.returns]
    return lines


def _money(amount: int, order: ShopOrder) -> str:
    digits = get_currency_precision(order.currency)
    return f"{Decimal(amount).scaleb(-digits):.{digits}f} {order.currency}"
