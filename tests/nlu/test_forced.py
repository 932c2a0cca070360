"""What something else than the classifier decides: red flags, pasted labels, other languages, words that nobody knows."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.forced import FORCED, LANGUAGE, READ_LABEL, RED_FLAG, WRITTEN_IN, Forced
from bot.nlu.intents import BAND, LOST, SURE
from bot.nlu.subjects import SubjectExtractor

GUESS = {"name": "ask_frequency", "confidence": 0.9}
LABEL = "Aqua, Glycerin, Niacinamide, Butylene Glycol, Panthenol, Sodium Hyaluronate, Carbomer, Phenoxyethanol"


@pytest.fixture(scope="module")
def extractor() -> SubjectExtractor:
    """Finds subjects, with nothing learned."""
    return SubjectExtractor(SubjectExtractor.get_default_config())


@pytest.fixture(scope="module")
def forced() -> Forced:
    """The component, with the project's red flags."""
    return Forced()


@pytest.fixture
def decided(extractor: SubjectExtractor, forced: Forced) -> Any:
    """What is left on a message that a classifier was sure of."""

    def decide(text: str) -> Message:
        message = Message({TEXT: text, INTENT: GUESS, BAND: SURE})
        return forced.process(extractor.process([message]))[0]

    return decide


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("serum ok?", ""), ("", ""), ("세럼 써도 돼요?", "ko"), ("serum 세럼", ""), ("Привет", "ru"), ("naïve café", ""), ("병풀", ""), ("비타민C 세럼", ""),
        ("Beauty of Joseon 있어요?", "ko"), ("Rice Toner 지성 피부에도 괜찮아요?", "ko"), ("kann ich niacinamide und retinol mischen", "de"),
    ],
)
def test_another_language_is_noticed_beside_names(decided: Any, text: str, code: str) -> None:
    message = decided(text)
    assert message.get(WRITTEN_IN) == code and message.get(FORCED) == (LANGUAGE if code else "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("my lips are swelling after the serum, how often do i use it", RED_FLAG),
        ("i can't breathe", RED_FLAG),
        ("my lips are not swelling", ""),
        (f"is this fine: {LABEL}", READ_LABEL),
        ("세럼 써도 돼요?", LANGUAGE),
        ("how often do i use a serum", ""),
    ],
)
def test_what_decides_without_the_classifier(decided: Any, text: str, kind: str) -> None:
    message = decided(text)
    assert message.get(FORCED) == kind
    assert message.get(INTENT) == GUESS  # the intent stays the classifier's


@pytest.mark.parametrize(("text", "band"), [("xqzt wvvk", LOST), ("xqzt serum", SURE), ("xqzt please", SURE), ("???", LOST)])
def test_a_message_of_unknown_words_is_lost(decided: Any, text: str, band: str) -> None:
    assert decided(text).get(BAND) == band
