"""Reasons of one sort stand in one sentence, and families are held with most of their members."""

from __future__ import annotations

import pytest

from bot.rules.advice import Advice, Line, Profile, Question
from bot.rules.answers import answer
from bot.rules.cautions import by_sort, said_once
from bot.rules.conflicts import conflicts
from bot.rules.gate import checked, held
from bot.rules.items import Item
from bot.rules.schema import Verdict
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()


def caution(subject: str, key: str = "caution_teen") -> Line:
    return Line(key=key, params={"subject": KNOWLEDGE.ingredients[subject].name}, mentions=(subject,))


def test_reasons_of_one_sort_are_one_line_with_all_names() -> None:
    found = by_sort(KNOWLEDGE, [caution("retinol"), Line(text="Other."), caution("salicylic_acid")])
    assert len(found) == 2 and all(name in found[0].params["subject"] for name in ("retinol", "salicylic acid"))
    assert found[0].mentions == ("retinol", "salicylic_acid")


def test_a_caution_that_says_a_lines_reason_again_joins_it() -> None:
    advice = Advice(Verdict.NO, (caution("retinol", "pregnancy_avoid"),), cautions=(caution("retinol", "caution_pregnancy_avoid"),))
    once = said_once(KNOWLEDGE, advice)
    assert len(once.lines) == 1 and once.cautions == ()


@pytest.mark.parametrize(
    ("subject", "person", "is_held"),
    [
        ("exfoliating_acid", Profile(age=15), True),
        ("exfoliating_acid", Profile(irritated=True), True),
        ("exfoliating_acid", Profile(pregnant=True), False),
        ("exfoliating_acid", Profile(allergies=("glycolic_acid",)), False),
        ("lactic_acid", Profile(allergies=("exfoliating_acid",)), True),
        ("arbutin", Profile(allergies=("niacinamide",)), False),
    ],
)
def test_a_family_is_held_with_most_of_its_members(subject: str, person: Profile, is_held: bool) -> None:
    assert bool(held(KNOWLEDGE, subject, person)) is is_held


def test_a_product_with_what_somebody_is_allergic_to_is_against_them() -> None:
    item = Item("x", "X", "serum", ("niacinamide",), True)
    assert [one.line.key for one in conflicts(KNOWLEDGE, item, Profile(allergies=("niacinamide",)))] == ["product_allergy"]


def test_what_fits_instead_comes_last() -> None:
    person = Profile(age=15)
    asked = Question("for_skin_type", needs=("oily",), profile=person)
    keys = [line.key for line in checked(KNOWLEDGE, asked, answer(KNOWLEDGE, asked), person).lines]
    assert keys.count("caution_teen") == 1 and "fits_instead" not in keys[:-1]


def test_what_says_no_to_the_young_is_told_them() -> None:
    person = Profile(age=14)
    asked = Question("age", ("retinol",), profile=person)
    found = checked(KNOWLEDGE, asked, answer(KNOWLEDGE, asked), person)
    assert found.lines[0].text.startswith("Retinol is not for children or teens")
