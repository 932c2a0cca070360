"""Turns of conversations between processes: one after the other, however a process ends, and an end to waiting."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import create_engine
from sqlalchemy.future import Connection

from bot.paths import ROOT
from bot.store.events import HOLD, EventWriter
from bot.store.turns import TurnTimeout, turns_of
from bot.store.turns.keys import storing_key
from tests.store.conftest import empty_database

COUNTS = """
import asyncio, sys
from pathlib import Path
from bot.store.turns import turns_of
url, where = sys.argv[1], Path(sys.argv[2])
async def one(number):
    async with turns_of(url).of(f"conversation {number % 2}"):
        file = where / str(number % 2)
        count = int(file.read_text())
        await asyncio.sleep(0)
        file.write_text(str(count + 1))
async def main():
    await asyncio.gather(*(one(number) for number in range(100)))
asyncio.run(main())
"""
HOLDS = """
import asyncio, sys
from bot.store.turns import turns_of
async def main():
    async with turns_of(sys.argv[1]).of("one"):
        print("held", flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""


def process(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", script, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_processes_take_turns(url: str, tmp_path: Path) -> None:
    for name in ("0", "1"):
        (tmp_path / name).write_text("0")
    counting = [process(COUNTS, url, str(tmp_path)) for _ in range(3)]
    assert [one.wait(30) for one in counting] == [0, 0, 0]
    assert [(tmp_path / name).read_text() for name in ("0", "1")] == ["150", "150"]


def test_a_turn_ends_with_its_process_and_waiting_has_an_end(url: str) -> None:
    holding = process(HOLDS, url)
    try:
        assert holding.stdout is not None and holding.stdout.readline() == "held\n"

        async def wait() -> float:
            turns = turns_of(url)
            with pytest.raises(TurnTimeout):
                async with turns.of("one", 0.3):
                    raise AssertionError("two have the turn")
            async with turns.of("another", 0.3):
                pass
            asyncio.get_running_loop().call_later(0.3, holding.kill)
            began = time.monotonic()
            async with turns.of("one", 10):
                waited = time.monotonic() - began
            async with turns.of("one", 1):
                pass
            await turns.close()
            return waited

        assert 0.2 < asyncio.run(wait()) < 5
    finally:
        holding.kill()
        holding.wait()


def test_who_came_first_is_first_and_has_its_own_turn_again(url: str) -> None:
    async def take() -> list[int]:
        turns, order = turns_of(url), list[int]()

        async def one(number: int) -> None:
            async with turns.of("one"):
                async with turns.of("one"):
                    await asyncio.sleep(0.001)
                    order.append(number)

        await asyncio.gather(*(one(number) for number in range(20)))
        await turns.close()
        return order

    assert asyncio.run(take()) == list(range(20))


def test_what_goes_on_behind_the_end_of_a_turn_has_it_no_more(url: str) -> None:
    async def take() -> None:
        turns = turns_of(url)
        begun = asyncio.Event()

        async def later() -> None:
            await begun.wait()
            async with turns.of("one", 0.2):
                raise AssertionError("two have the turn")

        async with turns.of("one"):
            task = asyncio.create_task(later())
        async with turns.of("one"):
            begun.set()
            with pytest.raises(TurnTimeout):
                await task
        await turns.close()

    asyncio.run(take())


def test_a_database_that_is_away_holds_nobody_up(unused: str = "postgresql://nobody@127.0.0.1:1/nothing") -> None:
    async def take() -> float:
        began = time.monotonic()
        for _ in range(20):
            async with turns_of(unused).of("one"):
                pass
        return time.monotonic() - began

    assert asyncio.run(take()) < 2


def test_no_turn_begins_before_what_a_killed_process_stored_is_committed() -> None:
    """Its turn ends with it at once, while PostgreSQL may still be busy with what it sent last."""

    async def take(address: str, storing: Connection) -> bool:
        turns = turns_of(address)
        with pytest.raises(TurnTimeout):
            async with turns.of("one", 0.3):
                raise AssertionError("something of the conversation is still being stored")
        async with turns.of("another", 0.3):
            pass
        asyncio.get_running_loop().call_later(0.2, storing.commit)
        async with turns.of("one", 10):
            known = storing.closed == 0
        await turns.close()
        return known

    with empty_database("postgresql", Path()) as address:
        engine = create_engine(address, future=True)
        with engine.connect() as storing:
            storing.execute(HOLD, {"key": storing_key("one")})
            assert asyncio.run(take(address, storing))
        engine.dispose()


def test_what_is_stored_is_held_until_it_is_committed() -> None:
    with empty_database("postgresql", Path()) as address:
        writer = EventWriter(address)
        held: list[int] = []

        def look(connection: Connection) -> None:
            held.append(connection.execute(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock'")).scalar_one())

        with writer.engine.begin() as connection:
            connection.execute(text("CREATE TABLE events (sender_id text, type_name text, timestamp float, intent_name text, action_name text, data text)"))
        event.listen(writer.engine, "commit", look)
        row = {"type_name": "user", "timestamp": 1.0, "intent_name": None, "action_name": None, "data": "{}"}
        assert writer.append([{**row, "sender_id": "one"}, {**row, "sender_id": "two"}, {**row, "sender_id": "one"}])
        assert held == [2]
        writer.engine.dispose()
