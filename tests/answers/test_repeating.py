"""What was said last is not said again to something else: another situation that the message may tell of is spoken of instead."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.door import Place, reply
from bot.answers.resources import Resources
from bot.rules.advice import Profile
from bot.settings import settings
from bot.understanding.frame import Guess
from bot.understanding.memory import Memory
from tests.understanding.reading import frame

RESOURCES = Resources(settings())
PLACE = Place("", "rest", 0.0)
WINDOW, WINTER = Guess("sunscreen_indoors_window_car", 0.1), Guess("skin_bad_in_winter", 0.1)


def said(text: str, kind: str, memory: Memory, *in_talk: Guess) -> tuple[str, Memory]:
    """The answer to a text of a kind that may go on with these situations, and the memory after it."""
    messages, after = reply([replace(frame(text, kind), in_talk=in_talk)], memory, PLACE, RESOURCES)
    return " ".join(one.text for one in messages), after


def test_another_situation_is_spoken_of_rather_than_the_same_again() -> None:
    first, memory = said("do I need sunscreen every day", "sunscreen", Memory())
    again, _ = said("do I need sunscreen every day", "sunscreen", memory)
    other, _ = said("do I need sunscreen every day", "sunscreen", memory, WINDOW)
    assert again == first and other != first and "window" in other.lower()


def test_what_has_nothing_to_do_with_it_is_not() -> None:
    first, memory = said("do I need sunscreen every day", "sunscreen", Memory())
    assert said("do I need sunscreen every day", "sunscreen", memory, WINTER)[0] == first


def test_a_refusal_stands() -> None:
    memory = Memory(person=Profile(pregnant=True))
    first, memory = said("can I use retinol", "can_use", memory)
    assert "retinol" in first.lower()
    second, _ = said("can I use retinol", "can_use", memory, WINDOW)
    assert "window" not in second.lower() and "retinol" in second.lower()


def test_what_was_said_last_is_kept_with_the_conversation() -> None:
    _, memory = said("do I need sunscreen every day", "sunscreen", Memory())
    assert memory.last and Memory.read(memory.as_data()).last == memory.last


def test_a_story_is_answered_as_it_was() -> None:
    first, memory = said("do I need sunscreen every day", "sunscreen", Memory())
    told = replace(frame("do I need sunscreen every day", "sunscreen"), in_talk=(WINDOW,), story="sunscreen")
    messages, _ = reply([told], memory, PLACE, RESOURCES)
    assert " ".join(one.text for one in messages) == first
