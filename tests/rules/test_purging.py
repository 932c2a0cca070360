"""Purging is only put down to what speeds up the renewal of skin."""

from __future__ import annotations

import pytest

from bot.rules.advice import Question
from bot.rules.answers import answer
from bot.rules.facts import general
from bot.rules.schema import Verdict
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()


@pytest.mark.parametrize("subject", ["retinol", "tretinoin", "glycolic_acid", "salicylic_acid", "benzoyl_peroxide", "exfoliant", "serum"])
def test_what_speeds_up_renewal_may_purge(subject: str) -> None:
    found = answer(KNOWLEDGE, Question("purging", (subject,)))
    assert found.verdict is not Verdict.NO
    assert "first" in found.lines[0].text and "weeks" in found.lines[0].text


@pytest.mark.parametrize("subject", ["niacinamide", "hyaluronic_acid", "snail_mucin", "moisturizer", "sunscreen", "essence"])
def test_anything_else_is_not_expected_to(subject: str) -> None:
    found = answer(KNOWLEDGE, Question("purging", (subject,)))
    assert (found.verdict, found.lines[0].key) == (Verdict.NO, "purging_not_expected")
    assert found.sources


def test_of_several_the_one_that_may_purge_is_answered() -> None:
    both = answer(KNOWLEDGE, Question("purging", ("niacinamide", "retinol")))
    assert both.lines == answer(KNOWLEDGE, Question("purging", ("retinol",))).lines


def test_without_a_subject_purging_is_explained() -> None:
    fact = general(KNOWLEDGE, "purging")
    assert fact and answer(KNOWLEDGE, Question("purging")).lines == fact.lines
