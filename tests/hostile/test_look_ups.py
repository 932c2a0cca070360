"""A thousand forged and guessed look-ups of the own book; `python -m benchmarks.look_ups` makes ten thousand of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.look_ups import (
    KINDS,
    NO_LIMITS,
    beyond,
    guesses,
    longer,
    open_book,
    proofs_in,
    tells,
    try_all,
    try_in_processes,
)
from bot.store.order_policy import Tries
from bot.support.proving import Refusal

GUESSES, ORDERS = 1_000, 200


def test_nothing_is_told_and_limits_hold_over_two_processes(tmp_path: Path) -> None:
    address = open_book(tmp_path, ORDERS)
    seen = try_in_processes(address, list(guesses(GUESSES, ORDERS)), Tries(), 2)
    assert seen.told == [] and proofs_in(address) == 0
    assert set(seen.refused) == {Refusal.NO_MATCH.value, Refusal.TOO_MANY.value} and seen.refused[Refusal.TOO_MANY.value] > 50
    assert beyond(seen, Tries()) == {} and max(seen.reached["order"].values()) == Tries().order


@pytest.mark.alone
def test_the_time_tells_nothing(tmp_path: Path) -> None:
    address = open_book(tmp_path, ORDERS)
    seen = try_all(address, list(guesses(GUESSES, ORDERS, seed=2)), NO_LIMITS)
    assert seen.told == [] and set(seen.refused) == {Refusal.NO_MATCH.value} and min(len(seen.seconds[kind]) for kind in KINDS) > 100
    assert tells(seen) == []


def test_a_time_that_tells_something_is_seen() -> None:
    quick, same, slow = ([begin + place * 7 % 200 / 400 for place in range(200)] for begin in (1, 1.0001, 1.1))
    assert longer(slow, quick)[0] - 0.5 > longer(slow, quick)[1] and abs(longer(quick, same)[0] - 0.5) < longer(quick, same)[1]
