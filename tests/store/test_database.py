"""Sessions end clean, SQLite keeps its promises, and every change renews the catalogue's version."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.store.database import BUSY_TIMEOUT_MS, Database, catalogue_version
from bot.store.importers.importing import import_file
from bot.store.models import Brand, Image, Product, utc_now
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery
from tests.store.conftest import POSTGRES, WriteCsv, product

HANDLE = "haneul-dew-hyaluronic-ampoule"


def version(database: Database) -> str:
    with database.session() as session:
        return catalogue_version(session)


def brand(name: str) -> Brand:
    made = Brand()
    made.name = name
    return made


def picture(product_id: int) -> Image:
    made = Image()
    made.product_id, made.src, made.alt, made.position = product_id, "/a.jpg", "", 0
    return made


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


def test_version_changes_with_each_change_only(database: Database, write_csv: WriteCsv) -> None:
    versions = [version(database)]
    for price in ("18.00", "18.00", "19.00"):
        import_file(database, write_csv(product(Variant_Price=price)))
        versions.append(version(database))
    import_file(database, write_csv(product(Variant_Price="20.00")), dry_run=True)
    versions.append(version(database))
    assert len({*versions}) == 3 and versions[1] == versions[2] and versions[3] == versions[4]


def test_foreign_keys_are_enforced(database: Database) -> None:
    with database.session() as session, pytest.raises(IntegrityError):
        session.add(picture(product_id=99))
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


def test_products_follow_a_change_of_the_catalogue(database: Database, write_csv: WriteCsv) -> None:
    """The products kept in memory must not outlive the version they were read from."""
    prices = []
    for price in ("18.00", "19.00"):
        import_file(database, write_csv(product(Title="Dokdo Toner", Variant_Price=price)))
        with database.session() as session:
            (found,) = ProductRepository(session).search(ProductQuery(text="dokdo toner"))
        prices.append(found.price_min)
    assert prices == [1800, 1900]


def test_empty_shop(database: Database) -> None:
    with database.session() as session:
        repository = ProductRepository(session)
        assert (repository.count(), repository.types(), repository.brands()) == (0, [], [])
        assert repository.search(ProductQuery()) == []


PRAGMAS = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": BUSY_TIMEOUT_MS}
