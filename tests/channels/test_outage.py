"""The conversations' database is away, locked or damaged: nobody pregnant is told yes, and nothing that was said is lost."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import requests
from sqlalchemy import create_engine, text

from bot.phrases import phrases
from tests.conftest import Assistant, free_port, running_server
from tests.store.own_postgres import Server, own_postgres

pytestmark = pytest.mark.alone
PREGNANT, RETINOL = "I am pregnant", "can I use retinol?"
AWAY, LATER = phrases().say("memory_away"), phrases().say("memory_later")
LOCK_S = 8.0
WITHIN_S = 20.0


def until(true: Callable[[], bool]) -> None:
    """Waits for something that happens by itself."""
    deadline = time.monotonic() + WITHIN_S
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def sqlite_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Address of a server, and its file of conversations."""
    folder, port = tmp_path_factory.mktemp("outage"), free_port()
    with running_server(folder, port):
        yield f"http://127.0.0.1:{port}", folder / "var" / "conversations.sqlite"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server that may be stopped."""
    with own_postgres() as made:
        yield made


@pytest.fixture(scope="module")
def postgres_server(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server whose conversations lie there."""
    port = free_port()
    with running_server(tmp_path_factory.mktemp("outage"), port, TRACKER_URL=postgres.url):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def locked(file: Path) -> Iterator[sqlite3.Connection]:
    """Nobody else may write into a SQLite file."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield connection


def asked(file: Path, sender: str) -> list[str]:
    """What somebody said, as it is stored."""
    with closing(sqlite3.connect(file)) as connection:
        statement = "SELECT json_extract(data, '$.text') FROM events WHERE sender_id = ? AND type_name = 'user' ORDER BY id"
        return [said for (said,) in connection.execute(statement, (f"rest:{sender}",))]


def test_what_is_told_while_the_database_is_locked_counts_at_once_and_is_stored(sqlite_server: tuple[str, Path]) -> None:
    address, file = sqlite_server
    visitor, other = Assistant(address), Assistant(address)
    visitor.text("hello")
    with locked(file):
        began = time.monotonic()
        first = visitor.text(PREGNANT)
        assert LATER in first and time.monotonic() - began < 4
        began = time.monotonic()
        answer = visitor.text(RETINOL)
        assert answer.startswith("No.") and LATER not in answer and AWAY not in answer
        assert "oily" in other.text("my skin is oily") and time.monotonic() - began < 1
        assert asked(file, visitor.sender) == ["hello"]
    until(lambda: asked(file, visitor.sender) == ["hello", PREGNANT, RETINOL])
    assert visitor.text(RETINOL).startswith("No.")
    assert asked(file, other.sender) == ["my skin is oily"]


def test_a_damaged_conversation_is_answered_with_care(sqlite_server: tuple[str, Path]) -> None:
    address, file = sqlite_server
    visitor = Assistant(address)
    visitor.text(PREGNANT)
    row = "SELECT MAX(id) FROM events WHERE sender_id = ? AND type_name = 'bot'", (f"rest:{visitor.sender}",)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        ((number,),) = connection.execute(*row)
        ((whole,),) = connection.execute("SELECT data FROM events WHERE id = ?", (number,))
        connection.execute("UPDATE events SET data = ? WHERE id = ?", (whole[:40], number))
        answer = visitor.text(RETINOL)
        assert answer.startswith(AWAY) and "\nNo." in answer
        assert visitor.text("what do you know about me?") == f"{AWAY}\n\n{phrases().say('profile_away')}"
        connection.execute("UPDATE events SET data = ? WHERE id = ?", (whole, number))
    assert visitor.text(RETINOL).startswith("No.")
    assert "pregnant" in visitor.text("what do you know about me?")


@pytest.mark.parametrize("damage", ['"no memory"', '{"version": 2, "person": {"nobody knows": 1}}', '{"person": []}'])
def test_a_damaged_memory_is_answered_with_care(sqlite_server: tuple[str, Path], damage: str) -> None:
    address, file = sqlite_server
    visitor = Assistant(address)
    visitor.text(PREGNANT)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(
            "UPDATE events SET data = json_set(data, '$.value', json(?)) WHERE sender_id = ? AND action_name = 'memory'",
            (damage, f"rest:{visitor.sender}"),
        )
    assert visitor.text(RETINOL).startswith(AWAY)


def test_a_clock_set_back_forgets_nothing(sqlite_server: tuple[str, Path]) -> None:
    address, file = sqlite_server
    visitor = Assistant(address)
    visitor.text("hello")
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:  # the talk began while the clock ran ahead
        connection.execute("UPDATE events SET timestamp = timestamp + 600 WHERE sender_id = ?", (f"rest:{visitor.sender}",))
    visitor.text(PREGNANT)
    assert visitor.text(RETINOL).startswith("No.")


def test_a_stopped_database_forgets_nobody(postgres: Server, postgres_server: str) -> None:
    visitor, fresh = Assistant(postgres_server), Assistant(postgres_server)
    visitor.text(PREGNANT)
    postgres.stop()
    answer = visitor.text(RETINOL)
    assert answer.startswith(AWAY) and "\nNo." in answer
    assert "retinol" not in visitor.text("what helps with wrinkles?").split("avoid retinol")[0].removeprefix(AWAY)
    assert fresh.text("I am pregnant and my skin is dry").startswith(AWAY)
    ready = requests.get(f"{postgres_server}/ready", timeout=10)
    assert ready.status_code == 503 and ready.json()["checks"]["conversations"] == "the database does not answer"
    postgres.start()
    engine = create_engine(postgres.url, future=True)

    def stored() -> bool:
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT sender_id FROM events WHERE type_name = 'user'")).scalars().all()
        return sorted(rows) == sorted([f"rest:{visitor.sender}"] * 3 + [f"rest:{fresh.sender}"])

    until(stored)
    until(lambda: requests.get(f"{postgres_server}/ready", timeout=10).status_code == 200)
    assert visitor.text(RETINOL).startswith("No.")
    assert "pregnant" in visitor.text("what do you know about me?")
    assert fresh.text(RETINOL).startswith("No."), "what was told meanwhile counts when it can be read"


def test_a_locked_table_is_answered_with_care_and_soon(postgres: Server, postgres_server: str) -> None:
    visitor = Assistant(postgres_server)
    visitor.text(PREGNANT)
    engine = create_engine(postgres.url, future=True)
    with engine.begin() as connection:
        connection.execute(text("LOCK TABLE events IN ACCESS EXCLUSIVE MODE"))
        began = time.monotonic()
        assert visitor.text(RETINOL).startswith(AWAY)
        assert time.monotonic() - began < LOCK_S
    until(lambda: visitor.text(RETINOL).startswith("No."))
