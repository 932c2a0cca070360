"""Rasa component: sure, unsure or lost, and red flags before everything.

The intent of a message that the classifier is unsure about becomes `unsure` (the ranking stays, for "did you mean"), of
one that it knows nothing about `lost`. A message with a red flag of the knowledge becomes `report_reaction` whatever else
it says; one with a pasted ingredient list `read_label`; one that is mostly not in Latin letters `ask_language`, because
the encoder was not made for it.
"""

from __future__ import annotations

from typing import Any, Dict, List, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.intents import BAND, LOST, UNSURE
from bot.nlu.subjects import KNOWN_WORDS, LABEL, SubjectExtractor
from bot.rules.knowledge import load
from bot.rules.safety import red_flags
from bot.settings import settings

RED_FLAG_INTENT = "report_reaction"
LABEL_INTENT = "read_label"
LANGUAGE_INTENT = "ask_language"
UNSURE_INTENT = "unsure"
FULL_WIDTH = frozenset(map(chr, range(0xFF21, 0xFF5B)))
LOST_INTENT = "lost"
INTENT_OF_BAND = {UNSURE: UNSURE_INTENT, LOST: LOST_INTENT}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ConfidenceBands(GraphComponent, IntentClassifier):
    """Turns bands into intents, unless something else decides."""

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        """An intent classifier and the subject extractor must have run."""
        return [IntentClassifier, SubjectExtractor]

    def __init__(self) -> None:
        self._red_flags = red_flags(load(settings().knowledge))

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ConfidenceBands:
        """Creates the component (see parent class)."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Replaces the intent of messages that are not sure, and of red flags."""
        for message in messages:
            flagged = any(
                entity["entity"] == "safety" and entity["value"] in self._red_flags and entity.get("role") != "negated"
                for entity in message.get(ENTITIES, [])
            )
            pasted = any(entity["entity"] == LABEL for entity in message.get(ENTITIES, []))
            forced = RED_FLAG_INTENT if flagged else LABEL_INTENT if pasted else _without_words(message)
            if forced:
                message.set(INTENT, {"name": forced, "confidence": 1.0}, add_to_output=True)
                continue
            name = INTENT_OF_BAND.get(message.get(BAND))
            if name:
                confidence = message.get(INTENT)["confidence"]
                message.set(INTENT, {"name": name, "confidence": confidence}, add_to_output=True)
        return messages


def _without_words(message: Message) -> str | None:
    """The intent of a message in which no word is known: another language's, or gibberish."""
    if not mostly_latin(message.get(TEXT)):
        return LANGUAGE_INTENT
    return LOST_INTENT if message.get(KNOWN_WORDS) == 0 and not message.get(ENTITIES) else None


def mostly_latin(text: str | None) -> bool:
    """True when at least half of a text's letters are Latin, or it has none."""
    letters = [letter for letter in text or "" if letter.isalpha()]
    return sum(letter < "\u0250" or letter in FULL_WIDTH for letter in letters) * 2 >= len(letters)
