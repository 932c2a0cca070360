"""The sample shop gives way to the owner's: its products stay away on every machine, its words are never spoken beside his."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from sqlalchemy import text

from bot.answers.resources import Resources
from bot.cli.shop_setup import ensure_shop
from bot.settings import Settings
from bot.store.database import Database
from bot.store.importers.importing import import_file
from bot.store.ownership import OWN, origin
from tests.store.cases import CASES, on_sale

QUIET = Console(quiet=True)


def opened(chosen: Settings) -> Database:
    return Database(chosen.shop_database)


def test_a_second_machine_does_not_bring_the_sample_back(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'shared.db'}"
    first, second = (Settings(var=tmp_path / name, database_url=address) for name in ("first", "second"))
    ensure_shop(first, QUIET)
    database = opened(first)
    assert len(on_sale(database)) == 83
    import_file(database, CASES / "90_plain_name.csv", deactivate_missing=True, whose=OWN)
    ensure_shop(second, QUIET)
    assert list(on_sale(database)) == ["dew-serum"]
    database.dispose()


def test_a_shop_older_than_the_note_is_the_owners(tmp_path: Path) -> None:
    chosen = Settings(var=tmp_path)
    ensure_shop(chosen, QUIET)
    database = opened(chosen)
    import_file(database, CASES / "90_plain_name.csv", deactivate_missing=True)
    with database.session(writing=True) as session:
        session.execute(text("UPDATE catalogue SET origin = NULL"))
        session.commit()
    ensure_shop(chosen, QUIET)
    with database.session() as session:
        assert origin(session) == OWN
    assert list(on_sale(database)) == ["dew-serum"]
    database.dispose()


def test_the_samples_words_are_not_spoken_for_an_owners_products(tmp_path: Path) -> None:
    chosen = Settings(var=tmp_path)
    ensure_shop(chosen, QUIET)
    assert Resources(chosen).shop.policies
    database = opened(chosen)
    import_file(database, CASES / "90_plain_name.csv", whose=OWN)
    database.dispose()
    shop = Resources(chosen).shop
    assert (shop.policies, shop.topics, shop.contact.ways, shop.currency) == ({}, {}, "", "USD")
    assert "Moonjar" not in shop.name
