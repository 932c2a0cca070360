"""What the staff write in their group is taken in its order, also where some of it has to wait."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram import handling
from bot.channels.telegram.group import StaffGroup
from bot.channels.telegram.handling import Handler
from bot.channels.telegram.memory import Memory
from bot.channels.telegram.staffed import TelegramStaffed
from bot.store.messaging import MessagingDatabase
from bot.support.handoff import Author, HandoffUnreachable
from bot.support.places.telegram.hearing import Act
from tests.peers.telegram import TelegramPeer
from tests.peers.telegram_state import BOT
from tests.store.conftest import empty_database, opened
from tests.support.places.group_office import BOT_NAME, MINA, Office, asked
from tests.support.places.in_group import GROUP, peer

__all__ = ["peer"]
SOON_S = 0.2


@pytest.fixture
def office(tmp_path: Path, peer: TelegramPeer) -> Iterator[Office]:
    """The staff's group with a talk in it."""
    with empty_database("sqlite", tmp_path) as address, opened(address) as database:
        made = Office(database, peer)
        asked(made)
        yield made


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    """What the channel keeps."""
    database = MessagingDatabase(f"sqlite:///{tmp_path / 'talks.db'}")
    database.create_tables()
    yield Memory(database, "here")
    database.dispose()


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits is tried again soon."""
    monkeypatch.setattr(handling, "AGAIN_AFTER", SOON_S)


class Told:
    """Hands updates of the group to a handler whose only customer is the staff."""

    def __init__(self, office: Office, memory: Memory, monkeypatch: pytest.MonkeyPatch, knows_itself: bool = True) -> None:
        self.office, self.memory = office, memory
        self.trouble: list[Exception] = []
        unused: Any = None
        staffed = TelegramStaffed(unused, memory, unused, unused, unused)
        self.handler = Handler(unused, memory, unused, unused, staffed, staff_group=StaffGroup(office.hearing, unused))
        if knows_itself:
            self.handler.is_me(BOT)
        hear = office.hearing.hear

        def hears(act: Act) -> str:
            if self.trouble:
                raise self.trouble.pop()
            return hear(act)

        monkeypatch.setattr(office.hearing, "hear", hears)

    async def all_done(self) -> None:
        """Waits until nothing is open."""
        for _ in range(100):
            if not self.memory.open_before(GROUP, 10**12):
                return
            await asyncio.sleep(SOON_S / 4)
        raise AssertionError("something waits for ever")


def test_a_word_that_waits_is_not_passed_by_the_end_of_the_talk(office: Office, memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(office, memory, monkeypatch)
    told.trouble = [HandoffUnreachable("away")]
    words, end = (office.peer.write(GROUP, office.topic, MINA, text, "Mina") for text in ("It is in Chicago.", "/close"))

    async def run() -> None:
        assert await told.handler.accept(words) and await told.handler.accept(end)
        await told.all_done()
        await asyncio.sleep(SOON_S * 2)
        await told.handler.close()

    asyncio.run(run())
    assert office.said(Author.AGENT) == ["It is in Chicago."] and office.talk().closed_at is not None


def test_a_command_that_comes_before_the_bot_knows_its_name_is_taken(office: Office, memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(office, memory, monkeypatch, knows_itself=False)
    end = office.peer.write(GROUP, office.topic, MINA, f"/close@{BOT_NAME}", "Mina")

    async def run() -> None:
        assert await told.handler.accept(end)
        await asyncio.sleep(SOON_S / 2)
        assert memory.open_before(GROUP, 10**12), "it waits"
        told.handler.is_me(BOT)
        await told.all_done()
        await told.handler.close()

    asyncio.run(run())
    assert office.talk().closed_at is not None


def test_one_that_can_never_be_taken_holds_up_no_other(office: Office, memory: Memory, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    told = Told(office, memory, monkeypatch)
    told.trouble = [ValueError("a fault")]

    async def run() -> None:
        for text in ("one", "two"):
            assert await told.handler.accept(office.peer.write(GROUP, office.topic, MINA, text, "Mina"))
        await told.all_done()
        await told.handler.close()

    with caplog.at_level(logging.ERROR):
        asyncio.run(run())
    assert office.said(Author.AGENT) == ["two"] and "left out" in caplog.text
