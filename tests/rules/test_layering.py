"""The order of a routine is the same whichever way it is asked."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.layering import CARRIER, carrier, next_step, order, sequence, step_of
from bot.rules.schema import Verdict
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()
TYPES = sorted(KNOWLEDGE.product_types)
SUBJECTS = sorted({*TYPES, *KNOWLEDGE.ingredients, *KNOWLEDGE.families})


@given(st.lists(st.sampled_from(TYPES), unique=True).flatmap(lambda ids: st.tuples(st.just(ids), st.permutations(ids))))
def test_any_product_types_have_one_order(both: tuple[list[str], list[str]]) -> None:
    one, other = (sequence(KNOWLEDGE, ids) for ids in both)
    steps = [step_of(KNOWLEDGE, type_id) for type_id in one]
    assert sorted(one) == sorted(both[0])
    assert steps == sorted(steps) == [step_of(KNOWLEDGE, type_id) for type_id in other]


@given(st.permutations(TYPES))
def test_types_of_one_step_keep_the_order_they_were_named_in(ids: list[str]) -> None:
    for one, other in combinations(sequence(KNOWLEDGE, ids), 2):
        if step_of(KNOWLEDGE, one) == step_of(KNOWLEDGE, other):
            assert ids.index(one) < ids.index(other)


def test_the_routine_goes_from_cleanser_to_sunscreen() -> None:
    routine = ["oil_cleanser", "water_cleanser", "toner", "essence", "serum", "moisturizer", "sunscreen"]
    steps = [step_of(KNOWLEDGE, type_id) for type_id in routine]
    assert steps == sorted(set(steps))


@pytest.mark.parametrize(("a", "b"), combinations(TYPES, 2))
def test_which_of_two_goes_first_does_not_depend_on_which_is_named_first(a: str, b: str) -> None:
    one, other = order(KNOWLEDGE, (a, b), ()), order(KNOWLEDGE, (b, a), ())
    assert one and other
    if step_of(KNOWLEDGE, a) != step_of(KNOWLEDGE, b):
        assert one.lines == other.lines
    else:
        assert one.verdict is other.verdict


def test_an_ingredient_takes_the_step_of_its_form_or_else_of_a_serum() -> None:
    assert carrier("niacinamide", ("toner",), KNOWLEDGE) == "toner"
    assert carrier("niacinamide", (), KNOWLEDGE) == CARRIER
    assert carrier("moisturizer", ("toner",), KNOWLEDGE) == "moisturizer"
    found = order(KNOWLEDGE, ("sunscreen", "panthenol", "water_cleanser"), ())
    assert found
    names = {type_id: KNOWLEDGE.product_types[type_id].name for type_id in ("water_cleanser", "sunscreen")}
    assert found.lines[0].params == {"first": names["water_cleanser"], "rest": f"panthenol, then {names['sunscreen']}"}


def test_two_of_one_step_have_no_fixed_order() -> None:
    found = order(KNOWLEDGE, ("panthenol", "allantoin"), ())
    assert found and found.verdict is Verdict.DEPENDS
    assert found.lines[0].key == "order_same_step"


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_has_a_place_with_a_source(subject: str) -> None:
    found = order(KNOWLEDGE, (subject,), ())
    assert found and found.lines and found.sources


@given(st.lists(st.sampled_from(SUBJECTS), min_size=1, max_size=3), st.lists(st.sampled_from(TYPES), max_size=2))
def test_the_next_step_is_always_known_and_has_a_source(subjects: list[str], forms: list[str]) -> None:
    found = next_step(KNOWLEDGE, subjects, forms)
    assert found and found.lines and found.sources


def test_moisturizer_follows_serum() -> None:
    found = next_step(KNOWLEDGE, ("serum", "moisturizer"), ())
    assert found and found.verdict is Verdict.YES


def test_the_general_rule_stands_behind_an_answer_once() -> None:
    for a, b in combinations(TYPES, 2):
        found = next_step(KNOWLEDGE, (a, b), ())
        assert found
        rules = [line for line in found.lines if line.key == "order_rule" or "thick" in line.text]
        assert len(rules) == 1
