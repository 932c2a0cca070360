"""Rasa component: sure, unsure or lost, and red flags before everything.

Below `sure` the intent becomes `unsure` (the ranking stays, for "did you mean"), below `unsure` it becomes
`lost`. A message with a red flag of the knowledge becomes `report_reaction` whatever else it says; one with a pasted
ingredient list `read_label`; one that is mostly not in Latin letters becomes `ask_language`, because the encoder was not made for it.
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


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ConfidenceBands(GraphComponent, IntentClassifier):
    """Turns confidence into one of three bands."""

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        """An intent classifier and the subject extractor must have run."""
        return [IntentClassifier, SubjectExtractor]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`sure`, `unsure`: least confidence of the two upper bands. `margin`: least lead over the second guess."""
        return {"sure": 0.3, "unsure": 0.12, "margin": 0.0}

    def __init__(self, config: Dict[str, Any]) -> None:
        self._config = config
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
        return cls(config)

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
                message.set("intent", {"name": forced, "confidence": 1.0}, add_to_output=True)
                continue
            ranking = message.get("intent_ranking") or [{"name": LOST_INTENT, "confidence": 0.0}]
            name = self._band(ranking)
            if name:
                message.set("intent", {"name": name, "confidence": ranking[0]["confidence"]}, add_to_output=True)
        return messages

    def _band(self, ranking: List[Dict[str, Any]]) -> str | None:
        first = ranking[0]["confidence"]
        second = ranking[1]["confidence"] if len(ranking) > 1 else 0.0
        if first < self._config["unsure"]:
            return LOST_INTENT
        if first < self._config["sure"] or first - second < self._config["margin"]:
            return UNSURE_INTENT
        return None


def _without_words(message: Message) -> str | None:
    """The intent of a message in which no word is known: another language's, or gibberish."""
    if not mostly_latin(message.get(TEXT)):
        return LANGUAGE_INTENT
    return LOST_INTENT if message.get(KNOWN_WORDS) == 0 and not message.get(ENTITIES) else None


def mostly_latin(text: str | None) -> bool:
    """True when at least half of a text's letters are Latin, or it has none."""
    letters = [letter for letter in text or "" if letter.isalpha()]
    return sum(letter < "\u0250" or letter in FULL_WIDTH for letter in letters) * 2 >= len(letters)
