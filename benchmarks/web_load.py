"""Many visitors at once on the web channel: is every message answered, once, to the one who asked, and how soon?

`python -m benchmarks.web_load` starts a server of its own, lets 500 visitors connect, and has randomly chosen ones
ask 20 questions a second, at fixed moments whether or not the answers come, for five minutes. Every reply must come
to its asker, once, and name the question's subject; at the end every visitor's history must hold the same. Latency is from
sending a question to its first reply. `--seconds`, `--visitors` and `--rate` make it shorter or harder.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import socketio

from bot.paths import ROOT
from tests.channels.web_client import Tab
from tests.conftest import free_port, running_server

UNLIMITED = {
    "WEB_CONNECTIONS": "100000",
    "WEB_CONNECTIONS_PER_ADDRESS": "100000",
    "WEB_MESSAGES_PER_MINUTE": "100000",
    "WEB_MESSAGES_PER_MINUTE_PER_ADDRESS": "1000000",
}
SUBJECTS = ("retinol", "niacinamide", "vitamin c", "hyaluronic acid", "salicylic acid", "azelaic acid", "centella", "ceramide")
QUESTIONS = ("How often should I use {}?", "What does {} do?", "Is {} safe in pregnancy?", "Can I use {} in the morning?")
AT_ONCE = 20
PATIENCE = 60.0


@dataclass
class Asked:
    """A question on its way."""

    subject: str
    at: float
    replies: list[str] = field(default_factory=list)
    seconds: float | None = None


@dataclass
class Figures:
    """What was measured: counts of messages, latencies in milliseconds, memory in megabytes."""

    visitors: int
    seconds: float
    sent: int
    refused: int
    lost: int
    doubled: int
    mixed_up: int
    broken_connections: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    longest_ms: float
    memory_before_mb: float
    memory_connected_mb: float
    memory_after_mb: float
    server_cpu_percent: float


class Visitor:
    """A tab that keeps account of what it asked and what it was told."""

    def __init__(self) -> None:
        self.tab = Tab()
        self.tab.client.on("bot_uttered", self._told)
        self.asked: dict[str, Asked] = {}
        self.wrong: Counter[str] = Counter()
        self.refused = 0
        self._seen: set[str] = set()

    async def come(self, address: str) -> None:
        """Connects and gets a session."""
        await self.tab.open(address)
        await self.tab.begin()

    async def ask(self, question: str, subject: str) -> None:
        """Asks, and waits for the acknowledgement."""
        message_id = uuid4().hex
        self.asked[message_id] = Asked(subject, time.perf_counter())
        sent = {"message": question.format(subject), "session_id": self.tab.token, "id": message_id}
        try:
            answer = await self.tab.client.call("user_uttered", sent, timeout=PATIENCE)
        except socketio.exceptions.SocketIOError:
            return  # counted as lost, unless the reply came all the same
        self.refused += not answer["ok"]

    async def compare(self) -> None:
        """Checks the history against what was seen; of a broken connection all is lost."""
        if not self.tab.client.connected:
            self.wrong["broken"] += 1
            return
        messages = await self.tab.begin(self.tab.token)
        questions = Counter(message["id"] for message in messages if message["from"] == "user")
        replies = [(message["reply_to"], message["id"]) for message in messages if message["from"] == "bot"]
        live = [(message_id, reply) for message_id, asked in self.asked.items() for reply in asked.replies]
        self.wrong["mixed_up"] += sorted(replies) != sorted(live)
        self.wrong["doubled"] += sum(count - 1 for count in questions.values())
        self.wrong["lost"] += len(set(self.asked) - set(questions))

    def _told(self, reply: dict[str, Any]) -> None:
        asked = self.asked.get(reply.get("reply_to", ""))
        if asked is None or asked.subject not in reply["text"].lower():
            self.wrong["mixed_up"] += 1
            return
        self.wrong["doubled"] += reply["id"] in self._seen
        self._seen.add(reply["id"])
        asked.replies.append(reply["id"])
        if asked.seconds is None:
            asked.seconds = time.perf_counter() - asked.at


async def load(address: str, server: psutil.Process, visitors: int, rate: float, seconds: float) -> Figures:
    """Lets the visitors come, ask and compare, and returns what was measured."""
    warm = Visitor()
    await warm.come(address)
    for question in QUESTIONS:
        await warm.ask(question, SUBJECTS[0])
    before = _megabytes(server)
    people = [Visitor() for _ in range(visitors)]
    for start in range(0, visitors, AT_ONCE):
        await asyncio.gather(*(one.come(address) for one in people[start : start + AT_ONCE]))
    connected = _megabytes(server)
    server.cpu_percent()
    began = time.perf_counter()
    await _ask_steadily(people, rate, seconds)
    spent = time.perf_counter() - began
    cpu, after = server.cpu_percent(), _megabytes(server)
    for one in people:
        await one.compare()
    await asyncio.gather(*(one.tab.close() for one in [warm, *people]))
    return _figures(people, spent, (before, connected, after), cpu)


async def _ask_steadily(people: list[Visitor], rate: float, seconds: float) -> None:
    chance = random.Random(0)
    began, asking = time.perf_counter(), set()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        question = chance.choice(people).ask(chance.choice(QUESTIONS), chance.choice(SUBJECTS))
        asking.add(asyncio.create_task(question))
    await asyncio.gather(*asking)


def _figures(people: list[Visitor], spent: float, memory: tuple[float, float, float], cpu: float) -> Figures:
    asked = [one for visitor in people for one in visitor.asked.values()]
    wrong: Counter[str] = sum((visitor.wrong for visitor in people), Counter())
    times = sorted(one.seconds * 1000 for one in asked if one.seconds is not None)
    return Figures(
        visitors=len(people),
        seconds=round(spent, 1),
        sent=len(asked),
        refused=sum(visitor.refused for visitor in people),
        lost=wrong["lost"] + sum(one.seconds is None for one in asked),
        doubled=wrong["doubled"],
        mixed_up=wrong["mixed_up"],
        broken_connections=wrong["broken"],
        p50_ms=statistics.median(times),
        p95_ms=times[int(len(times) * 0.95)],
        p99_ms=times[int(len(times) * 0.99)],
        longest_ms=times[-1],
        memory_before_mb=memory[0],
        memory_connected_mb=memory[1],
        memory_after_mb=memory[2],
        server_cpu_percent=cpu,
    )


def _megabytes(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 1e6


def main() -> None:
    """Measures, prints, and writes results/web_load.json; exit status 1 when a reply was lost, doubled or mixed up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=500)
    parser.add_argument("--rate", type=float, default=20.0, help="questions a second")
    parser.add_argument("--seconds", type=float, default=300.0)
    chosen = parser.parse_args()
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        with running_server(Path(folder), port, **UNLIMITED) as process:
            work = load(
                f"http://127.0.0.1:{port}", psutil.Process(process.pid), chosen.visitors, chosen.rate, chosen.seconds
            )
            figures = asdict(asyncio.run(work))
    for name, value in figures.items():
        print(f"{name:20}{value:10.1f}" if isinstance(value, float) else f"{name:20}{value:8}")
    out = ROOT / "results"
    out.mkdir(exist_ok=True)
    (out / "web_load.json").write_text(json.dumps(figures, indent=2), encoding="utf-8")
    if figures["lost"] or figures["doubled"] or figures["mixed_up"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
