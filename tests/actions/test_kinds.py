"""Kinds of question that share an intent, told apart by their wording."""

from __future__ import annotations

import pytest

from actions.kinds import names_own_products, sets_reminder


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


@pytest.mark.parametrize(
    "message",
    [
        "please make me a routine with my own products",
        "can you build one from what i already have: a gel, a toner and a lotion",
        "i'd like a routine out of everything i own",
    ],
)
def test_a_routine_out_of_ones_own_products(message: str) -> None:
    assert names_own_products(message)


@pytest.mark.parametrize(
    "message", ["build me a routine for dry skin", "which routine do i need with your products", "a routine with a serum i'd have to buy", "make me a routine, what i have to use and when"]
)
def test_a_routine_out_of_the_shops_products(message: str) -> None:
    assert not names_own_products(message)
