"""How long does a visitor wait while `glasskin serve --workers N` replaces its processes one after the other (SIGHUP)?

`python -m benchmarks.renewal` starts it (on SQLite, or on the PostgreSQL that GLASSKIN_TEST_POSTGRES names), lets 500 visitors connect
and ask `--rate` (5) questions a second, all of them once at least, renews all processes while they do, and reads every history at the
end. Each visitor does as the widget does: it connects again when its connection ends, with the same session, after half a second and
then twice as long each time, and sends again, with its id, what was not acknowledged. A wait is from the first sending to the
acknowledgement, which comes behind the answer.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import tempfile
import time
from contextlib import nullcontext, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Optional
from uuid import uuid4

import aiohttp
import socketio

from benchmarks.processes import Shop
from benchmarks.web_load import AT_ONCE, QUESTIONS, SUBJECTS
from bot.paths import ROOT
from tests.channels.web_client import Tab
from tests.peers.telegram import TelegramPeer
from tests.processes.machines import empty_postgres
from tests.store.conftest import POSTGRES

PAUSE_S, LONGEST_PAUSE_S = 0.5, 5.0
"""As `bot/web/widget/src/connection.js` has it."""
PATIENCE_S = 120.0
BEFORE_S = 10.0
ADDRESSES = 50
"""Of this machine, that visitors come from."""
BROKEN = (socketio.exceptions.SocketIOError, aiohttp.ClientError, AssertionError, OSError)


@dataclass
class Figures:
    """What was measured: counts of messages, waits in milliseconds."""

    workers: int
    database: str
    visitors: int
    asked: int
    lost: int
    unanswered: int
    doubled: int
    sent_again: int
    connected_again: int
    renewal_s: float
    p50_before_ms: float
    p95_before_ms: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    longest_ms: float
    stopped_in_s: float


class Visitor:
    """A tab that stays with its conversation, whoever serves it."""

    def __init__(self, address: str, source: str) -> None:
        self._address, self._source = address, source
        self._tab: Optional[Tab] = None
        self._token: Any = None
        self._one_at_a_time = asyncio.Lock()
        self._ended = asyncio.Event()
        self._staying: Optional[asyncio.Task[None]] = None
        self.ids: list[str] = []
        self.connections = self.again = 0

    async def come(self) -> None:
        """Connects, and from then on connects again whenever the connection ends."""
        await self._connect()
        self._staying = asyncio.create_task(self._stay())

    async def ask(self, question: str) -> float:
        """Asks until it is acknowledged; the seconds that took."""
        message_id = uuid4().hex
        self.ids.append(message_id)
        began = time.perf_counter()
        async with self._one_at_a_time:
            while not await self._sent(question, message_id):
                assert time.perf_counter() - began < PATIENCE_S, f"nobody took {question!r}"
                self.again += 1
                await asyncio.sleep(0.05)
        return time.perf_counter() - began

    async def history(self) -> list[dict[str, Any]]:
        """The conversation as the server has it."""
        assert self._tab is not None
        return await self._tab.begin(self._token)

    async def go(self) -> None:
        """Leaves."""
        if self._staying is not None:
            self._staying.cancel()
            await asyncio.gather(self._staying, return_exceptions=True)
        await self._close()

    async def _sent(self, question: str, message_id: str) -> bool:
        """Whether a message was acknowledged before its connection ended."""
        while self._tab is None or self._ended.is_set():
            await asyncio.sleep(0.02)
        calling = asyncio.create_task(self._tab.say(question, id=message_id))
        ending = asyncio.create_task(self._ended.wait())
        await asyncio.wait([calling, ending], return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        if not calling.done():
            calling.cancel()
        try:
            return bool((await calling)["ok"])
        except (*BROKEN, asyncio.CancelledError):
            return False

    async def _stay(self) -> None:
        while True:
            await self._ended.wait()
            pause = PAUSE_S
            while self._ended.is_set():
                await asyncio.sleep(pause * random.uniform(0.5, 1.5))
                pause = min(2 * pause, LONGEST_PAUSE_S)
                with suppress(*BROKEN):
                    await self._connect()

    async def _connect(self) -> None:
        await self._close()
        tab = Tab(source=self._source)
        ended = asyncio.Event()
        tab.client.on("disconnect", lambda *_: ended.set())
        try:
            await tab.open(self._address)
            await tab.begin(self._token)
        except BaseException:
            with suppress(Exception):
                await tab.close()
            raise
        self._token, self._tab, self._ended = tab.token, tab, ended
        self.connections += 1

    async def _close(self) -> None:
        tab, self._tab = self._tab, None
        if tab is not None:
            with suppress(Exception):
                await tab.close()


async def visited(shop: Shop, workers: int, count: int, rate: float) -> dict[str, Any]:
    """Lets visitors ask while all processes are renewed, and looks at every conversation."""
    visitors = [Visitor(shop.address, f"127.0.0.{2 + number % ADDRESSES}") for number in range(count)]
    for at in range(0, count, AT_ONCE):
        await asyncio.gather(*(one.come() for one in visitors[at : at + AT_ONCE]))
    asking: list[asyncio.Task[float]] = []
    in_turn = random.sample(visitors, count)
    began = time.perf_counter()

    async def ask_on(until: Any) -> None:
        while not until():
            await asyncio.sleep(max(0.0, began + len(asking) / rate - time.perf_counter()))
            question = random.choice(QUESTIONS).format(random.choice(SUBJECTS))
            asking.append(asyncio.create_task(in_turn[len(asking) % count].ask(question)))

    await ask_on(lambda: time.perf_counter() - began > BEFORE_S)
    before = len(asking)
    signalled, done_at = time.perf_counter(), 0.0
    shop.process.send_signal(signal.SIGHUP)

    def is_over() -> bool:
        nonlocal done_at
        if not done_at and shop.log.read_text().count("is renewed") >= workers:
            done_at = time.perf_counter()
        return bool(done_at) and time.perf_counter() - done_at > BEFORE_S / 2 and len(asking) >= count

    await ask_on(is_over)
    waits = [1000 * one for one in await asyncio.gather(*asking)]
    lost = unanswered = doubled = 0
    for visitor in visitors:
        history = await visitor.history()
        heard = [one["id"] for one in history if one["from"] == "user"]
        answered = {one.get("reply_to") for one in history if one["from"] == "bot"}
        lost += len(set(visitor.ids) - set(heard))
        unanswered += len(set(visitor.ids) - answered)
        doubled += len(heard) - len(set(heard))
    found = {
        "asked": len(asking), "lost": lost, "unanswered": unanswered, "doubled": doubled,
        "sent_again": sum(one.again for one in visitors), "connected_again": sum(one.connections - 1 for one in visitors),
        "renewal_s": round(done_at - signalled, 1), "p50_before_ms": part(waits[:before], 0.5), "p95_before_ms": part(waits[:before], 0.95),
        "p50_ms": part(waits[before:], 0.5), "p95_ms": part(waits[before:], 0.95), "p99_ms": part(waits[before:], 0.99),
        "longest_ms": round(max(waits), 1),
    }
    await asyncio.gather(*(one.go() for one in visitors))
    return found


def part(times: list[float], share: float) -> float:
    """The time within which that share of the answers came."""
    return round(sorted(times)[int(len(times) * share)], 1)


def main() -> None:
    """Measures, prints, and writes results/renewal.json; exit status 1 when anything was lost, unanswered or doubled."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--visitors", type=int, default=500)
    parser.add_argument("--rate", type=float, default=5.0, help="questions a second")
    chosen = parser.parse_args()
    peer = TelegramPeer().start()
    on_postgres = POSTGRES in os.environ
    with tempfile.TemporaryDirectory() as folder, empty_postgres() if on_postgres else nullcontext() as database:
        shop = Shop(Path(folder), chosen.workers, database or f"sqlite:///{folder}/shop.sqlite", peer)
        try:
            shop.wait()
            found = asyncio.run(visited(shop, chosen.workers, chosen.visitors, chosen.rate))
            kind = "PostgreSQL" if on_postgres else "SQLite"
            figures = Figures(chosen.workers, kind, chosen.visitors, stopped_in_s=round(shop.stop(), 1), **found)
        finally:
            if shop.process.poll() is None:
                shop.process.kill()
            peer.stop()
    for name, value in asdict(figures).items():
        print(f"{name:20}{value!s:>12}")
    out = ROOT / "results"
    out.mkdir(exist_ok=True)
    (out / "renewal.json").write_text(json.dumps(asdict(figures), indent=2), encoding="utf-8")
    if figures.lost or figures.unanswered or figures.doubled:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
