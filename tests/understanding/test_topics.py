"""Narrower questions to the shop are told by their phrases, and not by words that stand in them by chance."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import List, Tuple

import pytest
import yaml

from bot.nlu.hearing import hearer
from bot.paths import DATA
from bot.understanding.asked import AskedError, AskedFinder, in_words, load
from bot.understanding.asked_check import mistakes
from bot.understanding.frame import UNSURE, Frame
from bot.understanding.topics import Topic, asks_yes_or_no, finder
from tests.understanding.reading import read, reader


@lru_cache(maxsize=1)
def topics() -> AskedFinder[Topic]:
    return finder({})


def topic(text: str, kind: str = "payment", before: str = "") -> str:
    found = topics().find(read(text, kind), [before])
    return found.name if found else ""


def plain(text: str, kind: str) -> Frame:
    """A frame of words alone, without the pipeline: for many texts."""
    words = tuple(word.text for word in in_words(text) if word.text not in ("^", "$"))
    return Frame(text=text, words=words, intent=kind, kind=kind)


def examples(*kinds: str) -> List[Tuple[str, str]]:
    """Training examples of these kinds."""
    found = []
    for kind in kinds:
        path = next(one for one in (DATA / "nlu" / f"ask_{kind}.yml", DATA / "nlu" / f"{kind}.yml") if one.is_file())
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            found += [(kind, line.removeprefix("- ")) for line in block["examples"].split("\n") if line]
    return found


def test_every_example_of_the_pack_belongs_to_one_topic() -> None:
    assert mistakes(topics(), reader(), hearer(), "topics") == []


def test_the_pack_is_what_a_shop_is_asked() -> None:
    assert len(topics().entries) >= 45
    assert all(one.name and one.question for one in topics().entries.values())


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("is american express fine for you", "payment", "ways_to_pay"),
        ("my freebie was left out of the box", "report_problem", "missing_item"),
        ("which day does the coupon run out", "shelf_life", "promo_expiry"),
        ("is a debit card safe on your page", "payment", "payment_security"),
        ("do i have to open an account before i buy", "how_to_order", "account"),
        ("could the postman drop it with my neighbour", "carrier", "delivery_note"),
        ("is it possible to get it by tomorrow", "delivery_time", "express"),
        ("my toner is almost empty, is there a refill for the bottle", "packaging", "sustainability"),
        ("i signed for the parcel but two serums are missing from it", "report_problem", "missing_item"),
    ],
)
def test_a_topic_is_told_by_its_phrase(text: str, kind: str, name: str) -> None:
    assert topic(text, kind) == name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("is it safe to use retinol with a tan", "can_use"),
        ("how do i sign that i agree", "out_of_scope"),
        ("how long does a gift of nature like aloe keep", "shelf_life"),
        ("hours after my facial, can i use acids", "medical"),
        ("my cheeks are cracked and damaged", "for_concern"),
        ("exchange my moisturizer for a lighter one in the routine", "check_routine"),
    ],
)
def test_words_that_stand_there_by_chance_are_no_topic(text: str, kind: str) -> None:
    assert topic(text, kind) == ""


def test_no_example_of_a_skincare_question_is_a_topic() -> None:
    skincare = yaml.safe_load((DATA / "understanding" / "topics" / "_kinds.yml").read_text(encoding="utf-8"))["skincare"]
    asked = examples(*skincare)[::2]
    by_phrase = [(kind, text) for kind, text in asked if topics().find(replace(plain(text, kind), band=UNSURE))]
    # The phrases alone tell nearly all of them; a sure guess of the classifier all.
    assert len(by_phrase) * 200 < len(asked)
    caught = [kind for kind, text in by_phrase if topics().find(plain(text, kind))]
    # How fresh the products sent are stands among the questions on how long things keep.
    assert set(caught) <= {"shelf_life"}


def test_what_goes_on_with_a_topic_needs_no_name() -> None:
    assert topic("and who pays", "payment") == ""
    assert topic("and who pays", "payment", before="return") == "return_postage"
    assert topic("no, until when are they valid", "results", before="promo_expiry") == "promo_expiry"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("do you take paypal", True), ("hello, is there a minimum order", True), ("can i return it", True), ("paypal possible", True),
        ("how can i pay", False), ("who pays the postage", False), ("what do you charge", False), ("i was charged twice", False),
        ("i forgot my password", False), ("any discount for nurses", True),
    ],
)
def test_yes_or_no_is_asked(text: str, asks: bool) -> None:
    assert asks_yes_or_no(read(text)) is asks


def _topic(*asked: str, **more: object) -> Topic:
    return Topic.parse_obj({"name": "x", "asked": list(asked), **more})


def test_two_topics_that_take_one_example_are_a_mistake() -> None:
    pair = {"ribbon": _topic("red ribbon", takes=["a red ribbon please"]), "colour": _topic("(red|blue) ribbon")}
    found = mistakes(AskedFinder(pair, {}), reader(), hearer(), "shop.yml", own=list(pair))
    assert ["a tie with colour" in one.what for one in found] == [True]
    before = {**pair, "ribbon": _topic("red ribbon", takes=["a red ribbon please"], over=["colour"])}
    assert mistakes(AskedFinder(before, {}), reader(), hearer(), "shop.yml", own=list(pair)) == []


def test_examples_that_are_not_taken_or_are_missing_are_mistakes() -> None:
    one = {"ribbon": _topic("red ribbon", takes=["a blue ribbon"], leaves=["one red ribbon"])}
    found = [two.what for two in mistakes(AskedFinder(one, {}), reader(), hearer(), "pack")]
    assert len(found) == 3 and "not taken" in found[1] and "should not be" in found[2]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("a: {name: x, asked: []}", "a.yml, a: asked"),
        ("a: {name: x, asked: ['(open'], over: []}", "a: asked: '(open'"),
        ("a: {name: x, asked: [open], over: [b]}", "over b"),
        ("a: {name: x, asked: [open], colour: red}", "colour"),
        ("- a", "must hold entries"),
        ("a: [", "cannot be read"),
    ],
)
def test_a_mistake_in_a_file_is_named(tmp_path: Path, content: str, named: str) -> None:
    (tmp_path / "a.yml").write_text(content, encoding="utf-8")
    with pytest.raises(AskedError) as caught:
        AskedFinder(*load(tmp_path, Topic)[:2])
    assert named in str(caught.value)
