"""Glasskin beside the bot that `rasa init` makes, on this machine in one run: `make bench`.

For each: training time from clean (nothing in Rasa's training cache), time from start to the first answer, latency (p50, p95) of one client, messages a second
with one and with eight clients, and resident memory after that. Each conversation is new; the messages are ones
that the bot knows how to answer. The starter bot keeps Rasa's defaults (in-memory conversations).
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

import psutil
import requests
import yaml

from bot.paths import DATA, ROOT
from tests.conftest import free_port

MESSAGES = 300
WARM_UP = 20
CLIENTS = 8
RASA = str(Path(sys.executable).parent / "rasa")
# Only what its stories and rules answer: what it says to a mood at the beginning is left to what TED learned that time.
STARTER_MESSAGES = ("hello", "good morning", "good evening", "are you a bot?", "am i talking to a human?", "bye", "good night", "see you later")


@dataclass
class Figures:
    """What was measured of one bot; times in seconds unless the name says otherwise."""

    intents: int
    training: float
    first_answer: float
    p50_ms: float
    p95_ms: float
    per_second_1: float
    per_second_8: float
    memory_mb: float


@dataclass(frozen=True)
class Bot:
    """How to train and start one bot, and what to ask it."""

    name: str
    folder: Path
    train: list[str]
    serve: list[str]
    environment: dict[str, str]
    messages: tuple[str, ...]


def measure(bot: Bot) -> Figures:
    """Trains, starts, asks and stops one bot."""
    started = time.perf_counter()
    subprocess.run(bot.train, cwd=bot.folder, env=bot.environment, check=True, stdout=subprocess.DEVNULL)
    training = time.perf_counter() - started
    port = free_port()
    serve = [part.replace("{port}", str(port)) for part in bot.serve]
    environment = {**bot.environment, "PORT": str(port)}
    started = time.perf_counter()
    process = subprocess.Popen(
        serve, cwd=bot.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        address = f"http://127.0.0.1:{port}/webhooks/rest/webhook"
        first_answer = _first_answer(address, bot.messages[0], started)
        _ask(address, bot.messages, WARM_UP)
        latencies, one = _timed(address, bot.messages, 1)
        _, eight = _timed(address, bot.messages, CLIENTS)
        memory = _resident(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)
    latencies.sort()
    return Figures(
        _intents(bot.folder), training, first_answer, statistics.median(latencies) * 1000,
        latencies[int(len(latencies) * 0.95)] * 1000, one, eight, memory,
    )


def _first_answer(address: str, message: str, started: float) -> float:
    while True:
        try:
            reply = requests.post(address, json={"sender": "first", "message": message}, timeout=30)
            if reply.status_code == 200 and reply.json():
                return time.perf_counter() - started
        except requests.ConnectionError:
            pass
        if time.perf_counter() - started > 300:
            raise RuntimeError("no answer within five minutes")
        time.sleep(0.05)


def _ask(address: str, messages: tuple[str, ...], count: int) -> list[float]:
    session, times = requests.Session(), []
    for index in range(count):
        started = time.perf_counter()
        body = {"sender": uuid4().hex, "message": messages[index % len(messages)]}
        reply = session.post(address, json=body, timeout=60)
        times.append(time.perf_counter() - started)
        assert reply.status_code == 200 and reply.json(), reply.text
    return times


def _timed(address: str, messages: tuple[str, ...], clients: int) -> tuple[list[float], float]:
    each = MESSAGES // clients
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        results = list(pool.map(lambda _: _ask(address, messages, each), range(clients)))
    spent = time.perf_counter() - started
    return [one for result in results for one in result], each * clients / spent


def _resident(pid: int) -> float:
    process = psutil.Process(pid)
    return sum(one.memory_info().rss for one in (process, *process.children(recursive=True))) / 1e6


def _intents(folder: Path) -> int:
    return len(yaml.safe_load((folder / "domain.yml").read_text(encoding="utf-8"))["intents"])


def _own_messages() -> tuple[str, ...]:
    """The first example of every intent that is answered by the rules or the store."""
    texts = []
    for path in sorted((DATA / "nlu").glob("ask_*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        texts.append(content["nlu"][0]["examples"].splitlines()[0][2:].strip())
    return tuple(texts)


def main() -> None:
    """Measures both and prints one table; the figures also go to results/starter.json."""
    base = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}
    with tempfile.TemporaryDirectory() as made:
        starter = Path(made) / "starter"
        starter.mkdir()
        subprocess.run([RASA, "init", "--no-prompt"], cwd=starter, env=base, check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(starter / "models")
        shutil.rmtree(starter / ".rasa", ignore_errors=True)
        base["RASA_CACHE_DIRECTORY"] = f"{made}/cache"
        own = {**base, "VAR": f"{made}/var", "MODELS": f"{made}/models"}
        glasskin = [sys.executable, "-m", "bot.cli"]
        results = {
            "rasa init": measure(Bot(
                "rasa init", starter, [RASA, "train"], [RASA, "run", "-p", "{port}"], base, STARTER_MESSAGES,
            )),
            "glasskin": measure(Bot(
                "glasskin", ROOT, [*glasskin, "setup"], [*glasskin, "serve"], own, _own_messages(),
            )),
        }
    _print(results)
    out = ROOT / "results"
    out.mkdir(exist_ok=True)
    content = {name: asdict(figures) for name, figures in results.items()}
    (out / "starter.json").write_text(json.dumps(content, indent=2), encoding="utf-8")


def _print(results: dict[str, Figures]) -> None:
    starter, glasskin = (asdict(results[name]) for name in ("rasa init", "glasskin"))
    print(f"{'':16}{'rasa init':>12}{'glasskin':>12}{'ratio':>8}")
    for name, value in starter.items():
        print(f"{name:16}{value:12.1f}{glasskin[name]:12.1f}{glasskin[name] / value:8.2f}")


if __name__ == "__main__":
    main()
