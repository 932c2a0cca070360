"""What is known of a person survives the way through the tracker."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from actions.experience import is_beginner
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.advice import Profile
from bot.rules.steps import Step

IDS = st.lists(st.sampled_from(["serum", "retinol", "aha", "dry"]), max_size=3).map(lambda found: tuple(found))
STEPS = st.builds(Step, st.just("serum"), IDS, st.sampled_from([(), ("am",), ("am", "pm")]), st.text(), st.text())
PROFILES = st.builds(
    Profile, IDS, IDS, st.booleans(), st.none() | st.integers(1, 99), IDS, IDS, st.none() | st.booleans(),
    st.booleans(), st.lists(STEPS, max_size=4).map(lambda found: tuple(found)),
)


@given(PROFILES)
def test_a_profile_comes_back_from_json_as_it_was(known: Profile) -> None:
    assert Profile.read(json.loads(json.dumps(asdict(known)))) == known


def test_an_older_profile_without_the_newer_fields_is_still_read() -> None:
    assert Profile.read({"skin_types": ["dry"], "pregnant": True}) == Profile(("dry",), pregnant=True)


def test_what_is_in_use_is_named_once() -> None:
    steps = (Step("serum", ("retinol",)), Step("serum", ("retinol", "niacinamide")), Step("moisturizer"))
    assert Profile(routine=steps).in_use == ("serum", "retinol", "niacinamide", "moisturizer")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("I'm a beginner", True),
        ("i am new to skincare", True),
        ("never used retinol before", True),
        ("just starting with acids", True),
        ("I'm not a beginner", False),
        ("i'm not new to this", False),
        ("my skin is used to retinol", False),
        ("i've used acids for years", False),
        ("is this serum new", None),
        ("a new serum for my skin", None),
    ],
)
def test_experience_is_heard(message: str, expected: bool | None) -> None:
    assert is_beginner(message) is expected


def test_silence_keeps_what_was_known() -> None:
    assert is_beginner("and serum?", before=True) is True
