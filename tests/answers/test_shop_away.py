"""With the shop's database locked or gone a person gets a plain sentence and the log a line; then it goes on."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import answering
from actions.answering import ActionAnswer, ActionShop
from bot.answers.resources import Resources
from bot.cli.shop_setup import SAMPLE
from bot.settings import Settings
from bot.store.importers.importing import import_file
from bot.understanding.frame import Mention
from tests.store.conftest import with_tables
from tests.understanding.reading import frame

QUESTION = "how much is the dew ampoule"
NAMED = Mention("product", "haneul-dew-hyaluronic-ampoule", "dew ampoule", 16, 27)
PRICE = replace(frame(QUESTION, "price"), mentions=(NAMED,))
TIME_LIMIT_S = 0.5
TOLD_WITHIN_S = 5.0
SORRY = "can't reach the shop's product list"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Resources]:
    """The sample shop in a SQLite file of its own, which the actions use."""
    made = Resources(Settings(database_url=f"sqlite:///{tmp_path / 'shop.sqlite'}", query_time_limit=TIME_LIMIT_S, var=tmp_path))
    with_tables(made.chosen.shop_database)
    import_file(made.database, SAMPLE)
    monkeypatch.setattr(answering, "resources", lambda: made)
    yield made
    made.database.dispose()


@contextmanager
def locked(shop: Resources, folder: Path) -> Iterator[None]:
    """Nobody else may read or write the database meanwhile."""
    shop.database.dispose()
    locker = sqlite3.connect(folder / "shop.sqlite", isolation_level=None)
    locker.execute("PRAGMA locking_mode = EXCLUSIVE")
    locker.execute("BEGIN EXCLUSIVE")
    yield
    locker.close()


def tracker() -> Tracker:
    """A conversation whose latest message asks for the price of a product."""
    message = {"text": QUESTION, "intent": {"name": "ask_price", "confidence": 1.0}, "entities": [], "frames": [PRICE.as_data()]}
    return Tracker("somebody", {}, message, [], False, None, {}, "action_listen")


def ask() -> str:
    """What Rasa's action says to it."""
    dispatcher = CollectingDispatcher()
    asyncio.run(ActionShop().run(dispatcher, tracker(), {}))
    return " ".join(str(message["text"]) for message in dispatcher.messages)


def test_locked_database(shop: Resources, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert "24.00" in ask()
    with locked(shop, tmp_path):
        started = time.monotonic()
        with caplog.at_level(logging.ERROR):
            assert SORRY in ask()
        assert time.monotonic() - started < TOLD_WITHIN_S
        assert "price: the shop's database cannot be reached: database is locked" in caplog.text
    assert "24.00" in ask()


def test_database_gone_and_back(shop: Resources, tmp_path: Path) -> None:
    file, away = tmp_path / "shop.sqlite", tmp_path / "away"
    assert "24.00" in ask()
    shop.database.dispose()
    file.rename(away)
    file.mkdir()  # nothing can be opened there
    assert SORRY in ask()
    file.rmdir()
    away.rename(file)
    assert "24.00" in ask()


def test_what_can_be_said_without_the_shop_is_said(shop: Resources, tmp_path: Path) -> None:
    asked = frame("how often may i use an ampoule", "frequency")
    message = {"text": asked.text, "intent": {"name": "ask_frequency"}, "frames": [asked.as_data()]}
    dispatcher = CollectingDispatcher()
    with locked(shop, tmp_path):
        asyncio.run(ActionAnswer().run(dispatcher, Tracker("a", {}, message, [], False, None, {}, "action_listen"), {}))
    (said,) = dispatcher.messages
    assert "times a week" in said["text"] and SORRY not in said["text"]


def test_other_conversations_go_on_while_the_database_is_slow(shop: Resources, tmp_path: Path) -> None:
    """A locked database must not hold up the event loop: a clock beside the action keeps ticking."""

    async def both() -> int:
        answered = asyncio.ensure_future(ActionShop().run(CollectingDispatcher(), tracker(), {}))
        ticks = 0
        while not answered.done():
            await asyncio.sleep(TIME_LIMIT_S / 50)
            ticks += 1
        return ticks

    with locked(shop, tmp_path):
        assert asyncio.run(both()) >= 5
