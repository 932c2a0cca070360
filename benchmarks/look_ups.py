"""Forged and guessed look-ups of orders: `python -m benchmarks.look_ups [--guesses 10000] [--orders 2000] [--processes 2]`.

Somebody who knows numbers of others' orders, or their e-mails, or neither, or who writes what a database might misread, asks the own
book by the way that conversations do (`Proving`). Three things are looked at. Nothing is told: no order, no proof, one and the same
refusal. Limits hold over all processes at once, whoever changes conversations and network addresses: of no order, e-mail, conversation or
address more look-ups reach the book than the owner lets. And the time tells nothing: how often a look-up of one kind takes longer
than one of another (0.5 where nothing can be told), where limits are off and kinds are mixed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timezone
from itertools import combinations
from math import sqrt
from pathlib import Path

from sqlalchemy import func, select

from bot.shops.book.gateway import BookGateway
from bot.store.database import Database
from bot.store.importers.base import ImportReport
from bot.store.migrations import upgrade
from bot.store.order_policy import OrderPolicy, Tries
from bot.store.orders.records import LineRecord, OrderRecord, folded_email, folded_number
from bot.store.orders.writer import write_orders
from bot.store.proofs import ProofStore
from bot.store.support_models import Proof
from bot.support.gateway import Order, OrderGateway
from bot.support.proving import Asker, Proving

KINDS = ("number known", "e-mail known", "both of others", "neither", "forged")
TIMED = KINDS[:4]
"""Kinds whose times are compared; what is forged is as long as it likes."""
FORGERIES = (
    "{number}' OR '1'='1", "%", "_", "*", "{number}%", "{number}\x00", "{number}; DROP TABLE shop_order", "{{number}}", "9" * 5000, "-1", "0", "",
    "{number}, {other}", '{{"$ne": null}}', "\u202e{number}",
)  # fmt: skip
FORGED_EMAILS = (
    "' OR email LIKE '%", "%@%", "*@example.com", "{email}, me@example.org", "{email}\nBcc: me@example.org", "me@example.org<{email}>", "", "@", "{email}.example.org", "x" * 5000 + "@example.com",
    '{{"$gt": ""}}', "{email}' --",
)  # fmt: skip
MOMENT = datetime(2026, 11, 20, 9, 30, tzinfo=timezone.utc)
NO_LIMITS = Tries(**dict.fromkeys(("conversation", "order", "email", "address"), 100000))
SCOPES = ("order", "email", "conversation", "address")
SIGMAS = 4.5


@dataclass(frozen=True)
class Guess:
    """A look-up: what is said, by whom."""

    kind: str
    number: str
    email: str
    asker: Asker


@dataclass
class Seen:
    """What came of look-ups: how they were refused, how many of each subject reached the book, seconds of each kind, what was told."""

    refused: Counter[str] = field(default_factory=Counter)
    reached: dict[str, Counter[str]] = field(default_factory=lambda: {scope: Counter() for scope in SCOPES})
    seconds: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    told: list[str] = field(default_factory=list)

    def add(self, other: Seen) -> None:
        """What another process saw."""
        self.refused += other.refused
        self.told += other.told
        for scope in SCOPES:
            self.reached[scope] += other.reached[scope]
        for kind in KINDS:
            self.seconds[kind] += other.seconds[kind]


class Counting(BookGateway):
    """The own book, that counts what is looked up in it."""

    asker = Asker("")

    def __init__(self, database: Database, seen: Seen) -> None:
        super().__init__(database, leads=True)
        self._seen = seen

    def find(self, number: str, email: str) -> Order | None:
        """See `OrderGateway`."""
        for scope, subject in (("order", folded_number(number)), ("email", folded_email(email)), ("conversation", self.asker.sender), ("address", self.asker.address)):
            if subject:
                self._seen.reached[scope][subject] += 1
        return super().find(number, email)


def open_book(folder: Path, count: int) -> str:
    """A book with so many orders of as many customers; returns its database's address."""
    address = f"sqlite:///{folder / 'shop.sqlite'}"
    database = Database(address)
    upgrade(address)
    write_orders(database, enumerate(_order(number) for number in range(count)), ImportReport())
    database.dispose()
    return address


def guesses(count: int, orders: int, seed: int = 1) -> Iterator[Guess]:
    """So many guesses at a book of so many orders, kinds mixed; none of them is right."""
    chance = random.Random(seed)
    for place in range(count):
        kind = KINDS[place % len(KINDS)]
        own, other = chance.sample(range(orders), 2)
        number, email = _guessed(kind, own, other, orders, chance)
        asker = Asker(f"guesser-{seed}-{place // 4}", f"203.0.113.{chance.randrange(1, 60)}")
        if (folded_number(number), folded_email(email)) != (folded_number(_number(own)), _email(own)):
            yield Guess(kind, number, email, asker)


