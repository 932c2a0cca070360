"""How much slower is the assistant while the staff have their hands full?

`python -m benchmarks.desk_load` starts a server of its own and asks it questions over REST, at fixed moments whether or not the answers
come: first while nobody waits for a person, then while 200 conversations wait and write on now and then, with the pages of 20 agents
open (each listens to what changes, and fetches its inbox and its open conversation as a browser would), and once more after all are
closed. Others write as often in the times without, to the assistant: a message costs what it costs, and what is measured is waiting and
being looked at. Latency is from sending a question to its answer; `ratio` compares the p95 with that of both times without.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

import aiohttp

from benchmarks.web_load import QUESTIONS, SUBJECTS
from bot.desk.door import COOKIE
from bot.desk.members import Members, Role
from bot.desk.sessions import Sessions
from bot.paths import DATA, ROOT
from bot.store.database import Database
from bot.support.handoff import Conversations, Filter
from tests.conftest import free_port, running_server

UNLIMITED = {"REST_MESSAGES_PER_MINUTE": "100000", "REST_MESSAGES_PER_MINUTE_PER_ADDRESS": "1000000"}
WAITING, AGENTS = 200, 20
INBOX_EVERY_S, A_PAGE_S = 2.0, 0.25
"""As `bot/web/desk/static/live.js` has it."""
STAMP = re.compile(r'data-stamp="(\w+)"')
ASK, WRITE = "I want to talk to a person", "It is about order {}."


@dataclass
class Figures:
    """What was measured: latencies in milliseconds."""

    waiting: int
    agents: int
    questions: int
    failed: int
    p50_without_ms: float
    p95_without_ms: float
    p50_with_ms: float
    p95_with_ms: float
    ratio: float
    pages_fetched: int
    inboxes_untouched: int
    written_by_waiting: int


class Load:
    """A server under load."""

    def __init__(self, address: str, database: Database, http: aiohttp.ClientSession) -> None:
        self._address, self._database, self._http = address, database, http
        self._talks = Conversations(database)
        self._chance = random.Random(0)
        self.failed = self.fetched = self.untouched = self.written = self.looking = 0
        self._stamps: dict[aiohttp.ClientSession, str] = {}

    async def asked(self, rate: float, seconds: float) -> list[float]:
        """Asks questions, each by somebody else; gives how long each took, in milliseconds."""
        began, asking = time.perf_counter(), []
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            question = self._chance.choice(QUESTIONS).format(self._chance.choice(SUBJECTS))
            asking.append(asyncio.create_task(self._timed(question)))
        return [one for one in await asyncio.gather(*asking) if one is not None]

    async def _timed(self, question: str) -> float | None:
        began = time.perf_counter()
        if not await self._say(uuid4().hex, question):
            self.failed += 1
            return None
        return (time.perf_counter() - began) * 1000

    async def _say(self, sender: str, text: str) -> bool:
        body = {"sender": sender, "message": text}
        async with self._http.post(f"{self._address}/webhooks/rest/webhook", json=body) as answer:
            return answer.status == 200 and bool(await answer.json())

    @asynccontextmanager
    async def hands_full(self, waiting: int, agents: int, write_rate: float) -> AsyncIterator[None]:
        """Conversations wait and write on, and agents look at them."""
        names = [f"waiting{number}" for number in range(waiting)]
        for name in names:
            assert await self._say(name, ASK)
        there = self._talks.count(Filter())
        assert there == waiting, f"{there} conversations wait instead of {waiting}"
        working = [asyncio.create_task(self._agent(number, names)) for number in range(agents)]
        working.append(asyncio.create_task(self._write(names, write_rate)))
        while self.looking < agents and not any(one.done() for one in working):
            await asyncio.sleep(0.1)
        try:
            yield
            assert not any(one.done() for one in working), [one for one in working if one.done()]
        finally:
            for one in working:
                one.cancel()
            await asyncio.gather(*working, return_exceptions=True)
            for name in names:
                self._talks.close(f"rest:{name}", "Agent0")

    @asynccontextmanager
    async def others_writing(self, rate: float) -> AsyncIterator[None]:
        """Nobody waits, and people write to the assistant as often as those who wait do."""
        writing = asyncio.create_task(self._write([f"other{number}" for number in range(WAITING)], rate))
        try:
            yield
            assert not writing.done(), writing
        finally:
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)

    async def _write(self, names: list[str], rate: float) -> None:
        while True:
            await asyncio.sleep(1 / rate)
            await self._say(self._chance.choice(names), WRITE.format(self._chance.randrange(10_000)))
            self.written += names[0].startswith("waiting")

    async def _agent(self, number: int, names: list[str]) -> None:
        """A page of somebody's: the inbox, a conversation, and what changes."""
        members = Members(self._database)
        member = await asyncio.to_thread(members.add, f"Agent{number}", "a long password", Role.AGENT)
        token = Sessions(self._database, 12).begin(member)
        mine = f"rest:{self._chance.choice(names)}"
        async with aiohttp.ClientSession(cookies={COOKIE: token}, timeout=aiohttp.ClientTimeout(total=None)) as browser:
            await self._fetch(browser, f"talk?id={mine}")
            async with browser.get(f"{self._address}/desk/live?cursor=0") as stream:
                assert stream.status == 200, stream.status
                self.looking += 1
                await self._look(browser, stream, mine)

    async def _look(self, browser: aiohttp.ClientSession, stream: aiohttp.ClientResponse, mine: str) -> None:
        """Fetches what changes: the inbox, at most every few seconds, and the open conversation."""
        fetched_at, inbox = 0.0, asyncio.create_task(asyncio.sleep(0))
        try:
            async for line in stream.content:
                if not line.startswith(b"data: "):
                    continue
                event = json.loads(line[len(b"data: ") :])
                if inbox.done():
                    every = max(INBOX_EVERY_S, A_PAGE_S * event.get("pages", 1))
                    wait = max(self._chance.random() * (every - INBOX_EVERY_S), fetched_at + every - time.monotonic())
                    fetched_at = time.monotonic() + wait
                    inbox = asyncio.create_task(self._inbox(browser, mine, wait))
                if mine in event.get("talks", ()):
                    await self._fetch(browser, f"lines?id={mine}")
        finally:
            inbox.cancel()

    async def _inbox(self, browser: aiohttp.ClientSession, mine: str, wait: float) -> None:
        """Fetches the inbox where it is not what this browser has."""
        await asyncio.sleep(wait)
        page = await self._fetch(browser, f"inbox?id={mine}&stamp={self._stamps.get(browser, '')}")
        if stamp := STAMP.search(page):
            self._stamps[browser] = stamp[1]
        else:
            self.untouched += 1

    async def _fetch(self, browser: aiohttp.ClientSession, path: str) -> str:
        async with browser.get(f"{self._address}/desk/{path}") as answer:
            assert answer.status in (200, 204), f"{path}: {answer.status}"
            self.fetched += 1
            return await answer.text()


