"""Ages, per cents, prices, order numbers and e-mail addresses in a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.numbers import PATTERNS, find


def found(text: str) -> list[tuple[str, str]]:
    """Label and value of everything found."""
    return [(one.label, one.value) for one in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i'm 25", [("age", "25")]),
        ("I am 34 years old", [("age", "34")]),
        ("for a 12 year old", [("age", "12")]),
        ("a 12-year-old", [("age", "12")]),
        ("my daughter is 12", [("age", "12")]),
        ("my son (16) has spots", [("age", "16")]),
        ("my teen daughter, 13, wants something", [("age", "13")]),
        ("for my son, 2 serums", []),
        ("the serum (30) is mine", []),
        ("i turned 40", [("age", "40")]),
        ("she's 9 years", [("age", "9")]),
        ("girl, 12 years", [("age", "12")]),
        ("a girl of 11 years wants retinol", [("age", "11")]),
        ("for an 8 yrs kid", [("age", "8")]),
        ("can she use retinol at 11?", [("age", "11")]),
        ("25 yrs, oily skin", [("age", "25")]),
        ("10% niacinamide", [("percent", "10")]),
        ("0.5 % retinol", [("percent", "0.5")]),
        ("0,5% retinol", [("percent", "0.5")]),
        ("20 percent", [("percent", "20")]),
        ("2 per cent", [("percent", "2")]),
        ("order 12345", [("order_number", "12345")]),
        ("Order number: KB20391", [("order_number", "KB20391")]),
        ("#AB-12345", [("order_number", "AB-12345")]),
        ("order no. 1234", [("order_number", "1234")]),
        ("write to me.you+shop@mail.example.org.", [("email", "me.you+shop@mail.example.org")]),
        ("under 20 dollars", [("price", "20")]),
        ("less than $20", [("price", "20")]),
        ("€15.50", [("price", "15.50")]),
        ("₩20000", [("price", "20000")]),
        ("i'm 34 and want 10% under $20", [("age", "34"), ("percent", "10"), ("price", "20")]),
        ("10%-20%", [("percent", "10"), ("percent", "20")]),
    ],
)
def test_values_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "two drops",
        "is 5 drops ok",
        "for 3 weeks",
        "acne for 3 years",
        "used the essence 2 years and i am broke",
        "rosacea since 4 yrs",
        "10 years of spots",
        "10 years using retinol",
        "tretinoin, 3 years, still spots",
        "been on it only 2 years",
        "it is 5 years since my last facial",
        "i go to bed at 11",
        "i drive home at 8 and then bed",
        "at 7 am",
        "i leave at 7.10 so i have no time",
        "class is at 14:30",
        "i arrive at 9",
        "at 9 pm",
        "i am 5 months pregnant",
        "is spf 30 ok",
        "order 2 serums",
        "#1",
        "at the shop",
        "me@home",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_per_cent_is_no_age() -> None:
    assert found("is 10 percent ok") == found("is 10% ok") == [("percent", "10")]


@given(st.integers(1, 99))
def test_any_age_and_any_strength_is_read_as_it_stands(number: int) -> None:
    assert found(f"i am {number} years old") == [("age", str(number))]
    assert found(f"a {number}% serum") == [("percent", str(number))]


@given(st.text(st.sampled_from("i am is 0123456789%$€.,@#-order under years old x"), max_size=60))
def test_values_stand_where_they_are_said_to_and_never_overlap(text: str) -> None:
    values = find(text)
    for one in values:
        assert one.label in {*dict(PATTERNS), "price"}
        assert one.value in text[one.start : one.end].replace(",", ".")
    for one, following in zip(values, values[1:]):
        assert one.end <= following.start


@pytest.mark.parametrize("text", ["I am a teenager with oily skin", "retinol for teens?", "my teen has acne"])
def test_a_teenager_has_an_age(text: str) -> None:
    assert [(one.label, one.value) for one in find(text)] == [("age", "15")]


@pytest.mark.parametrize(("text", "age"), [("I'm a teenager, 17", ["17"]), ("I'm 17, a teen", ["17"]), ("teen acne", [])])
def test_a_number_counts_more_than_the_word(text: str, age: list[str]) -> None:
    assert [one.value for one in find(text) if one.label == "age" and one.value != "15"] == age


@pytest.mark.parametrize(
    ("text", "age"), [("my twin boys are 12", ["12"]), ("our kids are only 9", ["9"]), ("the bottles are 30 ml", []), ("my sons are 20 minutes late", [])]
)
def test_several_people_have_an_age(text: str, age: list[str]) -> None:
    assert [one.value for one in find(text) if one.label == "age"] == age
