"""An import on one machine is known by name on another."""

from __future__ import annotations

from pathlib import Path

from bot.cli.names_watch import NamesWatch, names_watch_of
from bot.settings import Settings
from bot.store.database import Database
from bot.store.importers.importing import import_file
from tests.store.conftest import WriteCsv, product


def test_names_follow_the_database(database: Database, tmp_path: Path, write_csv: WriteCsv) -> None:
    chosen = Settings(database_url=database.url, var=tmp_path)
    watch = NamesWatch(chosen)
    assert watch.look() and not watch.look()
    import_file(database, write_csv(product("rain-toner", Title="Rain Toner")))
    assert watch.look() and not watch.look()
    assert "Rain Toner" in chosen.product_names.read_text(encoding="utf-8")
    watch.start()
    watch.stop()


def test_a_file_of_this_machine_is_looked_at_by_nobody(tmp_path: Path) -> None:
    assert names_watch_of(Settings(database_url="", var=tmp_path)) is None
