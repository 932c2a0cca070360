"""What suits a concern, a skin type, an age."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.advice import Advice, Line, Profile, Question
from bot.rules.answers import answer
from bot.rules.choosing import MOST_CONCERNS, TEEN, age, choose, for_concern, for_skin_type, suggestions
from bot.rules.facts import general, of_subject
from bot.rules.routine_guard import IRRITATED
from bot.rules.safety import BABY, CHILD, is_strong
from bot.rules.schema import Verdict
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()
INGREDIENTS = sorted(KNOWLEDGE.ingredients)
CONCERNS = sorted(KNOWLEDGE.concerns)
SKIN_TYPES = sorted(KNOWLEDGE.skin_types)
FOR_CHILDREN = KNOWLEDGE.safety["child_under_13"]
MEDICAL = {one for one in CONCERNS if KNOWLEDGE.concerns[one].medical}


def some(advice: Advice | None) -> Advice:
    """The advice; there must be one."""
    assert advice is not None
    return advice


@given(st.sampled_from(INGREDIENTS), st.sampled_from(CONCERNS))
def test_an_ingredient_helps_only_where_its_sources_say_so(ingredient: str, concern: str) -> None:
    found = some(for_concern(KNOWLEDGE, Question("for_concern", (ingredient,), needs=(concern,))))
    if len(found.lines) and found.lines[0].key.startswith("helps"):
        helps = concern in KNOWLEDGE.ingredients[ingredient].helps
        assert found.lines[0].key == ("helps_with" if helps else "helps_unknown")
        assert found.verdict is (Verdict.YES if helps else Verdict.UNKNOWN)
        assert (Line(key="ask_dermatologist") in found.cautions) is (concern in MEDICAL)


# Irritated skin is answered without what it must leave out, see below.
@given(st.lists(st.sampled_from([one for one in CONCERNS if one != IRRITATED]), min_size=2, max_size=6, unique=True))
def test_several_concerns_are_answered_medical_ones_first_three_at_most(concerns: list[str]) -> None:
    found = some(for_concern(KNOWLEDGE, Question("for_concern", profile=Profile(concerns=tuple(concerns)))))
    answered = [
        one for line in found.lines for one in concerns if (fact := of_subject(KNOWLEDGE, "for_concern", one)) and fact.say == line.text
    ]
    assert len(answered) == min(len(concerns), MOST_CONCERNS)
    assert [one in MEDICAL for one in answered] == sorted((one in MEDICAL for one in answered), reverse=True)
    assert sum(one in MEDICAL for one in answered) == min(MOST_CONCERNS, len(MEDICAL & set(concerns)))


@pytest.mark.parametrize("concern", CONCERNS)
def test_every_concern_has_an_answer_and_a_named_one_counts_more_than_a_told_one(concern: str) -> None:
    fact = of_subject(KNOWLEDGE, "for_concern", concern)
    assert fact
    other = next(one for one in CONCERNS if one != concern)
    asked = Question("for_concern", needs=(concern,), profile=Profile(concerns=(other,)))
    assert [line.text for line in some(for_concern(KNOWLEDGE, asked)).lines] == [fact.say]


@given(st.sampled_from(INGREDIENTS), st.sampled_from(SKIN_TYPES))
def test_an_ingredient_is_called_fit_for_a_skin_type_only_where_it_is(ingredient: str, skin_type: str) -> None:
    found = some(for_skin_type(KNOWLEDGE, Question("for_skin_type", (ingredient,), needs=(skin_type,))))
    suits = skin_type in KNOWLEDGE.ingredients[ingredient].suits
    if found.lines[0].key:
        irritant = KNOWLEDGE.families[KNOWLEDGE.ingredients[ingredient].family].irritant
        if suits:
            key, verdict = "suits_skin", Verdict.CAREFUL if skin_type == "sensitive" else Verdict.YES
        elif is_strong(KNOWLEDGE, ingredient):
            key, verdict = "suits_careful", Verdict.CAREFUL
        elif irritant and skin_type == "sensitive":
            key, verdict = "suits_not", Verdict.NO
        else:
            key, verdict = "suits_nothing_against", None
        assert found.lines[0].key == key
        assert found.verdict is verdict
        assert (Line(key="start_gently") in found.lines) is (skin_type == "sensitive" and key != "suits_not")


@pytest.mark.parametrize("skin_type", SKIN_TYPES)
def test_the_skin_type_of_the_profile_counts_as_if_named(skin_type: str) -> None:
    named = for_skin_type(KNOWLEDGE, Question("for_skin_type", ("niacinamide",), needs=(skin_type,)))
    told = for_skin_type(
        KNOWLEDGE, Question("for_skin_type", ("niacinamide",), profile=Profile(skin_types=(skin_type,)))
    )
    assert some(named) == some(told)


@given(st.integers(0, 99), st.one_of(st.none(), st.integers(0, 99)), st.lists(st.sampled_from(INGREDIENTS), max_size=2))
def test_the_age_asked_about_decides_and_under_thirteen_only_the_basics_are_advised(
    asked: int, told: int | None, subjects: list[str]
) -> None:
    question = Question("age", tuple(subjects), number=asked, profile=Profile(age=told))
    child, teen = Line(text=FOR_CHILDREN.say), some(general(KNOWLEDGE, "age_teen")).lines[0]
    lines = some(age(KNOWLEDGE, question)).lines
    baby = Line(text=KNOWLEDGE.safety[BABY].say)  # what a baby in its first year must be kept from
    assert (lines in ((child,), (baby,))) is (asked < CHILD)
    assert lines != (baby,) or asked == 0
    assert (lines[-1] == teen) is (CHILD <= asked < TEEN)


def test_an_age_told_before_counts_where_none_is_asked_about() -> None:
    told = age(KNOWLEDGE, Question("age", profile=Profile(age=CHILD - 1)))
    assert told and told.lines == (Line(text=FOR_CHILDREN.say),)
    assert told.verdict is Verdict.NO


@pytest.mark.parametrize("skin_type", SKIN_TYPES)
def test_choosing_takes_the_skin_type_told_before_into_account(skin_type: str) -> None:
    plain = some(choose(KNOWLEDGE, Question("choose", ("serum",))))
    told = some(choose(KNOWLEDGE, Question("choose", ("serum",), profile=Profile(skin_types=(skin_type,)))))
    note = some(for_skin_type(KNOWLEDGE, Question("for_skin_type", ("serum",), needs=(skin_type,))))
    assert told.lines == plain.lines + note.lines
    assert told.verdict is plain.verdict and set(note.sources) <= set(told.sources)


@pytest.mark.parametrize("subject", sorted({*KNOWLEDGE.product_types, *INGREDIENTS}))
def test_offered_questions_can_be_answered(subject: str) -> None:
    first = answer(KNOWLEDGE, Question("what_is", (subject,)))
    assert first.follow_ups
    for item in first.follow_ups:
        found = answer(KNOWLEDGE, Question(item.kind, item.subjects))
        assert found.lines
        assert item not in found.follow_ups


def test_nothing_is_offered_beside_a_doctor() -> None:
    doctor = Advice(Verdict.DOCTOR, (Line(text="See a doctor."),))
    assert suggestions(KNOWLEDGE, doctor, Question("frequency", ("serum",))) == ()


@pytest.mark.parametrize("family", sorted(KNOWLEDGE.families))
def test_instead_of_a_family_comes_something_that_is_none_of_it(family: str) -> None:
    members = KNOWLEDGE.families[family].members
    helped = [set(KNOWLEDGE.ingredients[one].helps) for one in members if one in KNOWLEDGE.ingredients and KNOWLEDGE.ingredients[one].helps]
    shared = set.intersection(*helped) if helped else set()
    found = answer(KNOWLEDGE, Question("replace", (family,)))
    offered = [one for line in found.lines if line.key == "replace_with" for one in line.recommends]
    assert bool(offered) == bool(shared) and not {*offered} & {*members}
    assert all(shared & {*KNOWLEDGE.ingredients[one].helps} for one in offered)
