"""No id that a talk may go on with makes a later answer fail: situations about a disease, a medicine or a word are followed by every kind."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.advice import Profile, Question
from bot.rules.answers import answer, kinds
from bot.rules.changes import changed_by
from bot.rules.gate import checked
from bot.rules.names import is_nameable
from bot.rules.situations import SITUATION, as_asked
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()
KINDS = sorted(kinds(KNOWLEDGE))
NAMEABLE = sorted({*KNOWLEDGE.product_types, *KNOWLEDGE.ingredients, *KNOWLEDGE.families, *KNOWLEDGE.concerns, *KNOWLEDGE.skin_types, *KNOWLEDGE.terms, *KNOWLEDGE.conditions})
PEOPLE = st.builds(
    Profile,
    pregnant=st.booleans(),
    age=st.sampled_from([None, 8, 16, 40]),
    safety=st.lists(st.sampled_from(sorted(KNOWLEDGE.safety)), max_size=2, unique=True).map(tuple),
    irritated=st.booleans(),
    procedure=st.sampled_from(["", "before_wax_peel_laser", "after_injectables", "after_ablative_laser"]),
)


@pytest.mark.parametrize("name", sorted(KNOWLEDGE.situations))
def test_what_a_situation_is_about_can_be_spoken_of(name: str) -> None:
    goes_on = as_asked(KNOWLEDGE, Question(SITUATION, situation=name))
    assert all(is_nameable(KNOWLEDGE, one) for one in goes_on.subjects)


@given(st.sampled_from(KINDS), st.lists(st.sampled_from(NAMEABLE), max_size=2, unique=True).map(lambda ids: tuple(ids)), PEOPLE)
@settings(max_examples=300, deadline=None)
def test_every_kind_of_subject_can_be_asked_about_by_anybody(kind: str, subjects: tuple[str, ...], person: Profile) -> None:
    question = Question(kind, subjects, profile=person)
    assert checked(KNOWLEDGE, question, answer(KNOWLEDGE, question), person).lines
    assert changed_by(KNOWLEDGE, subjects, person).lines
