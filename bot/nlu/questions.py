"""Rasa components: a message that asks several questions, and a story that ends with one.

`QuestionSplitter` comes first in the pipeline. It puts each question of a message behind it as a message of its own,
so that the components between treat all of them in one batch. `QuestionCollector` comes last. It takes them off
again and leaves on the message `questions`: a list of {"text", "question", "intent", "intent_ranking", "entities"},
where `text` is the question with its context and `question` its wording alone. The message's intent becomes
`several_questions` where at least two of them were understood. Where every message has one intent by definition, as
in public benchmarks, leave both out of the pipeline.
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

from bot.nlu.bands import LOST_INTENT, RED_FLAG_INTENT, UNSURE_INTENT, ConfidenceBands
from bot.nlu.bounds import readable
from bot.nlu.clauses import Part, parts
from bot.nlu.subjects import LABEL
from bot.settings import settings

SEVERAL_INTENT = "several_questions"
RANKING = "intent_ranking"
QUESTIONS = "questions"
QUESTION = "question"
PART = "part"
SUBJECT_LABELS = frozenset(
    {"product", "product_type", "ingredient", "family", "concern", "skin_type", "term", "time_of_day", "percent", "age"}
)


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


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class QuestionCollector(GraphComponent, IntentClassifier):
    """Takes the questions off again and says of each message what it asks."""

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        """The splitter and the bands must have run."""
        return [QuestionSplitter, ConfidenceBands]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`least`: confidence below which a part does not count as a question; `least_of`: the same by intent, for
        those that a part without its context is taken for easily. `politeness`: intents that are no questions.
        `referring`: intents that ask about what was said just before.
        `after`: by the intent of the question before, what a bare question of another intent means."""
        return {
            "least": 0.5,
            "least_of": {"out_of_scope": 0.9},
            "referring": ["show_more"],
            "politeness": ["greet", "goodbye", "thank", "affirm", "deny", "how_are_you", "insult"],
            "after": {},
        }

    def __init__(self, config: Dict[str, Any]) -> None:
        self._least: float = config["least"]
        self._least_of: Dict[str, float] = config["least_of"]
        self._no_questions = {*config["politeness"], LOST_INTENT, UNSURE_INTENT}
        self._referring = {*config["referring"]}
        self._after: Dict[str, Dict[str, str]] = config["after"]

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionCollector:
        """Creates the component (see parent class)."""
        return cls(config)

    def process(self, messages: List[Message]) -> List[Message]:
        """The messages without their questions, whose meaning is now on the message they stand in."""
        whole: List[Message] = []
        asked: Dict[int, List[Message]] = {}
        for message in messages:
            if message.get(PART) is None:
                whole.append(message)
            else:
                asked.setdefault(len(whole) - 1, []).append(message)
        for place, found in asked.items():
            self._collect(whole[place], found)
        return whole

    def _collect(self, message: Message, found: List[Message]) -> None:
        """Decides between the message read whole and its questions. A red flag stays what it is, and so does a pasted
        label, whose printed warnings are no questions."""
        pasted = any(entity["entity"] == LABEL for entity in message.get(ENTITIES, []))
        if pasted or message.get(INTENT)["name"] == RED_FLAG_INTENT:
            return
        flagged = next((part for part in found if part.get(INTENT)["name"] == RED_FLAG_INTENT), None)
        if flagged is not None:
            _adopt(message, flagged)
            return
        understood = [_described(message, part) for part in found if self._is_understood(part)]
        questions = _different(self._in_context(understood))
        # "Slugging? what does that mean": a question about its own beginning is one with it.
        if any(question["intent"]["name"] in self._referring for question in questions[1:]) and self._is_understood(message):
            return
        if len(questions) > 1:
            confidence = min(question["intent"]["confidence"] for question in questions)
            message.set(INTENT, {"name": SEVERAL_INTENT, "confidence": confidence}, add_to_output=True)
            message.set(QUESTIONS, questions, add_to_output=True)
        elif questions and message.get(INTENT)["name"] in (LOST_INTENT, UNSURE_INTENT):
            _adopt(message, next(part for part in found if self._is_understood(part)))

    def _is_understood(self, part: Message) -> bool:
        name, confidence = part.get(INTENT)["name"], part.get(INTENT)["confidence"]
        return name not in self._no_questions and confidence >= self._least_of.get(name, self._least)

    def _in_context(self, questions: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
        """The questions, a bare one read after the one before: "do you ship to Spain and how much is it"."""
        read: List[Dict[str, Any]] = []
        for question in questions:
            meant = self._after.get(read[-1]["intent"]["name"], {}) if read and not _subjects(question) else {}
            name = question["intent"]["name"]
            read.append({**question, "intent": {**question["intent"], "name": meant.get(name, name)}})
        return read


def _adopt(message: Message, part: Message) -> None:
    """Gives the message the meaning of its one question."""
    message.set(INTENT, part.get(INTENT), add_to_output=True)
    message.set(RANKING, part.get(RANKING) or [], add_to_output=True)
    message.set(QUESTION, part.get(TEXT), add_to_output=True)


def _described(message: Message, part: Message) -> Dict[str, Any]:
    """One question as plain data; its entities are those of the whole message that stand in its stretch of it."""
    place: Part = part.get(PART)
    return {
        "text": message.get(TEXT)[place.start : place.end],
        "question": part.get(TEXT),
        "intent": part.get(INTENT),
        "intent_ranking": part.get(RANKING) or [],
        "entities": [
            {**entity, "start": entity["start"] - place.start, "end": entity["end"] - place.start}
            for entity in message.get(ENTITIES, [])
            if entity["start"] >= place.start and entity["end"] <= place.end
        ],
    }


def _different(questions: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """The questions without those that ask the same again: of the same kind about no subject of their own."""
    kept: List[Dict[str, Any]] = []
    for question in questions:
        same = [_subjects(one) for one in kept if one["intent"]["name"] == question["intent"]["name"]]
        if not any(_subjects(question) <= subjects for subjects in same):
            kept.append(question)
    return kept


def _subjects(question: Dict[str, Any]) -> frozenset[str]:
    return frozenset(one["value"] for one in question["entities"] if one["entity"] in SUBJECT_LABELS)
