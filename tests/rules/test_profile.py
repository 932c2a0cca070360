"""What is known of a person survives the way through JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, fields

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.advice import Profile
from bot.rules.steps import Step

IDS = st.lists(st.sampled_from(["serum", "retinol", "aha", "dry"]), max_size=3).map(lambda found: tuple(found))
STEPS = st.builds(Step, st.just("serum"), IDS, st.sampled_from([(), ("am",), ("am", "pm")]), st.text(), st.text())
FLAGS, STAMPS = st.booleans(), st.floats(0, 1e10)
FIELDS: dict[str, st.SearchStrategy[object]] = {
    "skin_types": IDS, "concerns": IDS, "pregnant": FLAGS, "age": st.none() | st.integers(1, 99), "avoids": IDS, "allergies": IDS,
    "safety": IDS, "beginner": st.none() | FLAGS, "irritated": FLAGS, "routine": st.lists(STEPS, max_size=4).map(tuple), "wants": IDS,
    "red_flag": st.text(), "red_flag_at": STAMPS, "procedure": st.text(), "procedure_at": STAMPS,
}
PROFILES = st.builds(Profile, **FIELDS)


def test_every_field_is_tried() -> None:
    assert {one.name for one in fields(Profile)} == set(FIELDS)


@given(PROFILES)
def test_a_profile_comes_back_from_json_as_it_was(known: Profile) -> None:
    assert Profile.read(json.loads(json.dumps(asdict(known)))) == known


def test_an_older_profile_without_the_newer_fields_is_still_read() -> None:
    assert Profile.read({"skin_types": ["dry"], "pregnant": True}) == Profile(("dry",), pregnant=True)


def test_what_is_in_use_is_named_once() -> None:
    steps = (Step("serum", ("retinol",)), Step("serum", ("retinol", "niacinamide")), Step("moisturizer"))
    assert Profile(routine=steps).in_use == ("serum", "retinol", "niacinamide", "moisturizer")
