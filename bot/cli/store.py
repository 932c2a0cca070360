"""The shop owner's commands on products: `glasskin import`, `glasskin export`, `glasskin products ...`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Annotated, List, Optional

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.errors import stop
from bot.settings import settings
from bot.store.database import Database
from bot.store.exporters import Format, amount, export_catalogue
from bot.store.policies import load_shop
from bot.store.repository import ProductRepository
from bot.store.text import type_slug
from bot.store.views import ProductQuery, ProductView, Sort

products = typer.Typer(
    help="Look at the shop's products: list, show, check.", no_args_is_help=True, rich_markup_mode=None
)
console = Console()
DERIVED = " (derived from its words)"


class ExportFormat(str, Enum):
    """The formats that can be written."""

    PLAIN = "plain"
    SHOPIFY = "shopify"


class ListOrder(str, Enum):
    """The orders of `products list`."""

    BEST = "best"
    PRICE = "price"
    PRICE_DESC = "price_desc"
    NAME = "name"
    NEWEST = "newest"
    RESTOCKED = "restocked"


def import_products(
    path: Annotated[
        Path,
        typer.Argument(help="A shop's export (CSV, TSV, XML, xlsx, also in gz or zip) or a plain list; recognised by itself."),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing; show what would be.")] = False,
    deactivate_missing: Annotated[
        bool, typer.Option("--deactivate-missing", help="Take products off sale that the file does not name.")
    ] = False,
    even_many: Annotated[
        bool, typer.Option("--yes", help="With --deactivate-missing: even where more than a fifth of the shop goes off sale.")
    ] = False,
    currency: Annotated[
        Optional[str], typer.Option(help="Currency of prices without one, such as USD; else that of data/shop.yml.")
    ] = None,
    columns: Annotated[
        Optional[List[str]],
        typer.Option("--map", help='Which column holds what, such as title="Product name"; kept for files with the same columns.'),
    ] = None,
    all_rows: Annotated[bool, typer.Option("--all", help="Show every refused row and changed product.")] = False,
) -> None:
    """Import a shop's products. What is there is updated; rows that cannot be used are named with the reason, the rest
    goes in. Either all of it is done or nothing."""
    from bot.cli.shop_setup import import_catalogue
    from bot.set_up.catalogue import own_shop, write_product_names
    from bot.set_up.column_names import keep_columns, named_columns
    from bot.store.ownership import OWN

    with shop_database() as database:
        try:
            named = named_columns(columns or [], path, settings().var)
            import_catalogue(
                database, path, console, currency or shop_currency(), dry_run, deactivate_missing, all_rows, even_many, named, OWN,
            )
        except ValueError as error:
            stop(str(error))
        if not dry_run:
            keep_columns(named, path, settings().var)
            own_shop(database, settings())
            write_product_names(database, settings())


def export_products(
    path: Annotated[Path, typer.Argument(help="The file to write.")],
    form: Annotated[
        ExportFormat, typer.Option("--format", help="Our own plain list, or Shopify's classic product CSV.")
    ] = ExportFormat.PLAIN,
) -> None:
    """Write all products to a file that can be imported again."""
    chosen: Format = "plain" if form is ExportFormat.PLAIN else "shopify"
    with shop_database() as database:
        count = export_catalogue(database, path, chosen, shop_currency())
    console.print(f"{count} products written to {path}", markup=False, soft_wrap=True)


@products.command("list")
def list_products(
    text: Annotated[Optional[str], typer.Argument(help="Words of name, brand, kind, ingredients or concerns.")] = None,
    brand: Annotated[Optional[List[str]], typer.Option(help="Brand; may be given again for any of several.")] = None,
    kind: Annotated[Optional[List[str]], typer.Option("--type", help="Kind of product; may be given again.")] = None,
    concern: Annotated[Optional[List[str]], typer.Option(help="Concern, such as dryness.")] = None,
    skin: Annotated[Optional[List[str]], typer.Option(help="Skin type, such as oily.")] = None,
    with_: Annotated[Optional[List[str]], typer.Option("--with", help="Ingredient that must be on the label.")] = None,
    without: Annotated[Optional[List[str]], typer.Option(help="Ingredient that must not be.")] = None,
    mark: Annotated[Optional[List[str]], typer.Option(help="Mark, such as vegan.")] = None,
    in_stock: Annotated[Optional[bool], typer.Option("--in-stock/--sold-out", help="Only one of the two.")] = None,
    sort: Annotated[ListOrder, typer.Option(help="Order of the list.")] = ListOrder.BEST,
    page: Annotated[int, typer.Option(min=1, help="Page of the list.")] = 1,
    size: Annotated[int, typer.Option(min=1, max=500, help="Products on a page.")] = 25,
) -> None:
    """List products on sale."""
    order: Sort = sort.value
    query = ProductQuery(
        text=text,
        brands=tuple(brand or ()),
        product_type=tuple(type_slug(word) for word in kind or ()) or None,
        concerns=tuple(concern or ()),
        skin_types=tuple(skin or ()),
        with_ingredients=tuple(with_ or ()),
        without_ingredients=tuple(without or ()),
        flags=tuple(mark or ()),
        in_stock=in_stock,
        sort=order,
        limit=size,
        offset=(page - 1) * size,
    )
    with shop_database() as database, database.session() as session:
        repository = ProductRepository(session)
        _check_kinds(kind or [], repository.types())
        found, count = repository.search(query), repository.count(query)
    for one in found:
        console.print(one.handle, style="bold", markup=False, highlight=False, soft_wrap=True)
        console.print(f"    {_summary(one)}", markup=False, highlight=False, soft_wrap=True)
    console.print(f"{len(found)} of {count} products" + (f", page {page}" if count > size else ""))


def _check_kinds(asked: List[str], known: List[str]) -> None:
    """Ends the command where the shop sells nothing of a kind, and names the kinds that it does sell."""
    for word in asked:
        if type_slug(word) not in known:
            stop(f"No product on sale is of the kind {word!r}. Kinds on sale: {', '.join(known) or 'none'}.")


def _summary(product: ProductView) -> str:
    stock = "stock uncounted" if product.stock is None else f"{product.stock} in stock"
    parts = (product.title, product.brand, product.product_type_text, price(product), stock if product.in_stock else "sold out")
    return ", ".join(part for part in parts if part)


@products.command("show")
def show_product(name: Annotated[str, typer.Argument(help="Handle or SKU.")]) -> None:
    """Show one product with everything the assistant knows of it."""
    with shop_database() as database, database.session() as session:
        repository = ProductRepository(session)
        found = repository.by_handle(name) or repository.by_sku(name)
    if found is None:
        stop(f"No product on sale has the handle or SKU {name!r}. `glasskin products list` shows them.")
    rows = {
        "Handle": found.handle,
        "Brand": found.brand,
        "Type": f"{found.product_type_text} ({found.product_type})" if found.product_type else "",
        "Kind": f"{found.kind} (by {found.kind_reason})" if found.kind else "",
        "Address": found.url,
        "Picture": found.image.src if found.image else "",
        "Concerns": ", ".join(found.concerns) + (DERIVED if "concerns" in found.derived else ""),
        "Skin types": ", ".join(found.skin_types) + (DERIVED if "skin_types" in found.derived else ""),
        "Marks": ", ".join(found.flags),
        "Added": f"{found.added_at:%Y-%m-%d}" if found.added_at else "",
        "Back in stock": f"{found.restocked_at:%Y-%m-%d}" if found.restocked_at else "",
        "Description": found.description,
        "Ingredients": ", ".join(found.ingredients),
        "Named in its text": ", ".join(found.named),
    }
    console.print(found.title, style="bold", markup=False)
    for label, value in rows.items():
        console.print(f"{label}: {value or '-'}", markup=False, highlight=False, soft_wrap=True)
    table = Table("SKU", "Size", "Price", "Before", "Stock")
    for one in found.variants:
        stock = "uncounted" if one.stock is None else str(one.stock)
        before = amount(one.compare_at_price, one.currency)
        table.add_row(one.sku or "-", one.size or "-", f"{amount(one.price, one.currency)} {one.currency}", before, stock)
    console.print(table)


@products.command("check")
def check_products(
    strict: Annotated[bool, typer.Option("--strict", help="Exit with an error when something is missing.")] = False,
    all_products: Annotated[bool, typer.Option("--all", help="Name every product, not only the first ones.")] = False,
) -> None:
    """Say what the assistant misses to answer well: ingredients, prices, pictures, kinds of product it knows."""
    from bot.cli.catalogue_check import check_catalogue
    from bot.cli.syncing import sync_problem

    with shop_database() as database:
        count, problems = check_catalogue(database, settings().knowledge)
    for problem, handles in problems.items():
        shown = handles if all_products else handles[:5]
        more = f" and {len(handles) - len(shown)} more" if len(handles) > len(shown) else ""
        console.print(f"{len(handles)} {problem}: {', '.join(shown)}{more}", markup=False, highlight=False, soft_wrap=True)
    stale = sync_problem(settings())
    if stale:
        console.print(stale, markup=False, highlight=False, soft_wrap=True)
    if not problems and not stale:
        console.print(f"{count} products on sale: nothing missing.")
    elif strict:
        raise typer.Exit(1)


def price(product: ProductView) -> str:
    """The price with its currency, a span where sizes differ."""
    low, high = amount(product.price_min, product.currency), amount(product.price_max, product.currency)
    return f"{low if low == high else f'{low}-{high}'} {product.currency}"


def shop_currency() -> str:
    """The currency of the owner's shop."""
    return load_shop(settings().shop, settings().home).currency


@contextmanager
def shop_database() -> Iterator[Database]:
    """The shop's database with its tables up to date."""
    from bot.store.migrations import upgrade

    chosen = settings()
    chosen.var.mkdir(parents=True, exist_ok=True)
    database = Database(chosen.shop_database)
    try:
        upgrade(chosen.shop_database)
        yield database
    finally:
        database.dispose()
