"""More short messages that go on: the same night for two things, how long a test takes, what to stop before, when to begin again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.rules.advice import Profile
from bot.understanding.memory import Asked, Memory
from bot.understanding.resolve import Resolved, resolve
from tests.knowledge import knowledge
from tests.understanding.reading import frame

TWO = Memory(asked=Asked("order", ("retinol", "glycolic_acid"), recent=("retinol", "glycolic_acid")))
BEFORE_PEEL = Memory(person=Profile(procedure="before_wax_peel_laser", procedure_at=1.0), asked=Asked("situation"))


def resolved(text: str, kind: str, memory: Memory, **fields: object) -> Resolved:
    return resolve(replace(frame(text, kind), **fields), memory, knowledge(), "", 1.0)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["same night then?", "on the same evening?", "in one night?"])
def test_two_things_named_before_on_one_night(text: str) -> None:
    found = resolved(text, "follow_up", TWO, intent="follow_up")
    assert found.asked.kind == "together" and set(found.asked.subjects) == {"retinol", "glycolic_acid"}


def test_how_long_a_patch_test_takes() -> None:
    assert resolved("how long for?", "results", Memory(asked=Asked("patch_test")), band="unsure").asked.kind == "patch_test"
    assert resolved("how long does delivery take?", "delivery_time", Memory(asked=Asked("patch_test"))).frame.kind == "delivery_time"


@pytest.mark.parametrize("text", ["what do I have to stop before?", "anything to leave out beforehand?"])
def test_what_to_stop_before_a_procedure(text: str) -> None:
    assert resolved(text, "order", BEFORE_PEEL, band="unsure").asked.kind == "medical"


def test_a_story_of_skin_starts_no_conversation_anew() -> None:
    told = frame("I normally use vitamin C and retinal, can I start again tonight?", "start_over")
    assert resolve(told, Memory(), knowledge(), "", 1.0).asked.kind == "restart"
    assert resolve(told, BEFORE_PEEL, knowledge(), "", 1.0).asked.kind == "medical"
    assert resolved("start over", "start_over", Memory()).frame.kind == "start_over"


def test_a_cream_that_made_skin_itch_is_no_allergy_to_creams() -> None:
    assert resolved("a cream made me itchy last week", "irritation", Memory()).person.allergies == ()
    assert "sunscreen" in resolved("I'm allergic to sunscreen", "tell_profile", Memory()).person.allergies


def test_a_baby_told_of_is_a_child() -> None:
    assert resolved("tea tree oil on a 4 month old baby?", "age", Memory()).person.age == 0


def test_what_was_refused_is_not_looked_for() -> None:
    refused = Memory(person=Profile(pregnant=True), asked=Asked("pregnancy", ("retinol",), recent=("retinol",)))
    assert resolved("which one then", "better", refused, band="unsure").asked.kind == "replace"
    fine = Memory(person=Profile(pregnant=True), asked=Asked("pregnancy", ("niacinamide",), recent=("niacinamide",)))
    assert resolved("which one then", "better", fine, band="unsure").asked.kind == "find_product"


def test_which_for_my_skin_is_of_the_kind_talked_of() -> None:
    found = resolved("which for oily skin", "for_skin_type", Memory(asked=Asked("difference", ("sunscreen",))))
    assert found.frame.kind == "find_product" and "sunscreen" in found.frame.ids("product_type")


def test_a_gift_box_of_products_is_no_gift_wrapping() -> None:
    story = replace(frame("in my gift box are a cleansing oil, a toner, a serum, a cream and a sunscreen, what goes first", "order"), story="ask_order")
    assert resolve(story, Memory(), knowledge(), "", 1.0, lambda *_: "gift").frame.kind != "gift"
    assert resolved("do you wrap gifts", "order", Memory()).frame.kind == "order"
