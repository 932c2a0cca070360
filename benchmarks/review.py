"""The owner's review with many turns: `python -m benchmarks.review [--turns 100000]`.

On SQLite, and on PostgreSQL where GLASSKIN_TEST_POSTGRES names one (a database of its own, dropped at the end): how long it takes to keep
a turn, to list turns by each filter, to group what was asked in vain (the first time, and once that is kept), and to count by week. The
wordings are the project's own training examples with a word or two more, so that two in five turns are a wording of their own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import insert, text

from bot.answers.reviewing import STEPS
from bot.desk.review.figures import FEWEST, Counted
from bot.desk.review.groups import Groups
from bot.nlu.evaluation import examples
from bot.nlu.featurizer import shared_encoder
from bot.paths import DATA
from bot.store.database import Database
from bot.store.migrations import upgrade
from bot.store.models import utc_now
from bot.store.openings import Openings
from bot.store.review_models import ReviewAnswer, ReviewTurn
from bot.store.reviews import Looking, ReviewStore, Wanted, Weeks, Wordings
from bot.store.reviews.looking import ONLY
from tests.store.conftest import BACKENDS, empty_database
from tests.store.reviews.turns import turn

MOST_EXAMPLES = 4000
OUTCOMES = ("answered",) * 16 + ("lost", "beyond", "unsaid", "asked_back")
EXTRA = ["please", "thanks", "today", "tomorrow", "really", "maybe", "now", "again", "then", "also", "too", "hey", "hi", "ok", "quickly", "somehow", "lately"]
BATCH = 2000
RUNS = 5


def turns(count: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Rows of both tables, always the same for the same count."""
    draw = random.Random(7)
    known = [one.text for one in examples(DATA / "nlu")]
    texts = draw.sample(known, min(MOST_EXAMPLES, len(known)))
    vectors = shared_encoder("int8", 1024).encode(texts)
    noise = np.random.default_rng(7)
    now = utc_now()
    for number in range(1, count + 1):
        place = draw.randrange(len(texts))
        words, vector = texts[place], vectors[place]
        if draw.random() < 0.4:
            words = f"{words} {draw.choice(EXTRA)} {draw.choice(EXTRA)} {draw.choice(EXTRA)}"
            vector = vector + noise.normal(size=len(vector)).astype(np.float32) * 0.015
        at, outcome = now - timedelta(minutes=(count - number) * 1.2), draw.choice(OUTCOMES)
        sender = f"web-{draw.randrange(count // 3)}"
        yield {
            "id": number, "sender": sender, "message": f"m{number}", "at": at, "channel": draw.choice(("web", "web", "telegram", "rest")), "sight": "open",
            "text": words, "kind": draw.choice(("can_use", "together", "stock", "price", "shop_topic")), "band": "sure", "confidence": 0.9, "outcome": outcome,
            "topic": "", "red_flag": number % 200 == 0, "handed": "asked" if number % 90 == 0 else "", "product": f"product-{number % 50}" if number % 8 == 0 else "",
            "subjects": ["ingredient:retinol"] if number % 3 == 0 else [], "thumb": "down" if number % 100 == 0 else "", "reason": "",
        }, {
            "turn": number, "sender": sender, "at": at, "answer": "Most people can use it, and this is what they should mind. " * 6,
            "vector": np.rint(vector / np.abs(vector).max() * STEPS).astype(np.int8).tobytes(),
        }  # fmt: skip


def fill(database: Database, count: int) -> None:
    """Puts turns in."""
    with database.engine.execution_options(writing=True).begin() as connection:
        batch: list[tuple[dict[str, Any], dict[str, Any]]] = []
        for pair in turns(count):
            batch.append(pair)
            if len(batch) == BATCH:
                _insert(connection, batch)
                batch = []
        _insert(connection, batch)
        if connection.dialect.name == "postgresql":  # it counts only what it numbers itself
            connection.execute(text("SELECT setval('review_turn_id_seq', :count)"), {"count": count})


def _insert(connection: Any, batch: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    if batch:
        connection.execute(insert(ReviewTurn), [one for one, _ in batch])
        connection.execute(insert(ReviewAnswer), [other for _, other in batch])


def median_ms(work: Callable[[], object]) -> float:
    """How long it takes, of several runs."""
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(taken), 1)


def measured(url: str, count: int) -> dict[str, float]:
    """All times with so many turns, in milliseconds."""
    upgrade(url)
    database = Database(url)
    fill(database, count)
    looking = Looking(database)
    week = Wanted(since=date.today() - timedelta(days=7))
    found = {"list": median_ms(lambda: looking.turns(Wanted(), 51)), "counts": median_ms(lambda: looking.counts(Wanted()))}
    for only in ONLY:
        found[f"list, {only}"] = median_ms(lambda only=only: looking.turns(Wanted(only=only), 51))  # type: ignore[misc]
    found["list, words that are rare"] = median_ms(lambda: looking.turns(Wanted(words="zzz nothing"), 51))
    found["list, a product"] = median_ms(lambda: looking.turns(Wanted(product="product-8", channel="rest"), 51))
    found["kinds and products"] = median_ms(lambda: (looking.kinds(), looking.products()))
    groups = Groups(looking, Wordings(database))
    began = time.perf_counter()
    _, many = groups.ranked(Wanted(), 0, 20)
    found["groups, first time"] = round((time.perf_counter() - began) * 1000, 1)
    found["groups"] = median_ms(lambda: groups.ranked(Wanted(), 0, 20))
    found["groups of a week"] = median_ms(lambda: groups.ranked(week, 0, 20))
    found["how many groups"] = many
    insight = Counted(Weeks(database), Openings(database))
    began = time.perf_counter()
    insight.figures(FEWEST)
    found["figures"] = round((time.perf_counter() - began) * 1000, 1)
    store, numbers = ReviewStore(database), iter(range(count + 1, count + 100))
    found["keep one"] = median_ms(lambda: store.keep(turn(next(numbers), sender="web-new")))
    database.dispose()
    return found


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=100_000)
    count = parser.parse_args().turns
    for backend in BACKENDS:
        if backend == "postgresql" and not os.environ.get("GLASSKIN_TEST_POSTGRES"):
            continue
        with tempfile.TemporaryDirectory() as folder, empty_database(backend, Path(folder)) as url:
            print(json.dumps({backend: measured(url, count)}, indent=1))


if __name__ == "__main__":
    main()
