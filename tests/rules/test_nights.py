"""Nights to be reminded on."""

from __future__ import annotations

import pytest

from bot.paths import KNOWLEDGE
from bot.rules.advice import Profile
from bot.rules.knowledge import load
from bot.rules.nights import nights
from bot.rules.steps import Step

DATA = load(KNOWLEDGE)


@pytest.mark.parametrize("subject_id", [*DATA.product_types, *DATA.ingredients, *DATA.families])
def test_nights_are_days_of_a_week_and_pregnancy_never_adds_one(subject_id: str) -> None:
    found = nights(DATA, subject_id, Profile())
    assert set(found) <= set(range(7))
    assert list(found) == sorted(set(found))
    assert len(nights(DATA, subject_id, Profile(pregnant=True))) <= len(found)


def test_an_ampoule_has_two_or_three_nights_apart() -> None:
    found = nights(DATA, "ampoule", Profile())
    assert 2 <= len(found) <= 3
    assert all(later - earlier >= 2 for earlier, later in zip(found, found[1:]))


def test_nobody_is_reminded_of_what_they_should_not_use_or_a_doctor_prescribes() -> None:
    assert nights(DATA, "retinol", Profile(pregnant=True)) == ()
    assert nights(DATA, "tretinoin", Profile()) == ()


def test_an_active_in_the_routine_has_the_nights_of_the_plan() -> None:
    routine = (Step("serum", ("retinol",)), Step("serum", ("glycolic_acid",)))
    known = Profile(routine=routine)
    assert not set(nights(DATA, "retinol", known)) & set(nights(DATA, "glycolic_acid", known))
