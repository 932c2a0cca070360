"""The week: nights spread, clashing actives apart, rest between them, and nobody given what they must leave."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given

from bot.rules.advice import Profile
from bot.rules.routine_clashes import clash
from bot.rules.routine_guard import held_back
from bot.rules.routine_use import strong_in
from bot.rules.steps import Step
from bot.rules.week import Week, plan
from tests.knowledge import knowledge
from tests.rules.test_routine import CLOSE, PROFILES, ROUTINES

KNOWLEDGE = knowledge()
BASICS = [Step("water_cleanser"), Step("moisturizer"), Step("sunscreen")]
RETINOL, GLYCOLIC = Step("serum", ("retinol",)), Step("exfoliant", ("glycolic_acid",))
VITAMIN_C, AMPOULE = Step("serum", ("ascorbic_acid",)), Step("ampoule", ("hyaluronic_acid",))


def nights_of(week: Week, step: Step) -> list[int]:
    """Days, from 0 for Monday, on whose night a step is used."""
    return [number for number, day in enumerate(week.days) if step in day.night]


@CLOSE
@given(ROUTINES, PROFILES)
def test_no_day_holds_what_clashes_or_must_be_left(steps: list[Step], profile: Profile) -> None:
    week = plan(KNOWLEDGE, steps, profile)
    assert len(week.days) == 7
    for day in week.days:
        for half in (day.morning, day.night):
            assert not [pair for pair in combinations(half, 2) if clash(KNOWLEDGE, *pair)]
            assert not [one for step in half for one in step.ids if held_back(KNOWLEDGE, one, profile)]
        assert any(step.type == "sunscreen" for step in day.morning)
        assert not day.rest or not strong_in(KNOWLEDGE, day.night)


@CLOSE
@given(ROUTINES, PROFILES)
def test_every_step_that_stays_gets_a_day(steps: list[Step], profile: Profile) -> None:
    week = plan(KNOWLEDGE, steps, profile)
    staying = {one.step.what for one in (*week.checked.morning, *week.checked.night)}
    planned = {step.what for day in week.days for step in (*day.morning, *day.night)}
    assert planned == staying - {step.what for step in week.later}


@CLOSE
@given(ROUTINES, PROFILES)
def test_there_are_rest_nights(steps: list[Step], profile: Profile) -> None:
    week = plan(KNOWLEDGE, steps, profile)
    gently = profile.sensitive or profile.beginner
    strong = sum(bool(strong_in(KNOWLEDGE, day.night)) for day in week.days)
    assert strong <= (3 if gently else 5)


def test_ampoule_nights_are_two_or_three_and_apart() -> None:
    nights = nights_of(plan(KNOWLEDGE, [*BASICS, AMPOULE], Profile()), AMPOULE)
    assert len(nights) in (2, 3)
    assert all(later - earlier >= 2 for earlier, later in zip(nights, nights[1:]))


def test_retinol_and_acid_take_different_nights_with_rest_between() -> None:
    week = plan(KNOWLEDGE, [*BASICS, RETINOL, GLYCOLIC], Profile())
    assert not set(nights_of(week, RETINOL)) & set(nights_of(week, GLYCOLIC))
    assert len(nights_of(week, RETINOL)) == 2
    assert sum(day.rest for day in week.days) >= 2


def test_a_beginner_starts_with_one_active_on_its_fewest_nights() -> None:
    week = plan(KNOWLEDGE, [*BASICS, RETINOL, GLYCOLIC], Profile(beginner=True))
    assert len(nights_of(week, RETINOL)) == 1
    assert week.later == (GLYCOLIC,)


def test_irritated_skin_gets_no_strong_active_at_all() -> None:
    week = plan(KNOWLEDGE, [*BASICS, RETINOL, GLYCOLIC, VITAMIN_C, AMPOULE], Profile(irritated=True))
    assert not any(strong_in(KNOWLEDGE, (*day.morning, *day.night)) for day in week.days)
    assert nights_of(week, AMPOULE)


def test_vitamin_c_takes_the_mornings() -> None:
    week = plan(KNOWLEDGE, [*BASICS, RETINOL, VITAMIN_C], Profile(beginner=False))
    assert all(VITAMIN_C in day.morning and VITAMIN_C not in day.night for day in week.days)


@pytest.mark.parametrize("skin", ["sensitive", "dry"])
def test_skin_type_limits_acid_nights(skin: str) -> None:
    week = plan(KNOWLEDGE, [*BASICS, GLYCOLIC], Profile((skin,), beginner=False))
    assert len(nights_of(week, GLYCOLIC)) <= KNOWLEDGE.skin_types[skin].exfoliate_per_week.high
