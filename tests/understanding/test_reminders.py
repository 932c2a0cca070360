"""What messages about reminders and labels want."""

from __future__ import annotations

import pytest

from bot.understanding.frame import Mention
from bot.understanding.labels import label_is_really_a_choice
from bot.understanding.reminders import sets_reminder
from tests.understanding.reading import frame


@pytest.mark.parametrize(
    "text",
    [
        "remind me of the serum tomorrow evening", "could you remind me to remove my clay mask at eight",
        "one more reminder, this time for the cream", "do you send reminders?", "Remind me when it is an acid night",
        "please set my reminder for nine",
    ],
)
def test_a_wish_to_be_reminded_sets_a_reminder(text: str) -> None:
    assert sets_reminder(frame(text))


@pytest.mark.parametrize(
    "text",
    [
        "what reminders did i set up", "show me my reminders", "i want to cancel the reminder for the serum",
        "don't remind me of the serum any more", "when will you remind me of the serum", "is my next reminder on friday",
        "i'd like to change my reminder to nine", "no more reminders please", "get rid of the reminder",
    ],
)
def test_seeing_changing_or_ending_reminders_sets_none(text: str) -> None:
    assert not sets_reminder(frame(text))


def test_which_ingredients_to_choose_is_asked_without_a_list() -> None:
    text = "which ingredients help with acne"
    assert label_is_really_a_choice(frame(text))
    assert not label_is_really_a_choice(frame(text, mentions=(Mention("label", "list", text, 0, len(text)),)))
    assert not label_is_really_a_choice(frame("can you read a label for me"))
