"""With the shop's database locked or gone a person gets a plain sentence and the log a line; then it goes on."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import resources
from actions.product_facts import ActionPrice
from bot.cli.shop_setup import SAMPLE
from bot.paths import ROOT
from bot.settings import settings
from bot.store.database import Database
from bot.store.importers.importing import import_file
from bot.store.migrations import upgrade

QUESTION = "how much is the Haneul Dew Hyaluronic Ampoule"
TIME_LIMIT_S = 0.5
TOLD_WITHIN_S = 5.0


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The sample shop in a SQLite file of its own, which the actions use."""
    path = tmp_path / "shop.sqlite"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.setenv("QUERY_TIME_LIMIT", str(TIME_LIMIT_S))
    _forget()
    upgrade(settings().shop_database)
    database = Database(settings().shop_database)
    import_file(database, SAMPLE)
    database.dispose()
    yield path
    resources.database().dispose()
    _forget()


def _forget() -> None:
    settings.cache_clear()
    resources.database.cache_clear()


def ask() -> str:
    """What the price action says."""
    message = {"text": QUESTION, "intent": {"name": "ask_price", "confidence": 1.0}, "entities": []}
    tracker = Tracker("somebody", {}, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    asyncio.run(ActionPrice().run(dispatcher, tracker, domain))
    return " ".join(str(message["text"]) for message in dispatcher.messages)


def test_locked_database(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert "24.00" in ask()
    resources.database().dispose()
    locker = sqlite3.connect(file, isolation_level=None)
    locker.execute("PRAGMA locking_mode = EXCLUSIVE")
    locker.execute("BEGIN EXCLUSIVE")
    started = time.monotonic()
    with caplog.at_level(logging.ERROR):
        assert "can't reach the shop's product list" in ask()
    assert time.monotonic() - started < TOLD_WITHIN_S
    assert "action_price: the shop's database cannot be reached: database is locked" in caplog.text
    locker.close()
    assert "24.00" in ask()


def test_database_gone_and_back(file: Path) -> None:
    away = file.with_suffix(".away")
    assert "24.00" in ask()
    resources.database().dispose()
    file.rename(away)
    file.mkdir()  # nothing can be opened there
    assert "can't reach the shop's product list" in ask()
    file.rmdir()
    away.rename(file)
    assert "24.00" in ask()


def test_other_conversations_go_on_while_the_database_is_slow(file: Path) -> None:
    """A locked database must not hold up the event loop: a clock beside the action keeps ticking."""
    resources.database().dispose()
    locker = sqlite3.connect(file, isolation_level=None)
    locker.execute("PRAGMA locking_mode = EXCLUSIVE")
    locker.execute("BEGIN EXCLUSIVE")
    message = {"text": QUESTION, "intent": {"name": "ask_price", "confidence": 1.0}, "entities": []}
    tracker = Tracker("somebody", {}, message, [], False, None, {}, "action_listen")
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))

    async def both() -> int:
        answered = asyncio.ensure_future(ActionPrice().run(CollectingDispatcher(), tracker, domain))
        ticks = 0
        while not answered.done():
            await asyncio.sleep(TIME_LIMIT_S / 50)
            ticks += 1
        return ticks

    assert asyncio.run(both()) >= 5
    locker.close()
