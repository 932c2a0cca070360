"""How many of those named are too many for one go, and of whom an age asks nothing."""

from __future__ import annotations

from typing import Tuple

import pytest

from bot.rules.advice import Profile, Question
from bot.rules.answers import answer
from bot.rules.schema import Verdict
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()


@pytest.mark.parametrize(
    ("subjects", "key"),
    [
        (("retinol", "niacinamide", "hyaluronic_acid"), "not_too_many_one_strong"),
        (("panthenol", "niacinamide"), "not_too_many"),
        (("retinol", "glycolic_acid", "salicylic_acid"), "too_many_strong"),
        (("benzoyl_peroxide", "ascorbic_acid"), "too_many_strong"),
    ],
)
def test_one_strong_active_is_enough_for_an_evening(subjects: Tuple[str, ...], key: str) -> None:
    advice = answer(KNOWLEDGE, Question("how_many_at_once", subjects))
    assert advice.lines[0].key == key and advice.verdict is not Verdict.YES


def test_without_several_named_it_says_how_many_are_enough() -> None:
    assert answer(KNOWLEDGE, Question("how_many_at_once", ("retinol",))).lines[0].text == KNOWLEDGE.topics["how_many_at_once"].fact.say


@pytest.mark.parametrize("subject", ["squalane", "bakuchiol", "azelaic_acid"])
def test_what_no_statement_bounds_by_age_is_for_grown_ups(subject: str) -> None:
    assert answer(KNOWLEDGE, Question("age", (subject,), polar=True)).verdict is Verdict.YES
    child = answer(KNOWLEDGE, Question("age", (subject,), polar=True, profile=Profile(age=9)))
    assert child.verdict is not Verdict.YES or subject == "squalane"


def test_different_nights_keep_two_apart_that_may_not_meet_in_one() -> None:
    pair = ("glycolic_acid", "retinol")
    apart = answer(KNOWLEDGE, Question("different_times", pair, nights=True))
    assert apart.verdict is Verdict.YES and apart.lines[0].key == "nights_apart"
    assert answer(KNOWLEDGE, Question("different_times", pair)).verdict is Verdict.CAREFUL
    refused = answer(KNOWLEDGE, Question("different_times", ("glycolic_acid", "tretinoin"), nights=True))
    assert refused.verdict is not Verdict.YES
