"""tau2-bench retail: loads its shop into an order book of its own, serves the assistant on it, has a scripted customer play tasks
over REST, and compares what was written with the benchmark's own check.

Run: python -m benchmarks.tau_retail --data FOLDER [--tasks 0,1,2] [--serve] [--out done.json]

`--serve` only loads and serves, for customers of flesh and blood (or any other player): each conversation is a `sender` of its own,
and `--writes SENDER=TASK,...` with `--shop FOLDER` writes `done.json` for the check afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Mapping, Sequence

from benchmarks.tau_retail.customer import Customer
from benchmarks.tau_retail.loading import load, restore
from benchmarks.tau_retail.writes import writes_of
from bot.store.database import Database

HERE = Path(__file__).parent
DEADLINE = 300
PREFIX = "rest:"


def main() -> None:
    """Plays and prints the figure."""
    chosen = _arguments()
    folder = chosen.shop or Path(tempfile.mkdtemp(prefix="tau-retail-"))
    url = f"sqlite:///{folder / 'shop.sqlite'}"
    if not (folder / "shop.sqlite").exists():
        load(chosen.data, url)
    if chosen.writes:
        _written(chosen, url, dict(one.split("=", 1) for one in chosen.writes.split(",")))
        return
    server = _serve(folder, url, chosen.port)
    try:
        if chosen.serve:
            print(f"serving at http://127.0.0.1:{chosen.port}, shop in {folder}; Ctrl+C stops", flush=True)
            server.wait()
            return
        tasks = json.loads((chosen.data / chosen.file).read_text(encoding="utf-8"))
        wanted = set(chosen.tasks.split(",")) if chosen.tasks else {one["id"] for one in tasks}
        done = {}
        for one in tasks:
            if one["id"] in wanted:
                done[one["id"]] = _played(one, url, chosen.port)
                restore(chosen.data, url)  # each play finds the shop as it was
    finally:
        server.terminate()
        server.wait()
    _checked(chosen, done)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with db.json, the tasks and check.py")
    parser.add_argument("--file", default="tasks_train.json", help="the file of tasks in it")
    parser.add_argument("--tasks", default="", help="ids of tasks with commas between; else all")
    parser.add_argument("--port", type=int, default=6101)
    parser.add_argument("--shop", type=Path, help="a folder to keep the shop in; else a new one")
    parser.add_argument("--serve", action="store_true", help="load and serve, play nothing")
    parser.add_argument("--writes", default="", help="SENDER=TASK pairs that were played by somebody else")
    parser.add_argument("--out", type=Path, default=Path("done.json"), help="where what was done is written, with the talks")
    return parser.parse_args()


def _serve(folder: Path, url: str, port: int) -> subprocess.Popen[bytes]:
    """Starts the assistant on the shop, and waits until it answers."""
    environment = {
        **os.environ, "DATABASE_URL": url, "VAR": str(folder / "var"), "SHOP": str(HERE / "shop.yml"), "PORT": str(port), "HOST": "127.0.0.1",
        "TRACKER_URL": f"sqlite:///{folder / 'talk.sqlite'}", "REST_MESSAGES_PER_MINUTE": "100000", "REST_MESSAGES_PER_MINUTE_PER_ADDRESS": "100000",
        "TF_CPP_MIN_LOG_LEVEL": "3", "RASA_TELEMETRY_ENABLED": "false",
    }
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen([sys.executable, "-m", "bot.cli", "serve"], env=environment, stdout=log, stderr=subprocess.STDOUT)
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/webhooks/rest/", timeout=5):
                return server
        except (urllib.error.URLError, OSError):
            time.sleep(1)
    server.terminate()
    sys.exit(f"the assistant did not start, see {folder / 'server.log'}")


def _played(task: Mapping[str, Any], url: str, port: int) -> dict[str, Any]:
    """One play of a task on the shop as it was, and what it led to; each customer is played in one conversation."""
    sender = f"tau-{task['id']}-{time.monotonic_ns()}"
    customer = Customer(task["customer"])
    message, talk = customer.begins(), []
    while message:
        reply, buttons = _said(port, sender, message)
        talk.append([message, reply])
        message = customer.answers(reply, buttons)
    database = Database(url)
    try:
        writes = writes_of(database, PREFIX + sender)
    finally:
        database.dispose()
    return {"writes": writes, "said": "\n".join(reply for _, reply in talk), "talk": talk}


def _said(port: int, sender: str, message: str) -> tuple[str, list[str]]:
    body = json.dumps({"sender": sender, "message": message}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/webhooks/rest/webhook", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        replies = json.load(answer)
    texts = [one.get("text", "") for one in replies]
    return "\n".join(filter(None, texts)), [button["title"] for one in replies for button in one.get("buttons") or []]


def _written(chosen: argparse.Namespace, url: str, played: Mapping[str, str]) -> None:
    """Writes what conversations of somebody else led to; what was said stands in a JSON file of talks beside, where they keep one."""
    database = Database(url)
    try:
        done = {task: {"writes": writes_of(database, PREFIX + sender), "said": ""} for sender, task in played.items()}
    finally:
        database.dispose()
    _checked(chosen, done)


def _checked(chosen: argparse.Namespace, done: Mapping[str, Any]) -> None:
    chosen.out.write_text(json.dumps(done, indent=1), encoding="utf-8")
    command: Sequence[str] = [sys.executable, str(chosen.data / "check.py"), str(chosen.data / chosen.file), str(chosen.out)]
    sys.exit(subprocess.run(command, check=False).returncode)


if __name__ == "__main__":
    main()
