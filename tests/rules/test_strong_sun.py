"""What a medicine and a cream ask for under a strong sun."""

from __future__ import annotations

from bot.rules.advice import Profile, Question
from bot.rules.answers import answer
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()


def said(question: Question) -> str:
    return " ".join(line.text for line in answer(KNOWLEDGE, question).lines)


def test_the_antibiotic_is_not_stopped_and_acids_are_paused() -> None:
    known = Profile(safety=("photosensitising_medicine", "prescription_retinoid"))
    words = said(Question("strong_sun", ("glycolic_acid",), profile=known))
    assert "SPF 50" in words and "do not stop on your own" in words
    assert "tretinoin ask who gave it" in words and "Leave acids" in words


def test_without_a_medicine_there_is_only_what_protects() -> None:
    words = said(Question("strong_sun", profile=Profile()))
    assert "SPF 50" in words and "doxycycline" not in words and "acids" not in words
