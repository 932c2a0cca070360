"""Many people on Telegram at once: is every update answered, once, in order, and how long does an answer take?

`python -m benchmarks.telegram_load` starts the assistant beside the stand-in for the Bot API on this machine and sends
50 updates a second of 1,000 users for five minutes; `--seconds`, `--users` and `--rate` change that.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

import psutil

from bot.paths import ROOT
from bot.rasa.lean import prepare_rasa

QUESTIONS = (
    ("What is a serum?", "a serum is"),
    ("What is an ampoule?", "an ampoule is"),
    ("What is a toner?", "toner is"),
    ("What is a sheet mask?", "sheet mask is"),
)
PATIENCE = 120.0


def main() -> None:
    """Runs the load and prints the figures as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=50.0, help="updates a second")
    parser.add_argument("--seconds", type=float, default=300.0)
    given = parser.parse_args()
    prepare_rasa()
    from tests.channels.telegram.server import ServerProcess
    from tests.peers.telegram import TOKEN, TelegramPeer

    peer = TelegramPeer().start()
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as folder:
        server = ServerProcess(Path(folder), TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=peer.address)
        server.variables["TELEGRAM_WEBHOOK_URL"] = server.address
        try:
            server.start()
            peer.until(lambda: bool(peer.state.webhook["url"]), 60)
            peer.say(1, "hello")
            peer.wait(1, 1)
            print(json.dumps(_run(peer, server, given), indent=2))
        finally:
            server.stop()
            peer.stop()


def _run(peer: object, server: object, given: argparse.Namespace) -> dict[str, object]:
    from tests.channels.telegram.server import ServerProcess
    from tests.peers.telegram import TelegramPeer

    assert isinstance(peer, TelegramPeer) and isinstance(server, ServerProcess)
    total = int(given.rate * given.seconds)
    asked: dict[int, list[tuple[float, str]]] = {}
    begin = time.monotonic()
    for number in range(total):
        time.sleep(max(0.0, begin + number / given.rate - time.monotonic()))
        chat = 10_000 + number % given.users
        text, expected = QUESTIONS[(number // given.users + number) % len(QUESTIONS)]
        asked.setdefault(chat, []).append((time.monotonic(), expected))
        peer.say(chat, text)
    sent_in = time.monotonic() - begin
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and sum(len(peer.chat(chat)) for chat in asked) < total:
        time.sleep(0.2)
    time.sleep(1.0)
    latencies, lost, doubled, wrong = [], 0, 0, 0
    for chat, questions in asked.items():
        answers = peer.chat(chat)
        lost += max(0, len(questions) - len(answers))
        doubled += max(0, len(answers) - len(questions))
        for (at, expected), answer in zip(questions, answers):
            latencies.append((answer.at - at) * 1000)
            wrong += expected not in answer.text.lower()
    latencies.sort()
    return {
        "users": given.users, "updates": total, "sent_in_seconds": round(sent_in, 1),
        "answered": len(latencies), "lost": lost, "doubled": doubled, "wrong_or_out_of_order": wrong,
        "latency_ms": {
            "p50": round(statistics.median(latencies), 1),
            "p95": round(latencies[int(len(latencies) * 0.95)], 1),
            "p99": round(latencies[int(len(latencies) * 0.99)], 1),
            "max": round(latencies[-1], 1),
        },
        "server_memory_mb": round(server.memory() / 2**20),
        "load_average": [round(value, 1) for value in psutil.getloadavg()],
    }


if __name__ == "__main__":
    main()
