"""Splitter and collector around a classifier: what becomes of a message with several questions."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.questions import QUESTION, QUESTIONS, RANKING, SEVERAL_INTENT, QuestionCollector, QuestionSplitter

TEXT_OF_TWO = "what is retinol and how often do i use it"


def understood(text: str, meant: dict[str, tuple[str, float]], **config: Any) -> Message:
    """The message as it comes out when a classifier gives these intents by text ("what is retinol": ask_what_is)."""
    whole = Message({TEXT: text, ENTITIES: [{"entity": "ingredient", "value": "retinol", "start": 8, "end": 15}]})
    spread = QuestionSplitter().process([whole])
    for message in spread:
        name, confidence = meant[message.get(TEXT)]
        message.set(INTENT, {"name": name, "confidence": confidence})
        message.set(RANKING, [{"name": name, "confidence": confidence}])
    collected = QuestionCollector({**QuestionCollector.get_default_config(), **config}).process(spread)
    assert collected == [whole]
    return whole


def intents(message: Message) -> list[str]:
    """Intents of the questions left on a message."""
    return [question["intent"]["name"] for question in message.get(QUESTIONS) or []]


def test_several_questions_with_their_own_entities() -> None:
    message = understood(TEXT_OF_TWO, {
        TEXT_OF_TWO: ("ask_what_is", 0.9), "what is retinol": ("ask_what_is", 0.9),
        "how often do i use it": ("ask_frequency", 0.8),
    })
    assert message.get(INTENT) == {"name": SEVERAL_INTENT, "confidence": 0.8}
    assert intents(message) == ["ask_what_is", "ask_frequency"]
    assert [[one["value"] for one in question["entities"]] for question in message.get(QUESTIONS)] == [["retinol"], []]


@pytest.mark.parametrize("second", [("ask_frequency", 0.3), ("lost", 0.9), ("thank", 0.9), ("ask_what_is", 0.9)])
def test_one_question_understood_leaves_the_message_whole(second: tuple[str, float]) -> None:
    message = understood(TEXT_OF_TWO, {
        TEXT_OF_TWO: ("ask_benefits", 0.9), "what is retinol": ("ask_what_is", 0.9), "how often do i use it": second,
    })
    assert message.get(INTENT)["name"] == "ask_benefits"
    assert intents(message) == []


@pytest.mark.parametrize("band", ["lost", "unsure"])
def test_the_one_question_understood_helps_a_message_that_was_not(band: str) -> None:
    message = understood(TEXT_OF_TWO, {
        TEXT_OF_TWO: (band, 0.2), "what is retinol": ("lost", 0.1), "how often do i use it": ("ask_frequency", 0.9),
    })
    assert message.get(INTENT)["name"] == "ask_frequency"
    assert message.get(QUESTION) == "how often do i use it"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_red_flag_anywhere_is_all_that_counts(place: int) -> None:
    names = ["ask_what_is", "ask_what_is", "ask_frequency"]
    names[place] = "report_reaction"
    texts = [TEXT_OF_TWO, "what is retinol", "how often do i use it"]
    message = understood(TEXT_OF_TWO, {text: (name, 0.9) for text, name in zip(texts, names)})
    assert message.get(INTENT)["name"] == "report_reaction"
    assert intents(message) == []


def test_a_bare_question_is_read_after_the_one_before() -> None:
    meant = {
        TEXT_OF_TWO: ("ask_what_is", 0.9), "what is retinol": ("ask_what_is", 0.9),
        "how often do i use it": ("ask_price", 0.9),
    }
    message = understood(TEXT_OF_TWO, meant, after={"ask_what_is": {"ask_price": "ask_amount"}})
    assert intents(message) == ["ask_what_is", "ask_amount"]
