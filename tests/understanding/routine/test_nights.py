"""Nights that somebody gives their products."""

from __future__ import annotations

import pytest

from bot.rules.routine_nights import ALTERNATE
from bot.understanding.places import Span, places
from bot.understanding.routine.nights import nights_of


def heard(text: str, *names: str) -> list[tuple[str, ...]]:
    """The nights of the steps with these names."""
    return nights_of(places(text), [Span(text.index(name), text.index(name) + len(name)) for name in names])


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("retinol mon wed fri and aha on tue & thu", ("monday", "wednesday", "friday"), ("tuesday", "thursday")),
        ("retinol on Mondays, Thursdays and sat. aha sunday", ("monday", "thursday", "saturday"), ("sunday",)),
        ("retinol alternate nights with aha, cream", (ALTERNATE,), (ALTERNATE,)),
        ("i alternate retinol and aha", (ALTERNATE,), (ALTERNATE,)),
        ("retinol every other night, the other nights aha", (ALTERNATE,), (ALTERNATE,)),
        ("retinol 0.5% and aha in-between nights", (ALTERNATE,), (ALTERNATE,)),
        ("retinol and aha, never on the same night", (ALTERNATE,), (ALTERNATE,)),
        ("retinol at night. aha on alternate days", (), ()),
        ("retinol and aha, then out in the sun", (), ()),
    ],
)
def test_days_and_alternating_nights_are_heard(text: str, first: tuple[str, ...], second: tuple[str, ...]) -> None:
    assert heard(text, "retinol", "aha") == [first, second]


def test_days_in_front_hold_for_what_follows() -> None:
    assert heard("Mondays: aha, Thursdays and sat retinol", "aha", "retinol") == [("monday",), ("thursday", "saturday")]
