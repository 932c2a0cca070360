"""Events that the database does not take are kept, read, and written in their order when it does."""

from __future__ import annotations

import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.store import events
from bot.store.database import make_engine
from bot.store.events import EventWriter, Row, TooMuchUnsaved

SCHEMA = (
    "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, type_name TEXT, timestamp FLOAT, intent_name TEXT, "
    "action_name TEXT, data TEXT)"
)


def row(sender: str, data: str) -> Row:
    """An event."""
    return {"sender_id": sender, "type_name": "user", "timestamp": 1.0, "intent_name": None, "action_name": None, "data": data}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with the table."""
    path = tmp_path / "conversations.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(SCHEMA)
    return path


@pytest.fixture
def writer(file: Path, monkeypatch: pytest.MonkeyPatch) -> EventWriter:
    """A writer that waits for a lock only shortly."""
    monkeypatch.setattr(events, "TIME_LIMIT_S", 0.1)
    monkeypatch.setattr(events, "AGAIN_S", 0.05)
    return EventWriter(f"sqlite:///{file}")


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Nobody else may write."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


def stored(file: Path) -> list[str]:
    """What is in the table, in its order."""
    with closing(sqlite3.connect(file)) as connection:
        return [data for (data,) in connection.execute("SELECT data FROM events ORDER BY id")]


@pytest.mark.alone
def test_what_the_database_does_not_take_is_written_later_in_order(writer: EventWriter, file: Path) -> None:
    assert writer.append([row("a", "1")])
    with locked(file):
        assert not writer.append([row("a", "2"), row("b", "3")])
        began = time.monotonic()
        assert not writer.append([row("a", "4")]) and time.monotonic() - began < 0.05
        assert [one["data"] for one in writer.waiting("a")] == ["2", "4"] and writer.unsaved == 3
        assert stored(file) == ["1"]
    deadline = time.monotonic() + 5
    while writer.unsaved and time.monotonic() < deadline:
        time.sleep(0.02)
    assert stored(file) == ["1", "2", "3", "4"] and not writer.waiting("a")
    assert writer.append([row("a", "5")]) and stored(file)[-1] == "5"


def test_what_is_erased_is_not_written_later(writer: EventWriter, file: Path) -> None:
    with locked(file):
        writer.append([row("a", "1"), row("b", "2")])
        writer.forget("a")
    deadline = time.monotonic() + 5
    while writer.unsaved and time.monotonic() < deadline:
        time.sleep(0.02)
    assert stored(file) == ["2"]


def test_no_more_is_kept_than_there_is_room_for(writer: EventWriter, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "MOST_KEPT", 2)
    with locked(file):
        writer.append([row("a", "1"), row("a", "2")])
        with pytest.raises(TooMuchUnsaved):
            writer.append([row("a", "3")])


def test_files_are_their_owners_alone(tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    old.touch(0o644)
    for path in (old, tmp_path / "new.sqlite"):
        engine = make_engine(f"sqlite:///{path}")
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE a (b)")
        modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in tmp_path.glob(f"{path.name}*")}
        engine.dispose()
        assert len(modes) == 3 and set(modes.values()) == {0o600}
