"""One process and several at one PostgreSQL: what a message costs, how many are answered a second, and whether anything is lost,
doubled, out of order or forgotten while processes are killed.

`GLASSKIN_TEST_POSTGRES=postgresql://... python -m benchmarks.processes` starts `glasskin serve --workers N` for each number of
`--workers` (1 2), lets people write at the same moment over REST, the web and Telegram for `--seconds` (60), and then, with several
processes, as long again while one of them is killed every `--kill-every` seconds (20), and once more while all are renewed by SIGHUP.
CPU a message is that of all processes but PostgreSQL, over the messages that were taken.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Optional

import psutil
import requests

from bot.paths import ROOT
from tests.conftest import MANY_VISITORS, free_port
from tests.peers.telegram import TOKEN, TelegramPeer
from tests.processes.judging import Verdict, judged
from tests.processes.machines import SECRET, empty_postgres
from tests.processes.talking import Crowd

STARTS_WITHIN_S = 600.0
MESSAGES = 5
REST, WEB, TELEGRAM = 10, 6, 4


class Shop:
    """`glasskin serve --workers N` on a database of its own."""

    def __init__(self, folder: Path, workers: int, database: str, peer: TelegramPeer) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.peer, self.database = peer, database
        variables = {
            **os.environ, **MANY_VISITORS, "VAR": str(folder), "DATABASE_URL": database, "TRACKER_URL": database, "PYTHONWARNINGS": "ignore",
            "TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API": peer.address, "TELEGRAM_SECRET": SECRET, "WEB_MESSAGES_PER_MINUTE": "100000",
        }
        command = [sys.executable, "-m", "bot.cli", "serve", "--port", str(self.port), "--workers", str(workers)]
        self.log = folder / "log"
        with self.log.open("a") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=log, stderr=log)

    def wait(self) -> None:
        """Until it says that it answers."""
        deadline = time.monotonic() + STARTS_WITHIN_S
        while "Shop at" not in self.log.read_text():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise RuntimeError(self.log.read_text()[-4000:])
            time.sleep(0.2)
        requests.get(f"{self.address}/live", timeout=30)

    def processes(self) -> list[psutil.Process]:
        """The one that was started, and its workers."""
        first = psutil.Process(self.process.pid)
        return [first, *first.children()]

    def cpu_seconds(self) -> float:
        """What all of them used so far."""
        return sum(one.cpu_times().user + one.cpu_times().system for one in self.processes())

    def memory_mb(self) -> float:
        """Memory that nobody else uses, of all of them."""
        return sum(one.memory_full_info().uss for one in self.processes()) / 1e6

    def stop(self) -> float:
        """Stops it; the seconds that took."""
        began = time.monotonic()
        self.process.terminate()
        self.process.wait(timeout=60)
        return time.monotonic() - began


async def crowded(shop: Shop, seconds: float, beside: Optional[Callable[[], Awaitable[Any]]] = None) -> dict[str, Any]:
    """Lets people write for so long, one crowd after the other, and judges what is stored."""
    crowd = Crowd([shop.address, shop.address], shop.peer, MESSAGES)
    other: Optional[asyncio.Future[Any]] = asyncio.ensure_future(beside()) if beside else None
    began, cpu = time.monotonic(), shop.cpu_seconds()
    while time.monotonic() - began < seconds or (other is not None and not other.done()):
        await crowd.write(REST, WEB, TELEGRAM)
    took, used = time.monotonic() - began, shop.cpu_seconds() - cpu
    if other is not None:
        await other
    verdict: Verdict = judged(shop.database, crowd.talks)
    asked = crowd.taken + sum(len(talk.said_at_last) for talk in crowd.talks)
    figures: dict[str, Any] = {"messages": asked, "a_second": round(asked / took, 1), "sent_again": crowd.again, **vars(verdict)}
    return figures if beside else {**figures, "cpu_ms_a_message": round(used / asked * 1000, 2)}


def measured(workers: int, seconds: float, kill_every: float) -> dict[str, Any]:
    """All figures for a number of workers."""
    peer = TelegramPeer().start()
    with tempfile.TemporaryDirectory() as folder, empty_postgres() as database:
        shop = Shop(Path(folder), workers, database, peer)
        try:
            shop.wait()
            asyncio.run(crowded(shop, 1))  # the first messages make what the next find
            figures: dict[str, Any] = {"undisturbed": asyncio.run(crowded(shop, seconds)), "memory_mb": round(shop.memory_mb())}
            print(workers, figures, flush=True)
            if workers > 1:

                async def kill() -> None:
                    until = time.monotonic() + seconds
                    while time.monotonic() < until:
                        await asyncio.sleep(random.uniform(0.5, 1.5) * kill_every)
                        workers_now = shop.processes()[1:]
                        if workers_now:
                            random.choice(workers_now).kill()

                async def renew() -> None:
                    before = shop.log.read_text().count("is renewed")
                    shop.process.send_signal(signal.SIGHUP)
                    while shop.log.read_text().count("is renewed") < before + workers:
                        await asyncio.sleep(0.2)

                figures["killed"] = asyncio.run(crowded(shop, seconds, kill))
                time.sleep(kill_every)
                figures["renewed"] = asyncio.run(crowded(shop, 1, renew))
            figures["stopped_in_s"] = round(shop.stop(), 1)
            return figures
        finally:
            if shop.process.poll() is None:
                shop.process.kill()
            peer.stop()


def main() -> None:
    """Prints the figures as JSON, also into results/."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--kill-every", type=float, default=20)
    chosen = parser.parse_args()
    figures = {}
    for count in chosen.workers:
        figures[str(count)] = measured(count, chosen.seconds, chosen.kill_every)
        print(count, json.dumps(figures[str(count)], indent=2), flush=True)
    told = json.dumps(figures, indent=2)
    (ROOT / "results").mkdir(exist_ok=True)
    (ROOT / "results" / "processes.json").write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
