"""Kinds of question that share an intent, told apart by their wording."""

from __future__ import annotations

import pytest

from actions.kinds import sets_reminder


@pytest.mark.parametrize(
    "message",
    [
        "remind me of the serum tomorrow evening",
        "could you remind me to remove my clay mask at eight",
        "i want a nudge on the nights for my acid",
        "one more reminder, this time for the cream",
        "do you send reminders?",
        "Remind me when it is an acid night",
        "let me know which evening is for the ampoule",
    ],
)
def test_a_wish_to_be_reminded_sets_a_reminder(message: str) -> None:
    assert sets_reminder(message)


@pytest.mark.parametrize(
    "message",
    [
        "what reminders did i set up",
        "show me my reminders",
        "i want to cancel the reminder for the serum",
        "don't remind me of the serum any more",
        "when will you remind me of the serum",
        "is my next reminder on friday",
        "please stop those messages about my ampoule",
        "no more nudges",
        "i'd like to change my reminder to nine",
    ],
)
def test_seeing_changing_or_ending_reminders_sets_none(message: str) -> None:
    assert not sets_reminder(message)
