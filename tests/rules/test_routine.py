"""A whole routine: in order, parted where it clashes, complete, and right for the person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.advice import Profile
from bot.rules.layering import step_of
from bot.rules.pairs import rule_for
from bot.rules.routine import RANKING, RoutineCheck, check
from bot.rules.routine_clashes import clash
from bot.rules.routine_guard import held_back
from bot.rules.routine_use import crowding, strong_in
from bot.rules.schema import Verdict
from bot.rules.steps import MORNING, NIGHT, Step
from bot.understanding.routine.reading import carrier
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()
TYPES = sorted(KNOWLEDGE.product_types)
CONTENT = sorted([*KNOWLEDGE.ingredients, *KNOWLEDGE.families])
STRONG = [one for one in CONTENT if strong_in(KNOWLEDGE, [Step("serum", (one,))])]
CLOSE = settings(max_examples=200, deadline=None)
TOLD = sorted(one for one, entry in KNOWLEDGE.safety.items() if entry.kind in ("allergy", "medicine", "condition"))

TIMES = st.sampled_from([(), (MORNING,), (NIGHT,), (MORNING, NIGHT)])
ACTIVES = st.lists(st.sampled_from(CONTENT) | st.sampled_from(STRONG), max_size=2, unique=True).map(lambda ids: tuple(ids))
STEPS = st.builds(Step, st.sampled_from(TYPES), ACTIVES, TIMES)
ROUTINES = st.lists(STEPS, min_size=1, max_size=10)
PROFILES = st.builds(
    Profile,
    skin_types=st.lists(st.sampled_from(sorted(KNOWLEDGE.skin_types)), max_size=2, unique=True).map(lambda ids: tuple(ids)),
    pregnant=st.booleans(),
    age=st.none() | st.integers(5, 80),
    safety=st.lists(st.sampled_from(TOLD), max_size=1).map(lambda ids: tuple(ids)),
    beginner=st.none() | st.booleans(),
    irritated=st.booleans(),
)


def halves(found: RoutineCheck) -> list[list[Step]]:
    """Steps that meet on skin: the morning, and the nights of each group."""
    groups = {one.group for one in found.night}
    nights = [[one.step for one in found.night if one.group in (None, group)] for group in groups or {None}]
    return [[one.step for one in found.morning], *nights]


@CLOSE
@given(ROUTINES, PROFILES)
def test_each_half_is_in_order_and_holds_nothing_twice(steps: list[Step], profile: Profile) -> None:
    found = check(KNOWLEDGE, steps, profile)
    for half in (found.morning, found.night):
        places = [step_of(KNOWLEDGE, one.step.type) for one in half]
        assert places == sorted(places)
        assert len({one.step.what for one in half}) == len(half)


@CLOSE
@given(ROUTINES, PROFILES)
def test_what_meets_on_skin_does_not_clash(steps: list[Step], profile: Profile) -> None:
    for together in halves(check(KNOWLEDGE, steps, profile)):
        for position, first in enumerate(together):
            assert not [other for other in together[position + 1 :] if clash(KNOWLEDGE, first, other)]


@CLOSE
@given(ROUTINES, PROFILES)
def test_acids_and_retinoids_never_share_a_day_when_their_nights_must_differ(steps: list[Step], profile: Profile) -> None:
    found = check(KNOWLEDGE, steps, profile)
    for day in found.morning:
        for night in found.night:
            one = clash(KNOWLEDGE, day.step, night.step) if day.step != night.step else None
            assert one is None or one.kind != "alternate_nights"


@CLOSE
@given(ROUTINES, PROFILES)
def test_nothing_that_this_person_must_leave_stays_in(steps: list[Step], profile: Profile) -> None:
    found = check(KNOWLEDGE, steps, profile)
    for one in (*found.morning, *found.night):
        assert not [subject for subject in one.step.ids if held_back(KNOWLEDGE, subject, profile)]
    staying = [one.step for one in (*found.morning, *found.night)]
    assert all(len(counted) <= most for _, counted, most in crowding(KNOWLEDGE, staying, profile))


@CLOSE
@given(ROUTINES, PROFILES)
def test_every_step_is_placed_or_said_to_be_left(steps: list[Step], profile: Profile) -> None:
    found = check(KNOWLEDGE, steps, profile)
    told = [one.step.what for one in (*found.morning, *found.night)]
    told += [one.step.what for one in found.held] + [one.what for one in found.out]
    assert {step.what for step in steps} <= set(told)


@CLOSE
@given(ROUTINES, PROFILES, st.sampled_from(["pregnant", "sensitive", "irritated", "beginner", "younger"]))
def test_no_circumstance_makes_the_verdict_laxer(steps: list[Step], profile: Profile, change: str) -> None:
    profile = replace(profile, irritated=False, beginner=None)
    changed = {
        "pregnant": replace(profile, pregnant=True),
        "sensitive": replace(profile, skin_types=(*profile.skin_types, "sensitive")),
        "irritated": replace(profile, irritated=True),
        "beginner": replace(profile, beginner=True),
        "younger": replace(profile, age=12),
    }[change]
    before, after = check(KNOWLEDGE, steps, profile), check(KNOWLEDGE, steps, changed)
    assert RANKING.index(after.verdict) <= RANKING.index(before.verdict)


@CLOSE
@given(ROUTINES, PROFILES)
def test_every_finding_has_a_source_or_needs_none(steps: list[Step], profile: Profile) -> None:
    without = {"caution_teen", "held_avoided", "pair_unknown", "routine_at_night"}
    for advice in check(KNOWLEDGE, steps, profile).findings:
        assert advice.sources or {line.key for line in advice.lines} <= without
        assert all(key in KNOWLEDGE.sources for key in advice.sources)


@CLOSE
@given(ROUTINES, PROFILES)
def test_a_routine_ends_complete(steps: list[Step], profile: Profile) -> None:
    found = check(KNOWLEDGE, steps, profile)
    assert any(one.step.type == "sunscreen" for one in found.morning)
    assert any(one.step.type in ("moisturizer", "facial_oil", "sleeping_mask") for one in found.night)
    assert not any(one.step.type == "sunscreen" for one in found.night)


@given(ROUTINES, PROFILES)
@CLOSE
def test_its_own_advice_is_good_advice(steps: list[Step], profile: Profile) -> None:
    """Doing as told leaves nothing to leave out, nothing missing and nothing that must not meet."""
    first = check(KNOWLEDGE, steps, profile)
    kept = [replace(one.step, times=(MORNING,)) for one in first.morning]
    kept += [replace(one.step, times=(NIGHT,)) for one in first.night]
    again = check(KNOWLEDGE, kept, profile)
    assert not again.held
    assert not again.out
    assert not again.missing


@pytest.mark.parametrize("subject", CONTENT)
def test_every_ingredient_and_family_can_be_a_step(subject: str) -> None:
    step = Step(carrier(KNOWLEDGE, subject), (subject,), implied=True)
    found = check(KNOWLEDGE, [step], Profile())
    assert step in [one.step for one in (*found.morning, *found.night)]


@pytest.mark.parametrize("a", STRONG)
def test_strong_actives_without_a_rule_are_said_to_be_unknown_and_kept_apart(a: str) -> None:
    for b in STRONG:
        if a != b and rule_for(KNOWLEDGE, a, b) is None:
            steps = [Step("serum", (a,)), Step("serum", (b,))]
            found = check(KNOWLEDGE, steps, Profile())
            assert found.verdict in (Verdict.UNKNOWN, Verdict.CAREFUL, Verdict.DOCTOR, Verdict.NO)
            assert any(one.kind == "unknown" for one, _ in found.clashes) or found.held


def routine(*actives: str) -> list[Step]:
    """Serums with these actives, with cleanser, moisturizer and sunscreen around them."""
    return [Step("water_cleanser"), *(Step("serum", (one,)) for one in actives), Step("moisturizer"), Step("sunscreen")]


def test_a_plain_routine_is_fine() -> None:
    assert check(KNOWLEDGE, routine("niacinamide"), Profile()).verdict is Verdict.YES


def test_harmless_pairs_without_a_rule_are_not_listed() -> None:
    found = check(KNOWLEDGE, routine("mugwort", "birch_juice", "galactomyces"), Profile())
    assert not found.clashes


def test_vitamin_c_by_day_and_retinol_by_night_is_right_as_it_is() -> None:
    steps = [replace(step, times=(MORNING,)) if "ascorbic_acid" in step.actives else step for step in routine("ascorbic_acid")]
    steps.append(Step("ampoule", ("retinol",), (NIGHT,)))
    found = check(KNOWLEDGE, steps, Profile())
    assert found.verdict is Verdict.YES
    assert [one.kind for one in found.parted] == ["separate_am_pm"]


def test_three_acids_are_too_many() -> None:
    found = check(KNOWLEDGE, routine("glycolic_acid", "salicylic_acid", "gluconolactone"), Profile())
    assert found.verdict is Verdict.CAREFUL
    assert [line.key for line in found.too_much[0].lines][:1] == ["routine_acids_at_most"]
    assert len(found.out) == 1


def test_retinol_in_the_morning_is_moved_to_the_night() -> None:
    found = check(KNOWLEDGE, [*routine(), Step("serum", ("retinol",), (MORNING,))], Profile())
    assert any("retinol" in one.step.actives for one in found.night)
    assert not any("retinol" in one.step.actives for one in found.morning)
    assert "routine_at_night" in [line.key for note in found.notes for line in note.lines]


def test_tretinoin_beside_retinol_goes_to_the_prescriber() -> None:
    found = check(KNOWLEDGE, routine("tretinoin", "retinol"), Profile())
    assert [one.step.actives for one in found.held] == [("retinol",)]
    assert any("tretinoin" in one.step.actives for one in found.night)


def test_a_moisturizer_with_an_acid_is_no_moisturizer() -> None:
    found = check(KNOWLEDGE, [Step("moisturizer", ("glycolic_acid",)), Step("sunscreen")], Profile())
    assert any(line.params.get("subject") == "moisturizer" for advice in found.missing for line in advice.lines)


def test_a_cleanser_with_an_acid_does_not_clash() -> None:
    steps = [Step("water_cleanser", ("salicylic_acid",)), *routine("retinol")[1:]]
    assert not check(KNOWLEDGE, steps, Profile()).clashes


def test_what_is_in_use_beside_a_prescribed_treatment_stays_and_goes_to_its_doctor() -> None:
    """It may be the treatment itself, which nobody is told to leave."""
    told = Profile(safety=("prescribed_treatment",))
    found = check(KNOWLEDGE, routine("azelaic_acid"), told)
    assert found.verdict is Verdict.DOCTOR
    assert not found.held
    assert "azelaic_acid" in {one for placed in (*found.morning, *found.night) for one in placed.step.actives}


def test_gentle_basics_beside_a_prescribed_treatment_are_fine_with_the_word_to_ask_before_more() -> None:
    found = check(KNOWLEDGE, routine(), Profile(safety=("prescribed_treatment",)))
    assert found.verdict is Verdict.YES
    assert KNOWLEDGE.safety["prescribed_treatment"].say in [line.text for note in found.notes for line in note.lines]


@pytest.mark.parametrize("told", [key for key, entry in KNOWLEDGE.safety.items() if entry.adding])
def test_what_a_doctor_is_asked_before_is_said_once(told: str) -> None:
    for steps in (routine(), routine("tretinoin"), routine("azelaic_acid"), routine("retinol", "glycolic_acid")):
        found = check(KNOWLEDGE, steps, Profile(safety=(told,)))
        lines = [line.text for advice in found.notes for line in advice.lines]
        assert lines.count(KNOWLEDGE.safety[told].say) <= 1
