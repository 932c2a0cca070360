"""Rasa component: puts each question of a message behind it as a message of its own.

It comes first in the pipeline, so that the components between treat all of them in one batch; `bot.nlu.frames` comes last
and takes them off again. Where every message has one intent by definition, as in public benchmarks, leave both out.
"""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.bounds import readable
from bot.nlu.clauses import parts
from bot.settings import settings

PART = "part"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class QuestionSplitter(GraphComponent, IntentClassifier):
    """Puts the questions of each message behind it."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionSplitter:
        """Creates the component (see parent class)."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """The messages, each followed by its questions where it asks more than it seems."""
        spread = []
        for message in messages:
            spread.append(message)
            text = readable(message.get(TEXT) or "", settings().longest_message)
            spread.extend(Message({TEXT: part.question, PART: part}) for part in parts(text))
        return spread
