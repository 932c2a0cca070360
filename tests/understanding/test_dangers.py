"""Dangers that the order of words shows, or what was told before: whose medicine it is, and what becomes of a wound."""

from __future__ import annotations

import pytest

from bot.rules.advice import Profile
from bot.understanding.memory import Memory
from bot.understanding.person import DAY, KEPT
from bot.understanding.resolve import Resolved, resolve
from tests.knowledge import knowledge
from tests.understanding.reading import read

KNOWLEDGE = knowledge()
NOW = 400 * DAY
NOBODY = Profile()
TREATED = Profile(procedure="before_wax_peel_laser", procedure_at=NOW - 3 * DAY)
STITCHED = Profile(safety=("healing_wound",))


def after(message: str, person: Profile = NOBODY, kind: str = "can_use") -> Resolved:
    """A message in a conversation with somebody."""
    return resolve(read(message, kind), Memory(person=person), KNOWLEDGE, "", NOW)


@pytest.mark.parametrize(
    "message",
    [
        "can i use my cousin's adapalene for a week",
        "my colleague offered me her roaccutane, is that fine",
        "i took two of my brother's lymecycline",
        "would leftover antibiotics help against spots",
        "my aunts hydroquinone, ok on my cheeks?",
        "someone else's spironolactone, one a day?",
        "may i give my tretinoin to my sister",
        "i ordered isotretinoin without a prescription, how many should i take",
    ],
)
def test_what_was_prescribed_for_another(message: str) -> None:
    assert "others_prescription" in after(message).asked.safety


@pytest.mark.parametrize(
    "message",
    [
        "my dermatologist gave me tretinoin, can i use niacinamide",
        "my sister uses tretinoin, can she use vitamin c",
        "my friend swears by isotretinoin, should i ask my doctor",
        "can i borrow my sister's moisturizer",
        "i use my own doxycycline as prescribed, is azelaic acid fine",
    ],
)
def test_what_was_prescribed_for_oneself(message: str) -> None:
    assert "others_prescription" not in after(message).asked.safety


@pytest.mark.parametrize("message", ["it is getting redder every day", "the lobe feels really hot", "now i have a fever", "the edges are oozing"])
@pytest.mark.parametrize("person", [TREATED, STITCHED])
def test_a_wound_that_gets_worse_after_it_was_told_of(message: str, person: Profile) -> None:
    found = after(message, person, "report_problem")
    assert found.frame.kind == "report_reaction"
    assert "possible_infection" in found.asked.safety


def test_the_same_words_without_a_wound_are_none() -> None:
    assert "possible_infection" not in after("it is getting redder every day").asked.safety
    long_past = Profile(procedure="before_wax_peel_laser", procedure_at=NOW - KEPT - DAY)
    assert "possible_infection" not in after("it is getting redder every day", long_past).asked.safety


@pytest.mark.parametrize("message", ["no fever and no pus", "it is not hot"])
def test_a_wound_that_heals(message: str) -> None:
    assert "possible_infection" not in after(message, TREATED).asked.safety


def test_skin_without_blood_after_an_injection() -> None:
    found = after("the chin turned really grey and hurts", TREATED)
    assert "blocked_vessel" in found.asked.safety
    assert found.person.red_flag == "blocked_vessel"
