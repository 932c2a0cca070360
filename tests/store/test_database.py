"""Sessions end clean, SQLite keeps its promises, and every change renews the catalogue's version."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.store.database import BUSY_TIMEOUT_MS, Database, catalogue_version
from bot.store.models import Brand, Product, ProductIngredient, utc_now
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery
from tests.store.conftest import POSTGRES

HANDLE = "haneul-dew-hyaluronic-ampoule"


def version(database: Database) -> str:
    with database.session() as session:
        return catalogue_version(session)


def brand(name: str) -> Brand:
    made = Brand()
    made.name = name
    return made


def label_entry(product_id: int) -> ProductIngredient:
    entry = ProductIngredient()
    entry.product_id, entry.ingredient_id, entry.position, entry.name = product_id, 1, 0, "Water"
    return entry


def brand_names(database: Database) -> list[str]:
    with database.session() as session:
        return [row.name for row in session.execute(text("SELECT name FROM brand ORDER BY name"))]


def test_session_rolls_back_unless_committed(database: Database) -> None:
    with database.session() as session:
        session.add(brand("Forgotten"))
        session.flush()
    with database.session() as session:
        session.add(brand("Kept"))
        session.commit()
    with pytest.raises(RuntimeError), database.session() as session:
        session.add(brand("Broken"))
        session.flush()
        raise RuntimeError
    assert brand_names(database) == ["Kept"]


def test_version_changes_with_each_commit_of_a_change_only(database: Database) -> None:
    versions = [version(database)]
    with database.session() as session:
        session.add(brand("Kept"))
        session.commit()
    versions.append(version(database))
    with database.session() as session:
        session.commit()
    assert versions[0] != versions[1] == version(database)


def test_version_stays_when_a_change_is_rolled_back(database: Database) -> None:
    before = version(database)
    with database.session() as session:
        session.add(brand("Forgotten"))
        session.flush()
        session.rollback()
        session.commit()
    assert version(database) == before


def test_foreign_keys_are_enforced(database: Database) -> None:
    with database.session() as session, pytest.raises(IntegrityError):
        session.add(label_entry(product_id=99))
        session.flush()


def test_times_come_back_in_utc_and_need_a_zone(sample: Database) -> None:
    with sample.session() as session:
        product = session.query(Product).filter_by(handle=HANDLE).one()
        assert product.created_at.utcoffset() is not None
        assert abs((utc_now() - product.created_at).total_seconds()) < 600
        product.updated_at = product.updated_at.replace(tzinfo=None)
        with pytest.raises(Exception, match="time zone"):
            session.flush()


def test_sqlite_is_set_up_for_a_server(database: Database) -> None:
    if not database.url.startswith("sqlite"):
        pytest.skip("pragmas are SQLite's")
    with database.session() as session:
        asked = {name: session.execute(text(f"PRAGMA {name}")).scalar_one() for name in PRAGMAS}
    assert asked == PRAGMAS


def test_two_writers_wait_for_each_other(database: Database) -> None:
    """A second writer must not get its lock while the first still writes."""
    if not database.url.startswith("sqlite"):
        pytest.skip(
            f"locks are tried on SQLite, whose timeout can be shortened; {POSTGRES} has no part in it"
        )
    with database.session(writing=True), database.engine.connect() as other:
        other.connection.cursor().execute("PRAGMA busy_timeout = 1")
        with pytest.raises(Exception, match="locked"):
            other.execution_options(writing=True).begin()


def test_memory_database_keeps_its_tables_between_sessions() -> None:
    database = Database("sqlite://")
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (id INTEGER)"))
    with database.session() as session:
        assert session.execute(text("SELECT count(*) FROM kept")).scalar_one() == 0
    database.dispose()


def test_named_products_follow_a_change_of_the_catalogue(sample: Database) -> None:
    """The names and prices kept in memory must not outlive the version they were read from."""
    question = "how much is the haneul dew hyaluronic ampoule"
    with sample.session() as session:
        (before,) = ProductRepository(session).named_in(question)
    with sample.session() as session:
        product = session.query(Product).filter_by(handle=HANDLE).one()
        for variant in product.variants:
            variant.price += 100
        session.commit()
    with sample.session() as session:
        (after,) = ProductRepository(session).named_in(question)
    assert after.price_min == before.price_min + 100


def test_empty_shop(database: Database) -> None:
    with database.session() as session:
        repository = ProductRepository(session)
        assert (repository.count(), repository.types(), repository.brands()) == (0, [], [])
        assert repository.search(ProductQuery()) == [] == repository.named_in("haneul dew ampoule")


PRAGMAS = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": BUSY_TIMEOUT_MS}
