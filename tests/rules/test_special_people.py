"""Children, teenagers, and what somebody with a disease keeps away from."""

from __future__ import annotations

from bot.rules.advice import Profile, Question
from bot.rules.answers import answer
from bot.rules.choosing import fitting_instead
from bot.rules.schema import Verdict
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()


def test_a_child_is_offered_nothing_but_the_basics() -> None:
    child = Profile(age=9)
    asked = Question("for_concern", ("retinol",), needs=("acne",), profile=child)
    assert fitting_instead(KNOWLEDGE, asked, child) == []
    assert answer(KNOWLEDGE, Question("can_use", ("niacinamide",), profile=child)).verdict is Verdict.NO
    found = answer(KNOWLEDGE, Question("for_concern", needs=("acne",), profile=child))
    assert found.lines[0].text == KNOWLEDGE.safety["child_under_13"].say


def test_a_child_may_use_sunscreen() -> None:
    assert answer(KNOWLEDGE, Question("can_use", ("sunscreen",), profile=Profile(age=9))).verdict is Verdict.YES


def test_a_teenager_gets_the_basics_and_asks_before_one_active() -> None:
    found = answer(KNOWLEDGE, Question("for_concern", needs=("acne",), profile=Profile(age=15)))
    assert "sunscreen" in found.lines[0].text and "Under 18 ask" in found.lines[0].text
    assert not {one for line in found.lines for one in line.recommends}


def test_what_a_disease_keeps_away_from_is_named() -> None:
    found = answer(KNOWLEDGE, Question("to_avoid", needs=("redness_sensitivity",), safety=("skin_disease",)))
    assert [line.text for line in found.lines] == [KNOWLEDGE.safety["skin_disease"].avoid]


def test_what_a_concern_keeps_away_from_is_named() -> None:
    found = answer(KNOWLEDGE, Question("to_avoid", needs=("redness_sensitivity",)))
    assert [line.key for line in found.lines] == ["avoid_with_concern"]
    assert set(found.lines[0].mentions) == set(KNOWLEDGE.concerns["redness_sensitivity"].avoid)
