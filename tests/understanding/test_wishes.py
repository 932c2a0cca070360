"""Wishes of a list: kept, added to by a few words, replaced."""

from __future__ import annotations

import json

import pytest

from bot.understanding.memory import Memory, Shown
from bot.understanding.wishes import adds_wishes, names_wishes, narrowed, narrows, plainly_narrows, wish_of
from tests.understanding.reading import read


def after(text: str) -> Memory:
    """The memory after products were looked for with these words."""
    wish = json.loads(json.dumps(wish_of(read(text, "find_product"))))
    return Memory(shown=Shown(listed=("a", "b"), found=("a", "b", "c"), kind="find_product", wish=wish))


def test_wishes_outlive_json() -> None:
    frame = narrowed(read("ok"), after("a vegan serum without fragrance for dry skin under 30"))
    assert frame.ids("product_type", "skin_type") == ("serum", "dry")
    assert frame.ids("ingredient", "family", role="negated") == ("fragrance",)
    assert frame.number("price") == 30 and frame.has("marked_vegan")


def test_a_message_without_wishes_keeps_none() -> None:
    assert wish_of(read("hello there")) == {}


@pytest.mark.parametrize("text", ["and without fragrance", "under 20", "for dry skin", "vegan ones", "anything of theirs?", "cruelty-free please"])
def test_a_few_words_narrow_a_list(text: str) -> None:
    assert narrows(read(text), after("serums"))
    assert not narrows(read(text), Memory())


@pytest.mark.parametrize(
    "text",
    ["a toner for dry skin", "i am pregnant", "and the second one, is it vegan", "my skin is dry since the winter came and nothing helped me so far", "how often do i use it"],
)
def test_a_new_search_and_other_talk_narrow_nothing(text: str) -> None:
    assert not narrows(read(text), after("serums"))


@pytest.mark.parametrize(("text", "plain"), [("without fragrance", True), ("below 30", True), ("vegan", True), ("for dry skin", False)])
def test_a_need_may_mean_something_else(text: str, plain: bool) -> None:
    assert plainly_narrows(read(text), after("serums")) is plain


def test_a_new_need_takes_the_place_of_the_old_one() -> None:
    frame = narrowed(read("and for oily skin under 20"), after("serums for dry skin with redness under 30"))
    assert frame.ids("product_type") == ("serum",)
    assert frame.ids("skin_type") == ("oily",) and frame.number("price") == 20
    assert "redness_sensitivity" in frame.ids("concern")


def test_the_words_of_the_message_stay_its_own() -> None:
    frame = narrowed(read("under 20"), after("vegan serums"))
    assert frame.text == "under 20" and all(one.end == 0 for one in frame.of("product_type"))


@pytest.mark.parametrize(("text", "names", "adds"), [("any cheaper serums", True, False), ("any cheaper toners", True, True), ("any cheaper", False, False)])
def test_what_was_looked_for_already_is_no_new_wish(text: str, names: bool, adds: bool) -> None:
    assert (names_wishes(read(text)), adds_wishes(read(text), after("serums"))) == (names, adds)
