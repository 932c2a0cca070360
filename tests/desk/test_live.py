"""Open pages are told what changes, nothing is missed, and no stream outlives its session or its server."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.desk import live as module
from bot.desk.live import MOST_WAITING, Live
from bot.support.handoff import CUSTOMER, Conversations, Typing
from tests.desk.conftest import Rooms
from tests.store.conftest import database, url

__all__ = ["database", "url"]


async def told(stream: AsyncIterator[str]) -> dict[str, Any]:
    """The next event of a stream."""
    while True:
        line = await asyncio.wait_for(stream.__anext__(), 10)
        if line.startswith("data: "):
            event: dict[str, Any] = json.loads(line.removeprefix("data: "))
            return event


def test_pages_are_told_what_changes_and_what_they_missed(database: Any) -> None:
    talks, typing = Conversations(database), Typing()
    talks.ask_for_person("web-1", "web", "asked")
    cursor = talks.changes(2**31 - 1).cursor
    talks.ask_for_person("web-2", "web", "asked")

    async def look() -> None:
        live = Live(talks, typing, look_every_s=0.02)
        first, second = live.events(cursor, lambda: True), live.events(cursor, lambda: True)
        assert (await told(first))["talks"] == (await told(second))["talks"] == ["web-2"]
        await asyncio.to_thread(talks.heard, "web-1", "hello?", "k")
        both = [await told(first), await told(second)]
        assert all(one["talks"] == ["web-1"] and one["pages"] == 2 for one in both), "so that they ask for more one after the other"
        await asyncio.to_thread(typing.writes, "web-1", CUSTOMER)
        assert await told(first) == {"typing": "web-1", "who": CUSTOMER}
        live.stop()
        with pytest.raises(StopAsyncIteration):
            await asyncio.wait_for(second.__anext__(), 5) and await asyncio.wait_for(second.__anext__(), 5)
        assert live.is_full

    asyncio.run(look())


def test_who_is_signed_out_is_told_so(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HEARTBEAT_S", 0.02)

    async def look() -> None:
        stream = Live(Conversations(database), Typing(), look_every_s=0.02).events(0, lambda: False)
        assert await told(stream) == {"signed_out": True}
        with pytest.raises(StopAsyncIteration):
            await stream.__anext__()

    asyncio.run(look())


def test_a_page_that_takes_nothing_is_let_go(database: Any) -> None:
    async def look() -> None:
        live = Live(Conversations(database), typing := Typing(), look_every_s=5)
        stream = live.events(0, lambda: True)
        assert (await stream.__anext__()).startswith("retry")
        for number in range(MOST_WAITING + 1):
            typing.writes(f"web-{number}", CUSTOMER)
        await asyncio.sleep(0.05)
        lines = [line async for line in stream]
        assert len(lines) < MOST_WAITING

    asyncio.run(look())


def test_the_stream_reaches_a_browser(desk: Rooms) -> None:
    browser = desk.browser("Mina")
    desk.waiting("web-1")
    with browser.requests.get(f"{browser.base}live?cursor=0", stream=True, timeout=20) as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream") and answer.headers["X-Accel-Buffering"] == "no"
        found = next(line for line in answer.iter_lines() if line.startswith(b"data: "))
    assert json.loads(found.removeprefix(b"data: "))["talks"] == ["web-1"]
    browser.requests.close()
    time.sleep(0.3)  # the server notices that nobody listens, before it stops
