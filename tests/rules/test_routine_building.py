"""A routine made for somebody: fitting, in order, of what the shop has, and never what they must leave."""

from __future__ import annotations

from dataclasses import replace
from typing import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.advice import Profile
from bot.rules.routine_building import Built, Wish, build, candidates, fits
from bot.rules.routine_clashes import clash
from bot.rules.routine_guard import held_back, not_to_add
from bot.rules.routine_use import strong_in
from bot.rules.schema import Verdict
from bot.rules.steps import MORNING, NIGHT, Step
from tests.knowledge import knowledge
from tests.rules.test_routine import CLOSE, PROFILES, STEPS

KNOWLEDGE = knowledge()
CONCERNS = st.lists(st.sampled_from(sorted(KNOWLEDGE.concerns)), max_size=3, unique=True).map(lambda ids: tuple(ids))
SIZES = st.sampled_from(sorted(KNOWLEDGE.routines))
TREATED = Profile(safety=("prescribed_treatment",))
ASK_BEFORE_ACTIVES = ("isotretinoin_oral", "melasma", "prescribed_treatment", "skin_disease")
STOCK = st.lists(STEPS.map(lambda step: replace(step, title="From the shop", handle="some-product")), max_size=30)


def types(built: Built, time: str) -> list[str]:
    """Product types of one half of the day, in order."""
    return [one.step.type for one in (built.checked.morning if time == MORNING else built.checked.night)]


@CLOSE
@given(PROFILES, CONCERNS, SIZES, STOCK)
def test_nothing_is_recommended_that_this_person_must_leave(
    profile: Profile, concerns: tuple[str, ...], size: str, stock: list[Step]
) -> None:
    profile = replace(profile, concerns=concerns)

    def offers(wish: Wish) -> Iterable[Step]:
        return [step for step in stock if step.type == wish.type]

    built = build(KNOWLEDGE, profile, size, offers)
    steps = [*built.steps, *([built.course] if built.course else [])]
    for step in steps:
        assert not [one for one in step.ids if held_back(KNOWLEDGE, one, profile)]
        assert not [one for one in step.ids if not_to_add(KNOWLEDGE, one, profile)]
        assert all(fits(KNOWLEDGE, one, profile) for one in step.actives if one in KNOWLEDGE.ingredients)
        for other in steps:
            found = clash(KNOWLEDGE, step, other) if other is not step else None
            assert found is None or found.kind in ("alternate_nights", "separate_am_pm")
    assert not built.checked.held
    assert not built.checked.out
    assert not built.checked.missing
    assert built.checked.verdict in (Verdict.YES, Verdict.CAREFUL)
    assert built.sources


@pytest.mark.parametrize("concern", sorted(KNOWLEDGE.concerns))
def test_every_concern_gets_an_ingredient_that_is_chosen_for_it(concern: str) -> None:
    suggested = {item.ingredient for item in KNOWLEDGE.concerns[concern].suggest}
    built = build(KNOWLEDGE, Profile(concerns=(concern,)))
    assert suggested & {one for step in built.steps for one in step.actives}


def test_a_short_routine_has_three_to_five_steps_a_half() -> None:
    built = build(KNOWLEDGE, Profile())
    assert types(built, MORNING) == ["water_cleanser", "serum", "moisturizer", "sunscreen"]
    assert types(built, NIGHT) == ["water_cleanser", "serum", "moisturizer"]


def test_the_full_routine_has_ten_steps_at_night_from_oil_to_mask() -> None:
    night = types(build(KNOWLEDGE, Profile(), "full"), NIGHT)
    assert len(night) == 10
    assert (night[0], night[-1]) == ("oil_cleanser", "sleeping_mask")


def test_retinol_for_fine_lines_takes_the_night_and_vitamin_c_the_morning() -> None:
    built = build(KNOWLEDGE, Profile(concerns=("fine_lines",)))
    assert "retinol" in {active for one in built.checked.night for active in one.step.actives}
    assert "retinol" not in {active for one in built.checked.morning for active in one.step.actives}


def test_a_beginner_starts_without_strong_actives() -> None:
    for concern in KNOWLEDGE.concerns:
        assert not strong_in(KNOWLEDGE, build(KNOWLEDGE, Profile(concerns=(concern,), beginner=True), "full").steps)


def test_a_teenager_and_irritated_skin_get_none() -> None:
    for profile in (Profile(concerns=("acne",), age=15), Profile(concerns=("acne",), irritated=True)):
        assert not strong_in(KNOWLEDGE, build(KNOWLEDGE, profile, "full").steps)


def test_a_prescribed_treatment_gets_gentle_basics_and_the_word_to_ask_before_more() -> None:
    built = build(KNOWLEDGE, TREATED, "full")
    assert not strong_in(KNOWLEDGE, built.steps)
    assert not {"exfoliant"} & {*types(built, MORNING), *types(built, NIGHT)}
    assert {"water_cleanser", "moisturizer", "sunscreen"} <= {*types(built, MORNING)}
    assert built.checked.verdict is Verdict.YES
    said = KNOWLEDGE.safety["prescribed_treatment"]
    assert [line.text for note in built.checked.notes for line in note.lines] == [said.say]
    assert set(said.sources) <= set(built.checked.sources)


@pytest.mark.parametrize("told", ASK_BEFORE_ACTIVES)
@pytest.mark.parametrize("concern", sorted(KNOWLEDGE.concerns))
def test_nothing_strong_is_suggested_where_a_doctor_must_be_asked_first(told: str, concern: str) -> None:
    peeling, enzyme = Step("toner", ("lactic_acid",), title="Peeling"), Step("sheet_mask", ("papain",), title="Enzyme")
    for size in KNOWLEDGE.routines:
        for wants in ((), ("retinol", "glycolic_acid", "azelaic")):
            profile = Profile(concerns=(concern,), safety=(told,), wants=wants)
            built = build(KNOWLEDGE, profile, size, lambda wish: [one for one in (peeling, enzyme) if one.type == wish.type])
            assert not strong_in(KNOWLEDGE, built.steps)
            assert not {"Peeling", "Enzyme"} & {step.title for step in built.steps}
            assert "exfoliant" not in {step.type for step in built.steps}
            assert KNOWLEDGE.safety[told].say in [line.text for note in built.checked.notes for line in note.lines]


def test_the_shops_product_is_taken_where_it_fits_and_passed_over_where_not() -> None:
    good = Step("serum", ("niacinamide",), title="Niacin", handle="niacin")
    bad = Step("serum", ("retinol",), title="Retinol", handle="retinol")
    built = build(KNOWLEDGE, Profile(pregnant=True), offers=lambda wish: [bad, good] if wish.type == "serum" else [])
    assert "niacin" in [step.handle for step in built.steps]
    assert "retinol" not in [step.handle for step in built.steps]


def test_the_ampoule_is_a_course_beside_the_daily_serum() -> None:
    built = build(KNOWLEDGE, Profile(concerns=("dehydration",)))
    assert built.course is not None
    assert built.course.type == "ampoule"
    assert "ampoule" not in [step.type for step in built.steps]


def test_candidates_serve_every_concern_before_a_second_choice_for_one() -> None:
    found = candidates(KNOWLEDGE, Profile(concerns=("dark_spots", "dryness")))
    firsts = [KNOWLEDGE.concerns[one].suggest[0].ingredient for one in ("dark_spots", "dryness")]
    assert found[:2] == firsts
