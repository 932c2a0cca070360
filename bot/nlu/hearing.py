"""What the pipeline finds in a text before any classifier: for checks and explanations that need no trained model."""

from __future__ import annotations

from typing import Callable

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.subjects import RARE_WORDS, SPOKEN, UNKNOWN_WORDS, SubjectExtractor
from bot.understanding.plain import Spoken
from bot.understanding.reader import Heard


def hearer() -> Callable[[str, str], Heard]:
    """A function from a kind that is taken for the classifier's guess, and a text, to what is heard in it."""
    extractor = SubjectExtractor(SubjectExtractor.get_default_config())

    def hear(kind: str, text: str) -> Heard:
        message = extractor.process([Message({TEXT: text})])[0]
        return Heard(
            text=text,
            tokens=[Spoken(*token) for token in message.get(SPOKEN)],
            entities=message.get(ENTITIES, []),
            ranking=[(kind, 1.0)],
            unknown=message.get(UNKNOWN_WORDS),
            rare=message.get(RARE_WORDS),
        )

    return hear
