"""The store with a large catalogue: `python -m benchmarks.catalogue [--products 100000] [--runs 3] [--only ...]`.

On SQLite and on PostgreSQL (a database of its own on the server that GLASSKIN_TEST_POSTGRES names, dropped at the end):
rows imported a second and memory on top of an idle process, time of searches (p50, p95) of many kinds, time to find the
products that a message names. Then the running assistant with that catalogue beside the sample one, turn by turn in one
run. The catalogue is the same for the same size (`benchmarks.catalogue_file`). Other work on the machine shows in the
times, so several runs are made; the best and the median are printed.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psutil
import requests
import spacy
from sqlalchemy import text
from sqlalchemy.engine import create_engine, make_url

from benchmarks.catalogue_file import SAMPLE, SampleWords, write_catalogue
from bot.nlu.names.product_names import ProductNames
from bot.nlu.plain import at_same_places
from bot.paths import ROOT
from bot.set_up.catalogue import write_product_names
from bot.settings import Settings
from bot.store.database import Database
from bot.store.importers.importing import import_file
from bot.store.migrations import upgrade
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery
from tests.conftest import free_port

POSTGRES = "GLASSKIN_TEST_POSTGRES"
QUERIES = 400
WARM_UP = ("hello", "do you have a gift set", "what is in stock from Narusol")
TURNS = 120
TARGETS = {
    "rows_per_second": ">= 2000",
    "import_memory_mb": "< 300",
    "search_p95_ms": "<= 20",
    "index_memory_mb": "< 300",
    "latency_ratio": "<= 1.2",
}
MESSAGES = (
    "show me {kind}s for {skin} skin",
    "do you have a vegan {kind}",
    "what do you have from {brand}?",
    "a {kind} for {skin} skin under {price} dollars",
    "is any {kind} with {ingredient} in stock",
    "a {kind} without {ingredient} for {concern}",
    "how much is the {brand} {word} {kind}",
    "what is the cheapest {kind} under {price} dollars",
    "how much are {kind}s",
    "what's new",
)
KINDS = ("serum", "ampoule", "toner", "essence", "cream", "lotion", "sunscreen", "sheet mask", "eye cream", "mist")
SKINS = ("dry", "oily", "sensitive", "combination", "acne-prone", "normal")
CONCERNS = ("redness", "dark spots", "acne", "wrinkles", "dullness", "large pores")
INGREDIENTS = ("niacinamide", "retinol", "centella", "squalane", "panthenol", "fragrance", "glycerin")


@dataclass(frozen=True)
class Figures:
    """What one run on one database measured; times in milliseconds, memory in MB on top of the idle process."""

    rows_per_second: float
    import_memory_mb: float
    search_p50_ms: float
    search_p95_ms: float
    named_p50_ms: float
    named_p95_ms: float
    first_search_ms: float
    first_named_ms: float
    index_memory_mb: float


def queries(count: int, seed: int = 7) -> list[ProductQuery]:
    """Searches of every kind that the assistant and the owner make, in words of the sample shop."""
    chance, sample = random.Random(seed), SampleWords()
    kinds = sorted({row["Type"] for row in sample.rows})
    tags = sorted({tag for row in sample.rows for tag in row["Tags"].split(", ")})
    concerns = [tag.partition(":")[2] for tag in tags if tag.startswith("concern:")]
    skins = [tag.partition(":")[2] for tag in tags if tag.startswith("skin:")]
    names = sorted({name for labels in sample.ingredients.values() for label in labels for name in label})
    one = chance.choice

    def slip(word: str) -> str:
        place = chance.randrange(len(word))
        return word[:place] + word[place + 1 :]

    makers: list[Callable[[], ProductQuery]] = [
        lambda: ProductQuery(text=one(sample.title_words)),
        lambda: ProductQuery(text=f"{one(sample.title_words)} {one(kinds)}"),
        lambda: ProductQuery(text=f"{one(sample.brands)} {one(kinds)}"),
        lambda: ProductQuery(text=f"{slip(one(sample.brands))} {slip(one(kinds))}"),
        lambda: ProductQuery(text=one(names)),
        lambda: ProductQuery(product_type=one(kinds), skin_types=(one(skins),)),
        lambda: ProductQuery(concerns=tuple(chance.sample(concerns, 2)), skin_types=tuple(chance.sample(skins, 2))),
        lambda: ProductQuery(product_type=one(kinds), with_ingredients=(one(names),), in_stock=True),
        lambda: ProductQuery(product_type=one(kinds), without_ingredients=tuple(chance.sample(names, 3))),
        lambda: ProductQuery(product_type=one(kinds), max_price=chance.randint(400, 3000), flags=("vegan",)),
        lambda: ProductQuery(brands=(one(sample.brands),), sort="price", in_stock=True),
        lambda: ProductQuery(product_type=one(kinds), sort="price_desc"),
        lambda: ProductQuery(skin_types=(one(skins),), sort="newest", offset=one([0, 20, 200])),
        lambda: ProductQuery(in_stock=False, concerns=(one(concerns),)),
    ]
    return [makers[number % len(makers)]() for number in range(count)]


def messages(count: int, seed: int = 9) -> list[str]:
    """Questions to the shop, of each kind of `MESSAGES` in turn; few are asked twice, as what is kept of one answer would
    hide how long the next takes."""
    chance, sample = random.Random(seed), SampleWords()
    one = chance.choice
    return [
        MESSAGES[number % len(MESSAGES)].format(
            kind=one(KINDS), skin=one(SKINS), concern=one(CONCERNS), ingredient=one(INGREDIENTS),
            brand=one(sample.brands), word=one(sample.title_words), price=chance.randint(11, 90),
        )
        for number in range(count)
    ]


def titles(count: int, path: Path, seed: int = 8) -> list[str]:
    """Messages that name a product of the catalogue or speak of skincare alone, in turn."""
    chance, questions = random.Random(seed), messages(count, seed)
    with path.open(encoding="utf-8", newline="") as file:
        found = [row["Title"] for row in csv.DictReader(file) if row["Title"]]
    return [f"how much is the {chance.choice(found).lower()}" if number % 2 else questions[number] for number in range(count)]


def measure(url: str, catalogue: Path, rows: int) -> Figures:
    """Imports the catalogue into the empty database at `url` and asks it."""
    upgrade(url)
    process = psutil.Process()
    idle = process.memory_info().rss
    database = Database(url)
    peak = idle

    def watch(_done: int, _size: int) -> None:
        nonlocal peak
        peak = max(peak, process.memory_info().rss)

    started = time.perf_counter()
    report = import_file(database, catalogue, progress=watch)
    spent = time.perf_counter() - started
    assert not report.refused, report.refused[:3]
    before = process.memory_info().rss
    searches = queries(QUERIES)
    first_search, times = _asked(database, lambda products, number: products.search(searches[number]), QUERIES)
    first_named, named = _named(database, catalogue)
    after = process.memory_info().rss
    database.dispose()
    return Figures(
        rows / spent, (peak - idle) / 1e6, statistics.median(times), _p95(times), statistics.median(named), _p95(named),
        first_search, first_named, max(0, after - before) / 1e6,
    )


def _named(database: Database, catalogue: Path) -> tuple[float, list[float]]:
    """The same of finding the products that messages name, as the understanding of messages does."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = Settings(var=Path(folder))
        write_product_names(database, chosen)
        names, words = ProductNames(chosen.product_names), spacy.blank("en")
        messages_of_products = [words.make_doc(at_same_places(one)) for one in titles(QUERIES, catalogue)]
        times = []
        for doc in (messages_of_products[0], *messages_of_products):
            started = time.perf_counter()
            names.find(doc)
            times.append((time.perf_counter() - started) * 1000)
    return times[0], times[1:]


