"""Something was used before the pregnancy was known."""

from __future__ import annotations

import pytest

from bot.rules.advice import Question
from bot.rules.answers import answer
from bot.rules.safety import pregnancy_status
from bot.rules.schema import Verdict
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()


def test_what_to_stop_is_named_once_and_the_risk_follows() -> None:
    found = answer(KNOWLEDGE, Question("pregnancy_used", ("tretinoin", "hydroquinone"), safety=("pregnancy",)))
    keys = [line.key for line in found.lines if line.key]
    assert keys == ["used_worry", "used_stop"]
    assert found.lines[1].params["subjects"] == "tretinoin and hydroquinone"
    assert sum("low risk" in line.text for line in found.lines) == 2
    assert found.verdict is Verdict.DOCTOR


@pytest.mark.parametrize(("subject", "key"), [("retinal", "used_stop_one"), ("salicylic_acid", "used_leave"), ("azelaic_acid", "used_fine")])
def test_each_is_told_by_what_is_known_of_it(subject: str, key: str) -> None:
    found = answer(KNOWLEDGE, Question("pregnancy_used", (subject,), safety=("pregnancy",)))
    assert key in [line.key for line in found.lines]


@pytest.mark.parametrize("subject", sorted(KNOWLEDGE.ingredients))
def test_each_doubtful_ingredient_is_pointed_out(subject: str) -> None:
    status = pregnancy_status(KNOWLEDGE, subject)
    if status and status[0] != "ok":
        found = answer(KNOWLEDGE, Question("pregnancy_used", (subject,), safety=("pregnancy",)))
        assert found.lines[1].params["subjects"] == KNOWLEDGE.ingredients[subject].name
        assert set(status[1]) <= set(found.sources)


def test_nothing_that_must_be_left_is_recommended() -> None:
    found = answer(KNOWLEDGE, Question("pregnancy_used", ("retinol", "niacinamide"), safety=("pregnancy",)))
    assert {one for line in found.lines for one in line.recommends} == {"niacinamide"}


def test_nobody_is_reassured_about_tablets_of_isotretinoin() -> None:
    found = answer(KNOWLEDGE, Question("pregnancy_used", safety=("pregnancy", "isotretinoin_oral")))
    assert found.verdict is Verdict.DOCTOR
    assert "low risk" not in " ".join(line.text for line in found.lines)
    assert "today" in found.lines[0].text


def test_a_retinoid_of_a_doctor_without_an_entry_counts_as_one() -> None:
    found = answer(KNOWLEDGE, Question("pregnancy_used", safety=("pregnancy", "prescription_retinoid")))
    assert found.lines[1].key == "used_stop_one"
