"""Whoever is upset gets one sentence of regret that fits and a person, and no products."""

from __future__ import annotations

from typing import List

import pytest

from bot.answers.answer import Message
from bot.answers.door import Place, reply
from bot.understanding.frame import SURE, UNSURE
from bot.understanding.memory import Memory
from tests.answers.talking import Talk
from tests.understanding.reading import read

HERE = Place("", "test", 0.0)


def said(talk: Talk, text: str, kind: str, band: str = UNSURE) -> List[Message]:
    """The messages that answer a text of which the classifier guesses this kind."""
    return reply([read(text, kind, band=band)], Memory(), HERE, talk.resources)[0]


@pytest.mark.parametrize(
    ("text", "kind", "first"),
    [
        ("your shop is a disgrace", "discount", "I'm sorry that we let you down"),
        ("you will hear from my lawyer", "human", "I'm sorry that it has come to this."),
        ("my account was hacked", "how_to_order", "I'm sorry, that is serious: please change your password now"),
        ("are you kidding me, another week", "plan_week", "I'm sorry, I understand"),
    ],
)
def test_regret_comes_first_and_a_person_at_once(talk: Talk, text: str, kind: str, first: str) -> None:
    (message,) = said(talk, text, kind)
    assert message.text.startswith(first) and "care@moonjar.example" in message.text and message.text.endswith("tell me its number.")
    assert [button["title"] for button in message.buttons] == ["Yes, pass it on", "No, leave it"]


def test_a_wrong_answer_is_regretted(talk: Talk) -> None:
    (message,) = said(talk, "that is no answer", "insult", SURE)
    assert message.text.startswith("I'm sorry that I was no help") and "care@moonjar.example" in message.text


def test_what_the_anger_is_about_is_answered_too(talk: Talk) -> None:
    (late,) = said(talk, "great service, only three weeks late", "order_status")
    assert late.text.startswith("I'm sorry that it is so late") and "tracking" in late.text
    (broken,) = said(talk, "what a horrible shop, my jar came broken", "insult")
    assert broken.text.startswith("I'm sorry about that. Customer care replaces")


def test_a_calm_question_has_no_regret(talk: Talk) -> None:
    (message,) = said(talk, "where is my parcel", "order_status", SURE)
    assert "sorry" not in message.text


def test_it_is_passed_on_only_after_a_yes(talk: Talk) -> None:
    memory = reply([read("your shop is a disgrace", "discount", band=UNSURE)], Memory(), HERE, talk.resources)[1]
    assert memory.shown.offered
    (message,) = reply([read("no thanks", "deny", band=SURE)], memory, HERE, talk.resources)[0]
    assert "ticket" not in message.text
    (message,) = reply([read("yes please", "affirm", band=SURE)], memory, HERE, talk.resources)[0]
    assert "ticket T" in message.text


def test_who_asks_for_a_person_in_anger_is_told_that_we_are_sorry(talk: Talk) -> None:
    (message,) = said(talk, "I have written four times, this is ridiculous, get me a person", "human", SURE)
    assert message.text.startswith("I'm sorry")