def try_all(address: str, all_guesses: Sequence[Guess], tries: Tries) -> Seen:
    """Asks them one after the other, in this process."""
    database, seen = Database(address), Seen()
    gateway = Counting(database, seen)
    port: OrderGateway = gateway
    proving = Proving(port, ProofStore(database), OrderPolicy(tries=tries))
    for guess in all_guesses:
        gateway.asker = guess.asker
        began = time.perf_counter()
        found = proving.look_up(guess.asker, guess.number, guess.email)
        seen.seconds[guess.kind].append(time.perf_counter() - began)
        if isinstance(found, Order):
            seen.told.append(f"{guess.kind}: {guess.number[:60]!r} {guess.email[:60]!r}")
        else:
            seen.refused[found.value] += 1
    database.dispose()
    return seen


def try_in_processes(address: str, all_guesses: Sequence[Guess], tries: Tries, processes: int) -> Seen:
    """Asks them in so many processes at once."""
    seen = Seen()
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as several:
        for part in several.map(try_all, [address] * processes, [all_guesses[place::processes] for place in range(processes)], [tries] * processes):
            seen.add(part)
    return seen


def proofs_in(address: str) -> int:
    """How many proofs came of it."""
    database = Database(address)
    with database.session() as session:
        count = int(session.execute(select(func.count()).select_from(Proof)).scalar_one())
    database.dispose()
    return count


def beyond(seen: Seen, tries: Tries) -> dict[str, int]:
    """By how much limits were passed, by scope; empty where they held."""
    most = {scope: max(seen.reached[scope].values(), default=0) for scope in SCOPES}
    return {scope: count - getattr(tries, scope) for scope, count in most.items() if count > getattr(tries, scope)}


def longer(first: Sequence[float], second: Sequence[float]) -> tuple[float, float]:
    """How often a time of the first takes longer than one of the second (0.5: nothing is told), and how far off chance brings that, as
    the rank test of Mann and Whitney has it."""
    ranked = sorted([(one, 0) for one in first] + [(one, 1) for one in second])
    ranks = sum(place for place, (_, which) in enumerate(ranked, 1) if which == 0)
    count, others = len(first), len(second)
    share = (ranks - count * (count + 1) / 2) / (count * others)
    return share, SIGMAS * sqrt((count + others + 1) / (12 * count * others))


def tells(seen: Seen) -> list[str]:
    """The pairs of kinds that can be told apart by their time."""
    found = []
    for one, other in combinations(TIMED, 2):
        share, chance = longer(seen.seconds[one], seen.seconds[other])
        if abs(share - 0.5) > chance:
            found.append(f"{one} takes longer than {other} in {share:.3f} of cases, chance brings {chance:.3f} at most")
    return found


def main() -> None:
    """Prints what is found, and ends with 1 where something is told."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        address = open_book(Path(folder), given.orders)
        several = try_in_processes(address, list(guesses(given.guesses, given.orders)), Tries(), given.processes)
        print(f"{sum(several.refused.values())} guesses in {given.processes} processes: {dict(several.refused)}, told {len(several.told)}, proofs {proofs_in(address)}")
        print(f"most that reached the book: { {scope: max(one.values()) for scope, one in several.reached.items()} }, limits {Tries().dict()}")
    with tempfile.TemporaryDirectory() as folder:
        address = open_book(Path(folder), given.orders)
        timed = try_all(address, list(guesses(given.guesses, given.orders, seed=2)), NO_LIMITS)
        for kind in KINDS:
            times = sorted(timed.seconds[kind])
            print(f"{kind:13} median {statistics.median(times) * 1000:.3f} ms, p95 {times[int(len(times) * 0.95)] * 1000:.3f} ms of {len(times)}")
        for one, other in combinations(TIMED, 2):
            share, chance = longer(timed.seconds[one], timed.seconds[other])
            print(f"{one} longer than {other}: {share:.3f} (0.5 +- {chance:.3f})")
    wrong = [*several.told, *timed.told, *map(str, beyond(several, Tries()).items()), *tells(timed)]
    print("\n".join(wrong) or "nothing is told")
    sys.exit(bool(wrong))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guesses", type=int, default=10_000)
    parser.add_argument("--orders", type=int, default=2_000)
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def _guessed(kind: str, own: int, other: int, orders: int, chance: random.Random) -> tuple[str, str]:
    nobody, none = f"guess{chance.randrange(10**6)}@example.org", f"KB-{orders + 2_000 + chance.randrange(10**6)}"
    if kind == "number known":
        return _number(own), nobody
    if kind == "e-mail known":
        return none, _email(own)
    if kind == "both of others":
        return _number(own), _email(other)
    if kind == "neither":
        return none, nobody
    fills = {"number": _number(own), "other": _number(other), "email": _email(own)}
    if chance.random() < 0.5:
        return chance.choice(FORGERIES).format(**fills), chance.choice([_email(own), *[one.format(**fills) for one in FORGED_EMAILS]])
    return _number(own), chance.choice(FORGED_EMAILS).format(**fills)


def _number(place: int) -> str:
    return f"KB-{1_000 + place}"


def _email(place: int) -> str:
    return f"customer{place}@example.com"


def _order(place: int) -> OrderRecord:
    return OrderRecord(_number(place), _email(place), MOMENT, "USD", 1_800, (LineRecord("Rice Toner", 1, 1_800, "RT-150"),), last_name=f"Customer {place}")


if __name__ == "__main__":
    main()
