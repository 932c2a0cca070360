"""Databases for the store's tests: SQLite always, PostgreSQL when GLASSKIN_TEST_POSTGRES names one."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.engine import create_engine, make_url

from bot.paths import CATALOGUE
from bot.store.database import Database
from bot.store.importers.importing import import_file
from bot.store.migrations import current_revision, upgrade
from tests.store.tables import copied_file, copied_schema

SAMPLE = CATALOGUE / "sample_shop_shopify.csv"
POSTGRES = "GLASSKIN_TEST_POSTGRES"
BACKENDS = ("sqlite", "postgresql")
Row = dict[str, str]
WriteCsv = Callable[..., Path]


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of an empty database."""
    with empty_database(request.param, tmp_path) as address:
        yield address


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A database with empty tables."""
    with opened(url) as made:
        yield made


@pytest.fixture
def sample(database: Database) -> Database:
    """A database with the sample shop, for a test to change."""
    import_file(database, SAMPLE)
    return database


@pytest.fixture(scope="module", params=BACKENDS)
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The sample shop, for tests that only read."""
    with empty_database(request.param, tmp_path_factory.mktemp("shop")) as address, opened(address) as made:
        import_file(made, SAMPLE)
        yield made


@contextmanager
def empty_database(backend: str, folder: Path) -> Iterator[str]:
    """A SQLite file in `folder`, or a schema of its own in this run's PostgreSQL database, dropped at the end."""
    if backend == "sqlite":
        yield f"sqlite:///{folder / 'shop.db'}"
        return
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.skip(f"{POSTGRES} names no PostgreSQL database")
    own = _own_database(server)
    schema = f"test_{uuid4().hex}"
    engine = create_engine(own, future=True)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        yield make_url(own).set(query={"options": f"-csearch_path={schema}"}).render_as_string(False)
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        engine.dispose()


@lru_cache(maxsize=1)
def _own_database(server: str) -> str:
    """A new database on the server, for this run alone; `pytest_sessionfinish` drops it."""
    name = f"glasskin_test_{uuid4().hex}"
    _on_server(server, f"CREATE DATABASE {name}")
    return make_url(server).set(database=name).render_as_string(False)


def pytest_sessionfinish() -> None:
    """Drops this run's PostgreSQL database, if it made one."""
    if _own_database.cache_info().currsize:
        server = os.environ[POSTGRES]
        _on_server(server, f"DROP DATABASE {make_url(_own_database(server)).database} WITH (FORCE)")


def _on_server(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT", future=True)
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """The database at `url` with its tables, closed at the end."""
    with_tables(url)
    made = Database(url)
    try:
        yield made
    finally:
        made.dispose()


def with_tables(url: str) -> None:
    """Brings the database up to date; an empty one by copying what the migrations made of another, which is many times quicker."""
    if current_revision(url) is None and not copied_file(url) and not copied_schema(url):
        upgrade(url)


@pytest.fixture
def write_csv(tmp_path: Path) -> WriteCsv:
    """Writes rows, each given as its filled cells, to a CSV with the classic columns and returns its path."""

    def write(*rows: Row, name: str = "products.csv") -> Path:
        path = tmp_path / name
        extra = [column for row in rows for column in row if column not in COLUMNS]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*COLUMNS, *dict.fromkeys(extra)], restval="")
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


COLUMNS = (
    "Handle",
    "Title",
    "Body (HTML)",
    "Vendor",
    "Type",
    "Tags",
    "Published",
    "Option1 Name",
    "Option1 Value",
    "Variant SKU",
    "Variant Inventory Qty",
    "Variant Inventory Policy",
    "Variant Price",
    "Variant Compare At Price",
    "Image Src",
    "Image Position",
    "Image Alt Text",
    "Status",
)


def product(handle: str = "moss-toner", **cells: str) -> Row:
    """A complete first row; `cells` replace single values, with "_" for the space in a column's name."""
    row = {
        "Handle": handle,
        "Title": "Moss Toner",
        "Body (HTML)": "<p>A mild toner.</p><p>Ingredients: Water, Glycerin, 1,2-Hexanediol</p>",
        "Vendor": "Testari",
        "Type": "Toner",
        "Tags": "concern:dryness, skin:dry, vegan, k-beauty",
        "Option1 Name": "Size",
        "Option1 Value": "150 ml",
        "Variant SKU": f"SKU-{handle}",
        "Variant Inventory Qty": "5",
        "Variant Price": "18.00",
        "Status": "active",
    }
    return row | {column.replace("_", " "): value for column, value in cells.items()}


def size(handle: str, value: str, sku: str, price: str, quantity: str = "5") -> Row:
    """A further variant's row, as Shopify writes it: without the product's own cells."""
    return {
        "Handle": handle,
        "Option1 Value": value,
        "Variant SKU": sku,
        "Variant Price": price,
        "Variant Inventory Qty": quantity,
    }
