"""What holds for every subject and every kind of question, whoever asks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.rules.advice import Advice, Profile, Question
from bot.rules.answers import answer, kinds
from bot.rules.choosing import alternatives
from bot.rules.pairs import rule_for, together
from bot.rules.reasons import reasons
from bot.rules.safety import USE_NOW, red_flags
from bot.rules.schema import Verdict
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()
KINDS = sorted(kinds(KNOWLEDGE))
SUBJECTS = sorted({*KNOWLEDGE.product_types, *KNOWLEDGE.ingredients, *KNOWLEDGE.families})
NEEDS = sorted({*KNOWLEDGE.concerns, *KNOWLEDGE.skin_types})
AFTER = sorted(key for key in red_flags(KNOWLEDGE) if KNOWLEDGE.safety[key].after)
STRICTNESS: tuple[Verdict | None, ...] = (
    Verdict.YES, None, Verdict.UNKNOWN, Verdict.DEPENDS, Verdict.CAREFUL, Verdict.DOCTOR, Verdict.NO,
)
# Wordings that say themselves that nothing is known, or that ask back.
SAYS_NONE = {"unknown_subject", "which_subject", "pair_unknown", "not_that_but", "helps_unknown"}
subject = st.sampled_from(SUBJECTS)
questions = st.builds(
    Question,
    kind=st.sampled_from(KINDS),
    subjects=st.lists(subject, max_size=2, unique=True).map(tuple),
    needs=st.lists(st.sampled_from(NEEDS), max_size=1).map(tuple),
)


def strictness(advice: Advice) -> int:
    """How strict an answer is, from a plain yes to a no."""
    return STRICTNESS.index(advice.verdict)


@given(subject, subject)
@settings(max_examples=400)
def test_a_pair_has_one_verdict_whichever_is_named_first(one: str, other: str) -> None:
    assume(one != other)
    assert rule_for(KNOWLEDGE, one, other) is rule_for(KNOWLEDGE, other, one)
    for person in (Profile(), Profile(skin_types=("sensitive",)), Profile(pregnant=True)):
        there = together(KNOWLEDGE, (one, other), person)
        back = together(KNOWLEDGE, (other, one), person)
        assert there and back and there.verdict is back.verdict


@given(questions)
@settings(max_examples=400)
def test_an_answer_is_never_laxer_for_sensitive_skin(question: Question) -> None:
    plain = answer(KNOWLEDGE, question)
    for person in (Profile(skin_types=("sensitive",)), Profile(skin_types=("sensitive",), irritated=True)):
        sensitive = answer(KNOWLEDGE, replace(question, profile=person))
        if plain.verdict in (Verdict.NO, Verdict.DOCTOR, Verdict.CAREFUL):
            assert strictness(sensitive) >= strictness(plain)


@given(questions, st.sampled_from(AFTER))
@settings(max_examples=400)
def test_nothing_is_a_plain_yes_after_a_red_flag(question: Question, flag: str) -> None:
    found = answer(KNOWLEDGE, replace(question, profile=Profile(red_flag=flag)))
    if question.kind in USE_NOW:
        assert found.verdict in (Verdict.DOCTOR, Verdict.NO)
        assert found.lines[0].text == KNOWLEDGE.safety[flag].after


@given(questions)
@settings(max_examples=600)
def test_every_answer_has_a_source_or_says_that_it_has_none(question: Question) -> None:
    found = answer(KNOWLEDGE, question)
    assert found.lines
    assert all(key in KNOWLEDGE.sources for key in found.sources)
    assert found.sources or any(line.key in SAYS_NONE for line in found.lines), found


@given(questions)
def test_a_reason_is_part_of_what_the_knowledge_says(question: Question) -> None:
    found = answer(KNOWLEDGE, question)
    said = [*found.lines, *found.more, *found.cautions, *found.why]
    assert all(line in said for line in reasons(found))


def test_nothing_is_suggested_that_must_not_be_recommended() -> None:
    suggested = {one.ingredient for concern in KNOWLEDGE.concerns.values() for one in concern.suggest}
    suggested |= {one for skin_type in KNOWLEDGE.skin_types.values() for one in skin_type.good_ingredients}
    assert {one for one in suggested if KNOWLEDGE.ingredients[one].recommendable == "no"} == set()


@pytest.mark.parametrize("ingredient", KNOWLEDGE.ingredients)
@pytest.mark.parametrize("person", [Profile(), Profile(pregnant=True)], ids=["anybody", "pregnant"])
def test_what_may_take_its_place_may_be_recommended(ingredient: str, person: Profile) -> None:
    found = alternatives(KNOWLEDGE, Question("replace", (ingredient,), profile=person))
    offered = " ".join(value for line in (found.lines if found else ()) for value in line.params.get("others", "").split(", "))
    for one in KNOWLEDGE.ingredients.values():
        if one.recommendable != "yes" or (person.pregnant and one.pregnancy.status == "avoid"):
            assert one.name not in offered.replace(" or ", " ").split("  ")
