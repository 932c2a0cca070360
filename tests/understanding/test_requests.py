"""What customers want done, read from their words alone."""

from __future__ import annotations

import pytest

from bot.understanding.people import name_in
from bot.understanding.requests import RequestWords
from bot.understanding.said import parted

WORDS = RequestWords.load()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("I want my card as payment or refund method", []),
        ("please refund me", ["return"]),
        ("cancel the pot, and return the lamp", ["cancel_order", "return"]),
        ("no, then don't cancel anything", []),
        ("I want to talk to a human", ["team"]),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [one.kind for one in WORDS.wants(text)] == kinds


def test_a_way_to_pay_for_all_goes_to_each() -> None:
    wants = WORDS.wants("Exchange the pot for a red one. Return the lamp. For both I would like to use my visa.")
    assert [("visa" in one.text) for one in wants] == [True, True]
    wants = WORDS.wants("Exchange the pot for a red one. Return the lamp. I would like to use my visa.")
    assert [("visa" in one.text) for one in wants] == [False, True]


@pytest.mark.parametrize(("text", "name"), [("I am ann_lee_3850", "ann lee"), ("Ann (ann_lee_3850)", "ann lee"), ("my mail is ann_lee@example.com", ""), ("it is a_1", "")])
def test_a_name_is_told_by_an_account_too(text: str, name: str) -> None:
    assert name_in(text, WORDS, asked=False) == name


def test_marks_stand_between_the_parts() -> None:
    assert parted("A big pot, and the lamp. Thanks!") == ("a", "big", "pot", ",", "and", "the", "lamp", ".", "thanks", ".")


@pytest.mark.parametrize(
    ("text", "asked", "name"),
    [
        ("How many do you have? Rosa Diaz, 12203", False, "rosa diaz"),
        ("how many do you have? rosa diaz, 12203", True, "rosa diaz"),
        ("Please cancel the pot. Rosa Diaz, zip 12203", True, "rosa diaz"),
        ("Rosa Diaz", True, "rosa diaz"),
        ("Rosa Diaz", False, ""),
        ("where is Desk Lamp 12345", False, ""),
    ],
)
def test_a_name_is_the_part_that_looks_like_one(text: str, asked: bool, name: str) -> None:
    assert name_in(text, WORDS, asked) == name
