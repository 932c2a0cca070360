"""How long something has been, as people write it."""

from __future__ import annotations

import pytest

from bot.nlu.durations import find


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("open for about 9 months", [273.75]),
        ("a year ago", [365]),
        ("opened two years ago", [730]),
        ("half a year", [182.5]),
        ("6mo", [182.5]),
        ("3 and a half months", [106.46]),
        ("a month and a half", [45.62]),
        ("day 5", []),
        ("used it 10 days, then 2 wks off", [10, 14]),
        ("how long does it keep", []),
    ],
)
def test_durations_are_read(text: str, days: list[float]) -> None:
    assert [one.days for one in find(text)] == days


def test_where_it_stands() -> None:
    text = "for a couple of weeks"
    (found,) = find(text)
    assert text[found.start : found.end] == "a couple of weeks"
