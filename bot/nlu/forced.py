"""Rasa component: what something else than the classifier decides.

A message with a red flag of the knowledge is `report_reaction` whatever else it says; one with a pasted ingredient list
`read_label`; one in another language `language`, because nothing here was made for it, with that language as `written_in`; one
in which no word is known is lost. The intent stays the classifier's: the kind is left on the message as `forced`, for the reader.
"""

from __future__ import annotations

from typing import Any, Dict, List, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.intents import BAND, LOST
from bot.nlu.languages import Span, languages
from bot.nlu.subjects import LABEL, SPOKEN, UNKNOWN_WORDS, SubjectExtractor
from bot.rules.knowledge import load
from bot.rules.safety import red_flags
from bot.settings import settings

FORCED, WRITTEN_IN = "forced", "written_in"
RED_FLAG, READ_LABEL, LANGUAGE = "report_reaction", "read_label", "language"
TELL_NOTHING = frozenset({LABEL, "product", "brand", "product_type", "ingredient", "family", "term"})
"""Labels of names that people write the same in every language, or in Korean in every language."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Forced(GraphComponent, IntentClassifier):
    """Leaves the kind on a message that something else than the classifier decides."""

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        """An intent classifier and the subject extractor must have run."""
        return [IntentClassifier, SubjectExtractor]

    def __init__(self) -> None:
        self._red_flags = red_flags(load(settings().knowledge))
        self._languages = languages()

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Forced:
        """Creates the component (see parent class)."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Leaves the kind on messages where it is decided, and calls those lost in which no word is known."""
        for message in messages:
            flagged = any(
                entity["entity"] == "safety" and entity["value"] in self._red_flags and entity.get("role") != "negated"
                for entity in message.get(ENTITIES, [])
            )
            pasted = any(entity["entity"] == LABEL for entity in message.get(ENTITIES, []))
            written_in = self._languages.written_in(message.get(TEXT) or "", _names(message))
            message.set(WRITTEN_IN, written_in)
            message.set(FORCED, RED_FLAG if flagged else READ_LABEL if pasted else LANGUAGE if written_in else "")
            if not message.get(ENTITIES) and not _knows_a_word(message):
                message.set(BAND, LOST)
        return messages


def _knows_a_word(message: Message) -> bool:
    words = [written for written, *_ in message.get(SPOKEN) or () if written.isalpha()]
    return len(message.get(UNKNOWN_WORDS) or ()) < len(words)


def _names(message: Message) -> List[Span]:
    return [(entity["start"], entity["end"]) for entity in message.get(ENTITIES, []) if entity["entity"] in TELL_NOTHING]
