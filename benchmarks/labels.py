"""How long 1,000 labels take: `python -m benchmarks.labels`.

The labels are those of the tests and of the sample shop, over and over. Parsing alone, finding in a message, and
reading with the knowledge are measured one after the other, on one core, the best of five runs each.
"""

from __future__ import annotations

import time
from itertools import cycle, islice
from pathlib import Path
from typing import Callable

import yaml

from bot.labels.finding import LabelFinder
from bot.labels.parsing import parse
from bot.paths import DATA, KNOWLEDGE, ROOT
from bot.rules.knowledge import load
from bot.rules.labelling import LabelReader
from bot.settings import settings
from bot.store.importers.known_names import known_names
from bot.store.importers.label import find_label
from bot.store.importers.texts import plain_text

LABELS = 1000
RUNS = 5


def labels() -> list[str]:
    """A thousand labels: short ones of the tests, and whole ones of the sample shop."""
    import csv

    cases = yaml.safe_load((ROOT / "tests" / "labels" / "cases.yml").read_text("utf-8"))["parse"].values()
    with (DATA / "catalogue" / "sample_shop_shopify.csv").open(encoding="utf-8", newline="") as file:
        bodies = [plain_text(row.get("Body (HTML)") or row.get("Description") or "") for row in csv.DictReader(file)]
    whole = [", ".join(names) for body in bodies if (names := find_label(body, [], known_names(settings().knowledge)).names)]
    return list(islice(cycle([*(case["text"] for case in cases), *whole]), LABELS))


def best(work: Callable[[], object]) -> float:
    """Seconds of the quickest of several runs."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def main() -> None:
    """Prints one line for each step."""
    texts = labels()
    reader = LabelReader(load(Path(KNOWLEDGE)))
    find = LabelFinder(reader.known, reader.formal)
    parsed = [parse(text) for text in texts]
    names = sum(len(label.entries) for label in parsed)
    print(f"{len(texts)} labels, {names} names")
    print(f"parse  {best(lambda: [parse(text) for text in texts]):.3f} s")
    print(f"find   {best(lambda: [find(text) for text in texts]):.3f} s")
    print(f"read   {best(lambda: [reader.read(label) for label in parsed]):.3f} s")


if __name__ == "__main__":
    main()
