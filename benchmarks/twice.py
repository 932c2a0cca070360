"""Two trainings from clean, and whether they read every test message alike: `python -m benchmarks.twice`.

Each training runs in a process of its own with an empty cache. Compared are the whole readings: intent, ranking and
confidences to the last digit, entities.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.paths import ROOT
from bot.rasa.lean import prepare_rasa

SHOWN = 5


def main() -> None:
    """Prints how many messages were compared and how many were read differently; exits with 1 if any was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.into:
        _train_and_read(chosen.into)
        return
    with tempfile.TemporaryDirectory() as folder:
        readings = [_trained_apart(Path(folder) / str(number)) for number in (1, 2)]
    differing = [text for text, reading in readings[0].items() if reading != readings[1][text]]
    print(f"{len(readings[0])} messages, {len(differing)} read differently by two trainings from clean")
    for text in differing[:SHOWN]:
        print(f"  {text}\n    {readings[0][text]['intent']} {readings[1][text]['intent']}")
    sys.exit(bool(differing))


def messages() -> list[str]:
    """Every message of the tests of understanding, each once."""
    from tests.dialogue.test_questions import QUESTIONS
    from tests.nlu.test_blind import blind_messages
    from tests.nlu.test_entities import MESSAGES

    asked = [json.loads(line)["text"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    return list(dict.fromkeys([*(text for text, _ in blind_messages()), *MESSAGES, *asked]))


def _trained_apart(folder: Path) -> dict[str, Any]:
    folder.mkdir()
    started = time.perf_counter()
    environment = {**os.environ, "RASA_CACHE_DIRECTORY": str(folder / "cache")}
    subprocess.run([sys.executable, "-m", "benchmarks.twice", "--into", str(folder)], check=True, env=environment, cwd=ROOT)
    print(f"trained and read in {time.perf_counter() - started:.0f} s", flush=True)
    found: dict[str, Any] = json.loads((folder / "readings.json").read_text(encoding="utf-8"))
    return found


def _train_and_read(folder: Path) -> None:
    prepare_rasa()
    from rasa.core.agent import Agent

    from bot.rasa.training import train

    agent = Agent.load(str(train(folder / "models", Console(quiet=True))))
    loop = asyncio.new_event_loop()
    readings = {text: loop.run_until_complete(agent.parse_message(text)) for text in messages()}
    loop.close()
    (folder / "readings.json").write_text(json.dumps(readings, sort_keys=True), encoding="utf-8")


if __name__ == "__main__":
    main()
