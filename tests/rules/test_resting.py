"""Strong actives wait while skin is irritated or had a procedure, and nobody is offered what they must leave out."""

from __future__ import annotations

import pytest

from bot.rules.advice import Line, Profile, Question
from bot.rules.answers import answer
from bot.rules.choosing import alternatives
from bot.rules.routine_guard import is_fitting, resting
from bot.rules.safety import is_strong, pregnancy_status
from bot.rules.schema import Verdict
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()
PROCEDURE = "before_wax_peel_laser"
RESTING = {"irritated": Profile(irritated=True), "procedure": Profile(procedure=PROCEDURE)}
STRONG = sorted(key for key, entry in KNOWLEDGE.ingredients.items() if is_strong(KNOWLEDGE, key) and entry.recommendable == "yes")
KINDS = ("can_use", "age", "results", "frequency", "together", "replace", "better", "time_of_day", "what_is", "for_concern")


@pytest.mark.parametrize("person", RESTING)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("subject", STRONG)
def test_a_strong_active_waits_whatever_is_asked(person: str, kind: str, subject: str) -> None:
    found = answer(KNOWLEDGE, Question(kind, (subject,), profile=RESTING[person], polar=True))
    waits = resting(KNOWLEDGE, subject, RESTING[person])
    assert waits is not None and found.lines[0] == waits.lines[0]
    assert found.verdict is Verdict.NO and set(waits.sources) <= set(found.sources)


@pytest.mark.parametrize("person", RESTING)
@pytest.mark.parametrize("subject", ["sunscreen", "moisturizer", "panthenol"])
def test_what_soothes_and_protects_need_not_wait(person: str, subject: str) -> None:
    assert resting(KNOWLEDGE, subject, RESTING[person]) is None
    assert answer(KNOWLEDGE, Question("can_use", (subject,), profile=RESTING[person])).verdict is not Verdict.NO


def test_sunscreen_is_part_of_the_care_after_a_procedure() -> None:
    found = answer(KNOWLEDGE, Question("can_use", ("sunscreen",), profile=RESTING["procedure"]))
    assert found.verdict is Verdict.YES and Line(text=KNOWLEDGE.safety[PROCEDURE].say) in found.cautions


@pytest.mark.parametrize(
    "person", [*RESTING.values(), Profile(pregnant=True), Profile(age=15), Profile(safety=("bee_allergy",))],
    ids=["irritated", "procedure", "pregnant", "teenager", "allergic"],
)
@pytest.mark.parametrize("subject", sorted(KNOWLEDGE.ingredients))
def test_nothing_is_offered_instead_that_the_person_should_leave_out(person: Profile, subject: str) -> None:
    found = alternatives(KNOWLEDGE, Question("replace", (subject,), profile=person))
    if found is None:
        return
    offered = found.lines[0].params["others"]
    names = {entry.name: key for key, entry in KNOWLEDGE.ingredients.items()}
    for name in offered.replace(" or ", ", ").split(", "):
        assert is_fitting(KNOWLEDGE, names[name], person)
        assert not (person.irritated or person.procedure or person.age) or not is_strong(KNOWLEDGE, names[name])


def test_pregnancy_leaves_out_of_a_concern_what_it_must() -> None:
    found = answer(KNOWLEDGE, Question("for_concern", needs=("fine_lines",), profile=Profile(pregnant=True)))
    assert found.lines[0].key == "concern_fitting"
    for one in KNOWLEDGE.concerns["fine_lines"].suggest:
        status = pregnancy_status(KNOWLEDGE, one.ingredient)
        named = KNOWLEDGE.ingredients[one.ingredient].name in found.lines[0].params["others"]
        assert not named or (status is not None and status[0] == "ok")
    assert Line(key="caution_pregnancy_avoid", params={"subject": "retinol"}) in found.cautions


@pytest.mark.parametrize("told", ["question", "profile"])
def test_no_pair_answer_where_one_of_the_two_is_an_allergy(told: str) -> None:
    asked = Question("together", ("bee_product", "propolis"))
    allergic = Question("together", asked.subjects, safety=("bee_allergy",))
    known = Question("together", asked.subjects, profile=Profile(safety=("bee_allergy",)))
    found = answer(KNOWLEDGE, allergic if told == "question" else known)
    assert found.verdict is Verdict.NO and found.lines[0].text == KNOWLEDGE.safety["bee_allergy"].say


def test_a_family_and_its_member_are_one_thing_to_replace() -> None:
    found = answer(KNOWLEDGE, Question("replace", ("bee_product", "propolis"), profile=Profile(safety=("bee_allergy",))))
    assert found.lines[0].key == "replace_with" and found.lines[0].params["subject"] == "propolis"