def _asked(database: Database, ask: Callable[[ProductRepository, int], object], count: int) -> tuple[float, list[float]]:
    """Milliseconds of the first question, which reads what is kept in memory, and of each after it."""
    times = []
    for number in (0, *range(count)):
        started = time.perf_counter()
        with database.session() as session:
            ask(ProductRepository(session), number)
        times.append((time.perf_counter() - started) * 1000)
    return times[0], times[1:]


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def in_own_process(url: str, catalogue: Path, rows: int) -> dict[str, float]:
    """`measure` in a process of its own, so that memory is that of this run alone."""
    command = [sys.executable, "-m", "benchmarks.catalogue", "--measure", url, str(catalogue), str(rows)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def empty_database(backend: str, folder: Path) -> Iterator[str]:
    """A new database, gone at the end."""
    name = f"glasskin_bench_{uuid4().hex}"
    if backend == "sqlite":
        yield f"sqlite:///{folder / name}.db"
        return
    server = make_url(os.environ[POSTGRES])
    engine = create_engine(server, isolation_level="AUTOCOMMIT", future=True)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield server.set(database=name).render_as_string(False)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@contextmanager
def assistant(folder: Path, catalogue: Path) -> Iterator[str]:
    """The address of a running assistant with this catalogue."""
    port = free_port()
    environment = {**os.environ, "VAR": str(folder), "PORT": str(port), "DATABASE_URL": "", "PYTHONWARNINGS": "ignore"}
    glasskin = [sys.executable, "-m", "bot.cli"]
    subprocess.run([*glasskin, "import", str(catalogue)], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    process = subprocess.Popen(
        [*glasskin, "serve"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}/webhooks/rest/webhook"
    try:
        deadline = time.monotonic() + 300
        while time.monotonic() < deadline:
            try:
                _turn(address, WARM_UP[0])
                break
            except requests.ConnectionError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def _turn(address: str, message: str) -> float:
    started = time.perf_counter()
    reply = requests.post(address, json={"sender": uuid4().hex, "message": message}, timeout=60)
    spent = (time.perf_counter() - started) * 1000
    assert reply.status_code == 200 and reply.json(), reply.text
    return spent


def latency(folder: Path, catalogue: Path) -> dict[str, float]:
    """Milliseconds a turn with the sample catalogue and with the large one, asked in turn, and their ratio."""
    with assistant(folder / "small", SAMPLE) as small, assistant(folder / "large", catalogue) as large:
        for message in WARM_UP:
            _turn(small, message)
            _turn(large, message)
        times: dict[str, list[float]] = {small: [], large: []}
        for message in messages(TURNS):
            for address in (small, large):
                times[address].append(_turn(address, message))
    sample, big = statistics.median(times[small]), statistics.median(times[large])
    return {
        "sample_p50_ms": sample, "large_p50_ms": big, "latency_ratio": big / sample,
        "sample_p95_ms": _p95(times[small]), "large_p95_ms": _p95(times[large]),
    }


def main() -> None:
    """Measures and prints best and median of the runs; all figures go to results/catalogue.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=["sqlite", "postgresql", "assistant"])
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        url, catalogue, rows = chosen.measure
        print(json.dumps(measure(url, Path(catalogue), int(rows)).__dict__))
        return
    parts = [chosen.only] if chosen.only else ["sqlite", "postgresql", "assistant"]
    if POSTGRES not in os.environ and "postgresql" in parts:
        print(f"{POSTGRES} names no server: PostgreSQL is left out")
        parts.remove("postgresql")
    results: dict[str, list[dict[str, float]]] = {part: [] for part in parts}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        catalogue = folder / "catalogue.csv"
        rows = write_catalogue(catalogue, chosen.products)
        print(f"{chosen.products} products in {rows} rows, {catalogue.stat().st_size / 1e6:.0f} MB")
        for run in range(chosen.runs):
            for part in parts:
                if part == "assistant":
                    results[part].append(latency(folder / str(run), catalogue))
                else:
                    with empty_database(part, folder) as url:
                        results[part].append(in_own_process(url, catalogue, rows))
                print(part, {name: round(value, 2) for name, value in results[part][-1].items()}, flush=True)
    _print(results)
    out = ROOT / "results"
    out.mkdir(exist_ok=True)
    (out / "catalogue.json").write_text(json.dumps({"products": chosen.products, **results}, indent=2), encoding="utf-8")


def _print(results: dict[str, list[dict[str, float]]]) -> None:
    print(f"\n{'':12}{'':22}{'best':>10}{'median':>10}  target")
    for part, runs in results.items():
        for name in runs[0]:
            values = [run[name] for run in runs]
            best = max(values) if name == "rows_per_second" else min(values)
            print(f"{part:12}{name:22}{best:10.2f}{statistics.median(values):10.2f}  {TARGETS.get(name, '')}")


if __name__ == "__main__":
    main()
