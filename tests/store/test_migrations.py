"""The schema's steps go up and down, and end where the models are."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

import bot.store
from bot.store.database import Database, catalogue_version, make_engine
from bot.store.importers.importing import import_file
from bot.store.messaging import MessagingDatabase
from bot.store.migrations import current_revision, downgrade, in_models, upgrade
from bot.store.models import Base
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView
from tests.store.conftest import SAMPLE

# A table is known once its module is imported.
for one in sorted(Path(str(bot.store.__file__)).parent.glob("*_models.py")):
    import_module(f"bot.store.{one.stem}")


def tables(url: str) -> set[str]:
    engine = make_engine(url)
    try:
        return {name for name in inspect(engine).get_table_names() if not name.startswith("product_search")}
    finally:
        engine.dispose()


def test_upgrade_creates_every_table_of_the_models(url: str) -> None:
    upgrade(url)
    assert tables(url) == {*Base.metadata.tables, "alembic_version"}
    assert current_revision(url) is not None


def test_downgrade_to_base_leaves_nothing(url: str) -> None:
    upgrade(url)
    downgrade(url, "base")
    assert tables(url) == {"alembic_version"}
    assert current_revision(url) is None


def test_upgrade_after_downgrade_and_twice(url: str) -> None:
    upgrade(url)
    downgrade(url, "base")
    upgrade(url)
    upgrade(url)
    database = Database(url)
    with database.session() as session:
        assert catalogue_version(session)
    database.dispose()


def test_migrated_schema_equals_the_models(url: str) -> None:
    upgrade(url)
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": in_models})
            assert compare_metadata(context, Base.metadata) == []
    finally:
        engine.dispose()


def test_going_back_and_forward_keeps_every_product(url: str) -> None:
    """Each step down and up again with the sample shop in the tables: the catalogue is the same, and found the same."""
    upgrade(url)
    before = _with_shop(url, _import_sample)
    for revision in ("0004", "0001"):
        downgrade(url, revision)
        assert _counts(url)["variant"] == len({size.sku for view in before for size in view.variants})
        assert _counts(url)["product_ingredient"] == sum(len(view.ingredients) for view in before)
        assert _counts(url)["product_concern"] == sum(len(view.concerns) for view in before)
        upgrade(url)
        assert _told(_with_shop(url, _everything)) == _told(before)
        assert [view.brand for view in _with_shop(url, _found)] == ["Narusol"] * 11


def _told(views: list[ProductView]) -> list[ProductView]:
    """The products without what the last step stores beside them, which the next import finds out again."""
    return [
        replace(
            view, kind="", kind_reason="", named=(), derived=frozenset(),
            concerns=() if "concerns" in view.derived else view.concerns,
            skin_types=() if "skin_types" in view.derived else view.skin_types,
        )
        for view in views
    ]


def _with_shop(url: str, use: Callable[[Database], list[ProductView]]) -> list[ProductView]:
    database = Database(url)
    try:
        return use(database)
    finally:
        database.dispose()


def _import_sample(database: Database) -> list[ProductView]:
    import_file(database, SAMPLE)
    return _everything(database)


def _everything(database: Database) -> list[ProductView]:
    with database.session() as session:
        return ProductRepository(session).search(ProductQuery(limit=1000))


def _found(database: Database) -> list[ProductView]:
    with database.session() as session:
        return ProductRepository(session).search(ProductQuery(text="narusol", limit=1000))


def _counts(url: str) -> dict[str, int]:
    database = Database(url)
    with database.session() as session:
        found = {name: session.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in OLD_TABLES}
    database.dispose()
    return found


OLD_TABLES = ("variant", "product_ingredient", "product_concern")


def test_first_starts_at_the_same_time_wait_for_each_other(url: str) -> None:
    def start(_: int) -> str | None:
        upgrade(url)
        MessagingDatabase(url).create_tables()
        return current_revision(url)

    with ThreadPoolExecutor(4) as pool:
        revisions = set(pool.map(start, range(4)))
    assert len(revisions) == 1 and None not in revisions
