"""What is said to somebody young: under a year no sunscreen unasked, and for a teenager what their skin needs."""

from __future__ import annotations

import pytest

from bot.rules.advice import Profile, Question
from bot.rules.answers import answer
from bot.rules.schema import Verdict
from tests.knowledge import knowledge


def said(kind: str, years: int, *subjects: str, needs: tuple[str, ...] = ()) -> str:
    advice = answer(knowledge(), Question(kind, subjects, needs=needs, profile=Profile(age=years)))
    return " ".join(line.text for line in advice.lines)


@pytest.mark.parametrize("kind", ["age", "for_skin_type", "for_concern", "can_use"])
def test_a_baby_is_kept_out_of_the_sun(kind: str) -> None:
    subjects = ("sunscreen",) if kind in ("age", "can_use") else ()
    assert "shade" in said(kind, 0, *subjects) and "shade" not in said(kind, 9, *subjects)


def test_a_babys_cream_is_answered_as_any_childs() -> None:
    assert "moisturizer" in said("age", 0, "moisturizer") and "from six months on" in said("age", 0, "moisturizer")


def test_a_teenager_with_breakouts_is_sent_to_a_doctor_before_an_active() -> None:
    young = answer(knowledge(), Question("age", ("tea_tree_oil",), needs=("acne",), profile=Profile(age=16)))
    anybody = answer(knowledge(), Question("age", ("tea_tree_oil",), needs=("acne",)))
    assert young.verdict is anybody.verdict is Verdict.DOCTOR


def test_kin_of_what_somebody_reacts_to_is_named_for_a_whole_family() -> None:
    from bot.answers.resources import Resources
    from bot.rules.routine_guard import held_back
    from bot.settings import settings

    wording = Resources(settings()).wording
    for family_id in knowledge().families:
        for member in knowledge().families[family_id].members:
            why = held_back(knowledge(), family_id, Profile(allergies=(member,)))
            assert why is None or all(wording.line(line) for line in why.lines)
