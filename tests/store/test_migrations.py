"""The schema's steps go up and down, and end where the models are."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from bot.store.database import Database, catalogue_version, make_engine
from bot.store.migrations import current_revision, downgrade, upgrade
from bot.store.models import Base


def tables(url: str) -> set[str]:
    engine = make_engine(url)
    try:
        return set(inspect(engine).get_table_names())
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
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, Base.metadata) == []
    finally:
        engine.dispose()
