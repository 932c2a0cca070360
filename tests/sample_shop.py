"""The sample shop in a database of its own, with its file of product names."""

from __future__ import annotations

from pathlib import Path

from bot.answers.resources import Resources
from bot.paths import CATALOGUE
from bot.set_up.catalogue import write_product_names
from bot.settings import Settings
from bot.store.importers.importing import import_file
from tests.store.conftest import with_tables


def opened(folder: Path) -> Resources:
    """The sample shop with its database and product names in a folder."""
    chosen = Settings(var=folder)
    resources = Resources(chosen)
    with_tables(chosen.shop_database)
    import_file(resources.database, CATALOGUE / "sample_shop_shopify.csv")
    write_product_names(resources.database, chosen)
    return resources