async def measured(address: str, database: Database, rate: float, seconds: float, write_rate: float) -> Figures:
    """Measures without, with, and without once more."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        load = Load(address, database, http)
        await load.asked(rate, 5)  # what is loaded on first use is loaded now
        async with load.others_writing(write_rate):
            without = await load.asked(rate, seconds / 2)
        async with load.hands_full(WAITING, AGENTS, write_rate):
            busy = await load.asked(rate, seconds)
        async with load.others_writing(write_rate):
            without += await load.asked(rate, seconds / 2)
    return Figures(
        WAITING, AGENTS, len(without) + len(busy), load.failed, at(without, 0.5), at(without, 0.95), at(busy, 0.5), at(busy, 0.95),
        round(at(busy, 0.95) / at(without, 0.95), 2), load.fetched, load.untouched, load.written,
    )


def at(times: list[float], part: float) -> float:
    """The time within which that part of the answers came."""
    return round(sorted(times)[int(len(times) * part)], 1)


def main() -> None:
    """Measures, prints, and writes results/desk_load.json; exit status 1 when a question got no answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=4.0, help="questions a second")
    parser.add_argument("--write-rate", type=float, default=1.0, help="messages a second of those that wait")
    parser.add_argument("--seconds", type=float, default=120.0)
    chosen = parser.parse_args()
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        shop = Path(folder) / "shop.yml"
        lines = (DATA / "shop.yml").read_text(encoding="utf-8").splitlines(keepends=True)
        shop.write_text("".join(line for line in lines if not line.startswith("  hours:")), encoding="utf-8")  # somebody is always there
        with running_server(Path(folder), port, SHOP=str(shop), **UNLIMITED):
            database = Database(f"sqlite:///{Path(folder) / 'var' / 'shop.sqlite'}")
            Members(database).add("Owner", "a long password", Role.OWNER)
            work = measured(f"http://127.0.0.1:{port}", database, chosen.rate, chosen.seconds, chosen.write_rate)
            figures = asdict(asyncio.run(work))
            database.dispose()
    for name, value in figures.items():
        print(f"{name:20}{value:10}")
    out = ROOT / "results"
    out.mkdir(exist_ok=True)
    (out / "desk_load.json").write_text(json.dumps(figures, indent=2), encoding="utf-8")
    if figures["failed"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
