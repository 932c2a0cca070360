"""Which variants words mean: in answers, by steps, by what shall stay, and never what is named as not meant."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.support.choosing import chosen, wish_in
from bot.support.gateway import Line
from bot.support.naming import denied, titles_in
from bot.support.targets import answers_of
from bot.support.variants import Variant
from bot.understanding.requests import RequestWords
from bot.understanding.said import parted, plain

WORDS = RequestWords.load()
SHIRTS = [
    Variant(f"{size}-{color}", "T-Shirt", {"size": size, "color": color}, Decimal(20)) for size in ("S", "M", "L", "XL") for color in ("red", "black")
]
SHIRT = Line("0", "T-Shirt", 1, Decimal(20), "L-red", {"size": "L", "color": "red"})
BOTTLE, LAMP = Line("0", "Water Bottle", 1, Decimal(5)), Line("1", "Desk Lamp", 1, Decimal(9))


@pytest.mark.parametrize(
    ("text", "skus"),
    [
        ("it is too big", ["M-red"]),
        ("too big, one size smaller please", ["M-red"]),
        ("it is too small", ["XL-red"]),
        ("all the same except for the color, black", ["L-black"]),
        ("with the same size in black", ["L-black"]),
        ("the smallest", ["S-red"]),
    ],
)
def test_steps_and_what_stays(text: str, skus: list[str]) -> None:
    assert [one.sku for one in chosen(SHIRT, SHIRTS, wish_in(plain(text), SHIRT, SHIRTS, WORDS))] == skus


@pytest.mark.parametrize(
    ("text", "bottle", "lamp"),
    [
        ("a bigger bottle, and for the lamp a dimmer one", "bigger", "dimmer"),
        ("the glass black bottle. For the lamp I want battery", "glass", "battery"),
        ("bottle bigger, lamp dimmer", "bigger", "dimmer"),
    ],
)
def test_an_answer_is_parted_by_what_it_names(text: str, bottle: str, lamp: str) -> None:
    found = answers_of(parted(text), [BOTTLE, LAMP])
    assert bottle in found["0"] and bottle not in found["1"] and lamp in found["1"] and lamp not in found["0"]


def test_an_answer_without_names_is_for_all_that_wait() -> None:
    assert answers_of(parted("black, please"), [BOTTLE, LAMP]) == {"": ["black", ",", "please", "."]}


@pytest.mark.parametrize(
    ("text", "not_meant"),
    [("the bottle, not the lamp", ["Desk Lamp"]), ("return the bottle and keep the lamp", ["Desk Lamp"]), ("I do not like the bottle", []), ("not only the lamp", [])],
)
def test_what_is_named_as_not_meant(text: str, not_meant: list[str]) -> None:
    words = plain(text)
    assert [one.title for one in titles_in(["Water Bottle", "Desk Lamp"], words) if denied(words, one)] == not_meant
