"""Price bounds in a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.prices import bare, find


def bounds(text: str) -> list[tuple[str, str]]:
    """Each bound as ("min" or "max", amount)."""
    return [("min" if price.lowest else "max", price.value) for price in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("serums under 20", [("max", "20")]),
        ("less than $20", [("max", "20")]),
        ("a toner for 20 bucks", [("max", "20")]),
        ("twenty bucks", [("max", "20")]),
        ("i have thirty-five dollars", [("max", "35")]),
        ("under a hundred", [("max", "100")]),
        ("no more than 25", [("max", "25")]),
        ("my budget is 30", [("max", "30")]),
        ("$15,50", [("max", "15.50")]),
        ("15 tops", [("max", "15")]),
        ("creams over 20", [("min", "20")]),
        ("not over 50 dollars", [("max", "50")]),
        ("more than 40 dollars", [("min", "40")]),
        ("$30 and up", [("min", "30")]),
        ("between 15 and 30", [("min", "15"), ("max", "30")]),
        ("from $15 to $30", [("min", "15"), ("max", "30")]),
        ("15-30 usd", [("min", "15"), ("max", "30")]),
        ("between fifteen and thirty bucks", [("min", "15"), ("max", "30")]),
    ],
)
def test_bounds_are_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert bounds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "for women over 40", "i'm over 30", "between 2 and 3 times a week", "more than 10 %", "from 7 to 9 pm", "spf 50",
        "over 30 ml", "under 13 years", "can i use two serums", "10-20%", "in my forties", "over 40s", "up to 3 times a week",
        "less than 2 weeks", "from one to two drops",
    ],
)
def test_other_numbers_are_no_prices(text: str) -> None:
    assert bounds(text) == []


@pytest.mark.parametrize(
    ("text", "amount"),
    [("20", 20.0), ("about twenty", 20.0), ("maybe 25 or so", 25.0), ("15 to 30 dollars", 30.0), ("no idea", None), ("", None)],
)
def test_any_number_is_a_budget_when_asked_for_one(text: str, amount: float | None) -> None:
    assert bare(text) == amount


@given(st.text(st.sampled_from("under over between and to 0123456789$€.,- bucks twenty"), max_size=60))
def test_bounds_stand_in_order_and_never_overlap(text: str) -> None:
    found = find(text)
    for one, following in zip(found, found[1:]):
        assert one.end <= following.start
    assert all(float(one.value) >= 0 for one in found)
