"""A model that does not load says why, and a fresh clone names what sets it up."""

from __future__ import annotations

import asyncio
import tarfile
from pathlib import Path

import pytest
from rasa.shared.exceptions import RasaException

from bot.rasa.loading import ModelError, load_model
from bot.rasa.set_up import require_shop
from bot.settings import Settings
from bot.store.migrations import upgrade


def why(model: Path) -> str:
    """The reason why a model does not load."""
    with pytest.raises(ModelError) as caught:
        asyncio.run(load_model(model, None))
    return str(caught.value)


def test_an_archive_that_is_cut_off(tmp_path: Path) -> None:
    model = tmp_path / "glasskin-1.tar.gz"
    model.write_bytes(b"\x1f\x8b\x08\x00 no archive")
    assert "glasskin-1.tar.gz cannot be loaded" in why(model) and "glasskin train" in why(model) and "\n" not in why(model)


def test_an_archive_of_something_else(tmp_path: Path) -> None:
    model = tmp_path / "other.tar.gz"
    with tarfile.open(model, "w:gz") as packed:
        packed.add(__file__, arcname="test.py")
    assert "other.tar.gz cannot be loaded" in why(model)


def test_no_archive_at_all(tmp_path: Path) -> None:
    assert "cannot be loaded" in why(tmp_path / "none.tar.gz")


def test_rasas_servers_name_the_set_up(tmp_path: Path) -> None:
    chosen = Settings(var=tmp_path)
    with pytest.raises(RasaException, match="glasskin setup"):
        require_shop(chosen)
    assert not list(tmp_path.iterdir())
    (tmp_path / "shop.sqlite").touch()
    with pytest.raises(RasaException, match="glasskin setup"):
        require_shop(chosen)
    upgrade(chosen.shop_database)
    require_shop(chosen)


def test_rasas_servers_name_a_database_that_is_away(tmp_path: Path) -> None:
    with pytest.raises(RasaException, match="DATABASE_URL"):
        require_shop(Settings(var=tmp_path, database_url="postgresql://nobody@127.0.0.1:1/none"))
