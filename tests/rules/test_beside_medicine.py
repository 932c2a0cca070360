"""A prescribed medicine beside another one that speaks against it: it leaves the routine, and no text goes on about it."""

from __future__ import annotations

import pytest

from bot.rules import gate
from bot.rules.advice import Profile, Question
from bot.rules.answers import answer
from bot.rules.kinship import is_among
from bot.rules.routine import check
from bot.rules.routine_guard import held_back, is_own_medicine, is_prescribed
from bot.rules.safety import VERDICT_OF
from bot.rules.schema import Verdict
from bot.rules.steps import MORNING, NIGHT, Step
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()
GIVEN = [one for one in KNOWLEDGE.ingredients if is_prescribed(KNOWLEDGE, one)]
OF_PEOPLE = [one for one, entry in KNOWLEDGE.safety.items() if entry.kind in ("medicine", "condition")]
AGAINST = [
    (entry, one) for entry in OF_PEOPLE for one in GIVEN
    if is_among(KNOWLEDGE, one, KNOWLEDGE.safety[entry].about) and VERDICT_OF.get(KNOWLEDGE.safety[entry].urgency, Verdict.DOCTOR)
]
OF_OTHERS = [(entry, one) for entry, one in AGAINST if not is_own_medicine(KNOWLEDGE, one, KNOWLEDGE.safety[entry])]


def test_there_are_such_medicines() -> None:
    assert {("isotretinoin_oral", "adapalene"), ("isotretinoin_oral", "tretinoin"), ("field_treatment", "tretinoin")} <= {*OF_OTHERS}


@pytest.mark.parametrize("entry, medicine", OF_OTHERS)
def test_what_a_medicine_or_disease_speaks_against_leaves_the_routine(entry: str, medicine: str) -> None:
    steps = [Step("serum", (medicine,)), Step("moisturizer"), Step("sunscreen")]
    found = check(KNOWLEDGE, steps, Profile(safety=("prescription_retinoid", entry)))
    assert steps[0] in [one.step for one in found.held]
    assert medicine not in {active for half in (MORNING, NIGHT) for one in found.half(half) for active in one.step.actives}


@pytest.mark.parametrize("medicine", ["tretinoin", "adapalene"])
def test_a_medicine_that_goes_leaves_no_word_on_using_it(medicine: str) -> None:
    person = Profile(safety=("prescription_retinoid", "isotretinoin_oral"))
    found = check(KNOWLEDGE, [Step("serum", (medicine,)), Step("toner", ("aha",)), Step("exfoliant")], person)
    texts = [line.text for advice in found.findings for line in advice.lines]
    assert len(found.held) == 3
    assert KNOWLEDGE.safety["prescription_retinoid"].say not in texts


@pytest.mark.parametrize("medicine", ["tretinoin", "adapalene"])
def test_ones_own_medicine_stays(medicine: str) -> None:
    assert held_back(KNOWLEDGE, medicine, Profile(safety=("prescription_retinoid",))) is None
    assert check(KNOWLEDGE, [Step("serum", (medicine,))], Profile(safety=("prescription_retinoid",))).held == ()


@pytest.mark.parametrize("entry, medicine", [one for one in OF_OTHERS if KNOWLEDGE.safety[one[0]].kind == "medicine"])
def test_whether_it_may_be_used_is_refused_first(entry: str, medicine: str) -> None:
    person = Profile(safety=(entry,))
    question = Question("can_use", (medicine,), profile=person)
    advice = gate.checked(KNOWLEDGE, question, answer(KNOWLEDGE, question), person)
    assert advice.verdict in (Verdict.NO, Verdict.DOCTOR)
    assert advice.lines[0].key == "held_beside_medicine"
