"""Conversations are kept as Rasa's own store keeps them: what one writes the other reads."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.store.tracker import EmbeddedTrackerStore

DOMAIN = Domain.from_yaml('version: "3.1"\nintents: [greet]\nslots:\n  profile:\n    type: any\n    mappings:\n    - type: custom\n')


def conversation(sender: str, sessions: int = 1) -> DialogueStateTracker:
    """A tracker with so many sessions of one message each."""
    tracker = DialogueStateTracker(sender, DOMAIN.slots)
    for number in range(sessions):
        tracker.update(ActionExecuted("action_session_start"))
        tracker.update(SessionStarted())
        tracker.update(ActionExecuted("action_listen"))
        tracker.update(UserUttered(f"hello {number} 세럼", {"name": "greet", "confidence": 1.0}))
        tracker.update(SlotSet("profile", {"number": number}))
    return tracker


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'conversations.sqlite'}"


def test_what_is_saved_is_read_by_rasas_own_store(address: str) -> None:
    ours, theirs = EmbeddedTrackerStore(DOMAIN, address), SQLTrackerStore(DOMAIN, host=address)
    asyncio.run(ours.save(conversation("a", 2)))
    for read in (SQLTrackerStore.retrieve, SQLTrackerStore.retrieve_full_tracker):
        mine, other = asyncio.run(read(ours, "a")), asyncio.run(read(theirs, "a"))
        assert mine is not None and other is not None
        assert list(mine.events) == list(other.events)
        assert mine.get_slot("profile") == {"number": 1}


def test_saving_again_appends_only_what_is_new(address: str) -> None:
    store = EmbeddedTrackerStore(DOMAIN, address)
    asyncio.run(store.save(conversation("a")))
    for text in ("more", "and more"):
        tracker = asyncio.run(store.retrieve("a"))
        assert tracker is not None
        tracker.update(UserUttered(text, {"name": "greet", "confidence": 1.0}))
        asyncio.run(store.save(tracker))
    full = asyncio.run(store.retrieve_full_tracker("a"))
    assert full is not None
    assert [event.text for event in full.events if isinstance(event, UserUttered)] == ["hello 0 세럼", "more", "and more"]


def test_an_unknown_conversation_is_none(address: str) -> None:
    assert asyncio.run(EmbeddedTrackerStore(DOMAIN, address).retrieve("nobody")) is None


def test_conversations_do_not_mix(address: str) -> None:
    store = EmbeddedTrackerStore(DOMAIN, address)
    asyncio.run(store.save(conversation("a")))
    asyncio.run(store.save(conversation("b", 2)))
    tracker = asyncio.run(store.retrieve_full_tracker("a"))
    assert tracker is not None
    assert sum(isinstance(event, UserUttered) for event in tracker.events) == 1


def test_a_locked_database_holds_up_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite"
    store = EmbeddedTrackerStore(DOMAIN, f"sqlite:///{path}")
    asyncio.run(store.save(conversation("a")))

    async def save_while_locked() -> bool:
        lock = sqlite3.connect(path, isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        saving = asyncio.create_task(store.save(conversation("b")))
        await asyncio.sleep(0.1)
        waits = not saving.done()
        lock.close()
        await saving
        return waits

    assert asyncio.run(save_while_locked())
    assert asyncio.run(store.retrieve("b")) is not None
