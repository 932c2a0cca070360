"""Our NLU pipeline beside others on public intent sets: `make bench-nlu DATA=folder`, see README.md."""

from __future__ import annotations

import argparse
import importlib
import json
import os
from pathlib import Path

from bot.paths import ROOT
from bot.rasa.lean import prepare_rasa

prepare_rasa()

from benchmarks.answers import figures  # noqa: E402
from benchmarks.datasets import NAMES, load  # noqa: E402

PEERS = ("own", "rasa_default", "nlpjs")
RESULTS = ROOT / "results" / "intents.json"


def main() -> None:
    """Runs the chosen systems on the chosen sets; prints one table and keeps its figures in results/intents.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get("BENCHMARK_DATA"), help="folder of the sets")
    parser.add_argument("--sets", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS))
    parser.add_argument("--out-of-scope", action="store_true", help="train on clinc150's 100 out-of-scope examples")
    chosen = parser.parse_args()
    if chosen.data is None:
        parser.error("--data or BENCHMARK_DATA must name the folder of the sets")
    table: list[dict[str, object]] = []
    for name in chosen.sets:
        dataset = load(Path(chosen.data), name, chosen.out_of_scope)
        for peer in chosen.peers:
            answers = importlib.import_module(f"benchmarks.peers.{peer}").answer(dataset)
            table.append({"set": name, "system": peer, **figures(answers, dataset.test.intents)})
            _print(table[-1], len(table) == 1)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(table, indent=2), encoding="utf-8")


def _print(row: dict[str, object], first: bool) -> None:
    if first:
        print("".join(f"{name:>14}" for name in row))
    cells = [f"{value:14.3f}" if isinstance(value, float) else f"{value:>14}" for value in row.values()]
    print("".join(cells), flush=True)


if __name__ == "__main__":
    main()
