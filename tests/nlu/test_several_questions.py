"""Splitter and reader around a classifier: what becomes of a message with several questions."""

from __future__ import annotations

from typing import Any, Iterable

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.forced import Forced
from bot.nlu.frames import RANKING, FrameReader
from bot.nlu.intents import BAND, LOST, SURE, UNSURE
from bot.nlu.questions import PART, QuestionSplitter
from bot.nlu.subjects import SubjectExtractor
from bot.understanding.frame import Frame, frames_of

TEXT_OF_TWO = "what is retinol and how often do i use it"
FIRST, SECOND = "what is retinol", "how often do i use it"
Guess = tuple[str, float, str]


class Understood:
    """The pipeline with guesses in the classifier's place."""

    def __init__(self) -> None:
        self._extractor = SubjectExtractor(SubjectExtractor.get_default_config())
        self._forced = Forced()
        self._reader = FrameReader(FrameReader.get_default_config())

    def frames(self, text: str, guesses: dict[str, Guess]) -> list[Frame]:
        """The frames of a message, whose parts are guessed by their text."""
        return frames_of(self.message(text, guesses).as_dict())

    def message(self, text: str, guesses: dict[str, Guess]) -> Message:
        """The message with its frames; its questions are off it again."""
        whole = Message({TEXT: text})
        spread = self._extractor.process(QuestionSplitter().process([whole]))
        for message in spread:
            name, confidence, band = guesses[message.get(TEXT)]
            message.set(INTENT, {"name": name, "confidence": confidence})
            message.set(RANKING, [{"name": name, "confidence": confidence}])
            message.set(BAND, band)
        assert self._reader.process(self._forced.process(spread)) == [whole]
        return whole


@pytest.fixture(scope="module")
def understood() -> Understood:
    """One for all tests: it keeps nothing."""
    return Understood()


def sure(*names: str, confidence: float = 0.9) -> Iterable[Guess]:
    """Guesses that the classifier is sure of."""
    return [(name, confidence, SURE) for name in names]


def of_two(*guesses: Guess) -> dict[str, Guess]:
    """The guesses for the message of two questions, its first and its second."""
    return dict(zip((TEXT_OF_TWO, FIRST, SECOND), guesses))


def kinds(frames: Iterable[Frame]) -> list[str]:
    return [frame.kind for frame in frames]


def test_the_questions_stand_behind_their_message() -> None:
    spread = QuestionSplitter().process([Message({TEXT: TEXT_OF_TWO}), Message({TEXT: "hello"})])
    assert [message.get(TEXT) for message in spread] == [TEXT_OF_TWO, FIRST, SECOND, "hello"]
    assert [message.get(PART) is not None for message in spread] == [False, True, True, False]


def test_several_questions_with_their_own_subjects(understood: Understood) -> None:
    frames = understood.frames(TEXT_OF_TWO, of_two(*sure("ask_what_is", "ask_what_is", "ask_frequency")))
    assert kinds(frames) == ["what_is", "frequency"]
    assert [frame.ids("ingredient", "family") for frame in frames] == [("retinol",), ()]
    assert [frame.follows for frame in frames] == [False, True]
    assert [frame.text for frame in frames] == [FIRST, SECOND]


def test_places_of_mentions_are_those_in_the_question(understood: Understood) -> None:
    text = "what is a serum and how often do i use retinol"
    guesses = dict(zip((text, "what is a serum", "how often do i use retinol"), sure("ask_what_is", "ask_what_is", "ask_frequency")))
    for frame, named in zip(understood.frames(text, guesses), ("serum", "retinol")):
        (mention,) = frame.mentions
        assert frame.text[mention.start : mention.end] == named == mention.id


def test_the_intent_stays_the_classifiers(understood: Understood) -> None:
    message = understood.message(TEXT_OF_TWO, of_two(*sure("ask_benefits", "ask_what_is", "ask_frequency")))
    assert message.get(INTENT)["name"] == "ask_benefits"


@pytest.mark.parametrize(
    "second",
    [
        ("ask_frequency", 0.3, SURE), ("ask_frequency", 0.3, UNSURE), ("out_of_scope", 0.8, SURE), ("thank", 0.9, SURE),
        ("ask_what_is", 0.9, SURE),
    ],
    ids=["hardly sure", "unsure", "off the field but not plainly", "politeness", "the same again"],
)
def test_one_question_understood_leaves_the_message_whole(understood: Understood, second: Guess) -> None:
    frames = understood.frames(TEXT_OF_TWO, of_two(*sure("ask_benefits", "ask_what_is"), second))
    assert kinds(frames) == ["benefits"]
    assert frames[0].text == TEXT_OF_TWO and not frames[0].follows


@pytest.mark.parametrize("band", [LOST, UNSURE])
def test_the_one_question_understood_helps_a_message_that_was_not(understood: Understood, band: str) -> None:
    guesses = of_two(("ask_price", 0.2, band), ("ask_price", 0.1, LOST), ("ask_frequency", 0.9, SURE))
    (frame,) = understood.frames(TEXT_OF_TWO, guesses)
    assert (frame.kind, frame.band) == ("frequency", SURE)
    assert frame.ids("ingredient") == ("retinol",)  # what the rest of the message names is still asked about
    assert frame.words == tuple(SECOND.split())


def test_a_question_about_the_one_before_is_one_with_it(understood: Understood) -> None:
    text = "what is slugging? tell me more?"
    spread = [message.get(TEXT) for message in QuestionSplitter().process([Message({TEXT: text})])]
    assert len(spread) == 3
    assert kinds(understood.frames(text, dict(zip(spread, sure("ask_what_is", "ask_what_is", "show_more"))))) == ["what_is"]


@pytest.mark.parametrize(
    "text",
    ["my lips are swelling, what is retinol and how often do i use it", "what is retinol and is it normal that my lips are swelling"],
)
def test_a_red_flag_anywhere_is_all_that_counts(understood: Understood, text: str) -> None:
    spread = [message.get(TEXT) for message in QuestionSplitter().process([Message({TEXT: text})])]
    assert len(spread) > 2
    guesses: dict[str, Any] = {one: ("ask_what_is" if number < 2 else "ask_frequency", 0.9, SURE) for number, one in enumerate(spread)}
    (frame,) = understood.frames(text, guesses)
    assert (frame.kind, frame.band) == ("report_reaction", SURE)
