"""Which of the finder's questions are still open, and which kinds of product the answers lead to."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.advice import Profile
from bot.rules.finder import (
    BUDGET,
    CONCERN,
    CRISIS,
    DAILY,
    NEED,
    SENSITIVE,
    SKIN,
    STEPS,
    USES,
    Finder,
    next_step,
    wants,
)
from bot.rules.steps import Step
from tests.knowledge import knowledge


@pytest.mark.parametrize(
    ("finder", "profile", "step"),
    [
        (Finder(), Profile(), CONCERN),
        (Finder(), Profile(concerns=("acne",)), NEED),
        (Finder(types=("toner",)), Profile(concerns=("acne",)), SKIN),
        (Finder(settled=(CONCERN, NEED)), Profile(skin_types=("sensitive",)), SKIN),
        (Finder(settled=(CONCERN, NEED)), Profile(skin_types=("dry",)), SENSITIVE),
        (Finder(settled=(CONCERN, NEED)), Profile(skin_types=("dry", "sensitive")), SENSITIVE),
        (Finder(settled=(CONCERN, NEED)), Profile(skin_types=("dry", "sensitive"), pregnant=True), USES),
        (Finder(settled=(CONCERN, NEED), sensitive=False, pregnant=False), Profile(skin_types=("dry",)), USES),
        (Finder(settled=STEPS[:4]), Profile(routine=(Step("serum"),)), BUDGET),
        (Finder(settled=STEPS[:5], max_price=2000), Profile(), ""),
        (Finder(settled=STEPS), Profile(), ""),
    ],
)
def test_the_next_question_is_the_first_not_known_yet(finder: Finder, profile: Profile, step: str) -> None:
    assert next_step(finder, profile) == step


def test_at_most_six_questions() -> None:
    finder, asked = Finder(), []
    while step := next_step(finder, Profile()):
        finder = finder.settle(step)
        asked.append(step)
    assert asked == list(STEPS)
    assert len(asked) == 6


@given(st.sets(st.sampled_from(STEPS)))
def test_a_settled_question_is_never_asked_again(settled: set[str]) -> None:
    assert next_step(Finder(settled=tuple(settled)), Profile()) not in settled


@pytest.mark.parametrize(
    ("need", "concerns", "first", "never"),
    [
        (DAILY, ("dark_spots",), "serum", "ampoule"),
        (CRISIS, ("dark_spots",), "ampoule", "serum"),
        ("", (), "serum", "ampoule"),
        (CRISIS, (), "ampoule", "serum"),
    ],
)
def test_a_serum_is_for_every_day_and_an_ampoule_for_a_crisis(
    need: str, concerns: tuple[str, ...], first: str, never: str
) -> None:
    types = wants(knowledge(), Finder(need=need, concerns=concerns), Profile()).types
    assert types[0] == first and never not in types


def test_the_kind_asked_for_wins() -> None:
    assert wants(knowledge(), Finder(types=("toner",), need=CRISIS), Profile(concerns=("acne",))).types == ("toner",)


def test_what_is_used_comes_from_the_answer_and_the_routine() -> None:
    profile = Profile(routine=(Step("serum", ("retinol",)),))
    assert set(wants(knowledge(), Finder(uses=("aha",)), profile).in_use) == {"aha", "serum", "retinol"}


def test_a_search_survives_its_slot() -> None:
    finder = Finder(step=SKIN, settled=(CONCERN,), concerns=("acne",), max_price=2000, pregnant=False, shown=("a",))
    stored = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(finder).items()}
    assert Finder.read(stored) == finder
