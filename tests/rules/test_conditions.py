"""What a skin disease or a medicine leaves open."""

from __future__ import annotations

from bot.rules.advice import Profile, Question
from bot.rules.answers import answer
from bot.rules.schema import Verdict
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()


def test_a_mild_product_is_told_apart_and_a_doctor_named() -> None:
    found = answer(KNOWLEDGE, Question("medical", ("ampoule",), needs=("redness_sensitivity",), safety=("skin_disease",)))
    assert found.lines[0].key == "condition_mild"
    assert found.verdict is Verdict.DOCTOR
    assert any(line.text == KNOWLEDGE.safety["skin_disease"].say for line in found.lines)
    assert "azelaic acid" not in found.lines[0].params["mild"]


def test_a_strong_active_is_left_to_the_doctor() -> None:
    known = Profile(safety=("skin_disease",))
    assert answer(KNOWLEDGE, Question("can_use", ("retinol",), profile=known)).verdict is Verdict.DOCTOR
    assert answer(KNOWLEDGE, Question("can_use", ("panthenol",), profile=known)).verdict is Verdict.YES


def test_a_named_medicine_says_more_than_any_medicine() -> None:
    found = answer(KNOWLEDGE, Question("medical", safety=("prescribed_treatment", "prescription_retinoid")))
    assert [line.text for line in found.lines] == [KNOWLEDGE.safety["prescription_retinoid"].say]


def test_what_a_vegan_takes_instead_comes_from_no_animal() -> None:
    animal = {key for key, one in KNOWLEDGE.ingredients.items() if (said := one.facts.get("vegan")) and said.verdict is Verdict.NO}
    for subject in animal:
        found = answer(KNOWLEDGE, Question("replace_vegan", (subject,)))
        others = found.lines[0].params.get("others", "").replace(" or ", ", ").split(", ")
        assert not {KNOWLEDGE.ingredients[one].name for one in animal} & set(others), subject


def test_for_sensitive_skin_nothing_strong_takes_the_place_of_something_strong() -> None:
    found = answer(KNOWLEDGE, Question("replace", ("retinol",), needs=("sensitive",)))
    others = found.lines[0].params["others"]
    assert "bakuchiol" in others
    assert "acid" not in others


def test_an_order_is_judged() -> None:
    right = ("water_cleanser", "toner", "serum", "moisturizer")
    assert answer(KNOWLEDGE, Question("order_check", right)).verdict is Verdict.YES
    assert answer(KNOWLEDGE, Question("order_check", right[::-1])).verdict is Verdict.NO


def test_once_a_day_is_enough_for_what_is_meant_for_once() -> None:
    assert answer(KNOWLEDGE, Question("twice_a_day", ("ascorbic_acid",))).verdict is Verdict.NO
    assert answer(KNOWLEDGE, Question("twice_a_day", ("niacinamide",))).verdict is Verdict.YES
    assert answer(KNOWLEDGE, Question("twice_a_day", ("ampoule",))).verdict is Verdict.NO


def test_how_to_tell_comes_before_how_long() -> None:
    found = answer(KNOWLEDGE, Question("gone_off", ("moisturizer",)))
    assert found.lines[0].key == "gone_off"
