"""What follows an import of products: their names for the understanding of messages, and the sample's orders gone once products are the owner's."""

from __future__ import annotations

import os

from bot.paths import CATALOGUE
from bot.settings import Settings
from bot.store.database import Database
from bot.store.orders.writer import remove_orders
from bot.store.repository import ProductRepository
from bot.store.text import words

SAMPLE_ORDERS = CATALOGUE / "sample_orders.csv"
ORDERS_STAMP = "sample-orders.sha256"


def write_product_names(database: Database, chosen: Settings) -> None:
    """Writes the products' names where the understanding of messages reads them, a product a line: handle, brand,
    title, the shop's word for its kind, and the ingredients in its title that hardly another product holds."""
    with database.session() as session:
        products = ProductRepository(session)
        titles, telling = products.titles(), products.telling_ingredients()
    lines = ["\t".join(" ".join(part.split()) for part in (*row, _own(row[2], telling))) for row in titles]
    written = chosen.product_names.with_name(f"{chosen.product_names.name}.{os.getpid()}")
    written.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    written.replace(chosen.product_names)  # a running server reads the old ones or the new ones, and nothing between


def _own(title: str, telling: frozenset[tuple[str, ...]]) -> str:
    """Those of `telling` that stand in the title, commas between."""
    said = words(title)
    runs = (tuple(said[start:end]) for start in range(len(said)) for end in range(start + 2, len(said) + 1))
    return ",".join(" ".join(run) for run in runs if run in telling)


def own_shop(database: Database, chosen: Settings) -> None:
    """Takes the sample's orders away once the owner imported a catalogue or orders."""
    if (chosen.var / ORDERS_STAMP).is_file():
        remove_orders(database, SAMPLE_ORDERS)
        (chosen.var / ORDERS_STAMP).unlink()
