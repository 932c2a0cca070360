"""Small inputs as shops make them, invented products: `tests/store/cases` holds the files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.store.database import Database
from bot.store.importers.base import ImportReport
from bot.store.importers.importing import import_file
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView

CASES = Path(__file__).parent / "cases"


def take(database: Database, name: str, **options: Any) -> ImportReport:
    """Imports one of the files; `options` are those of `import_file`."""
    return import_file(database, CASES / name, **options)


def on_sale(database: Database) -> dict[str, ProductView]:
    """Every product on sale by its handle."""
    with database.session() as session:
        found = ProductRepository(session).search(ProductQuery(limit=1000))
    return {view.handle: view for view in found}


def only(database: Database) -> ProductView:
    """The one product on sale."""
    (view,) = on_sale(database).values()
    return view
