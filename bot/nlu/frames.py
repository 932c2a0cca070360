"""Rasa component, the last of the pipeline: reads each question of a message into a `Frame`, without context.

It takes off the questions that `QuestionSplitter` put behind a message, decides whether the message is best read whole or as
several questions, and leaves on it `frames`, a list of frames as data (`Frame.as_data`). The intent stays the classifier's.
"""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Sequence, Tuple, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.clauses import Part
from bot.nlu.forced import FORCED, LANGUAGE, READ_LABEL, RED_FLAG, Forced
from bot.nlu.intents import BAND, TIED
from bot.nlu.questions import PART, QuestionSplitter
from bot.nlu.subjects import RARE_WORDS, SPOKEN, UNKNOWN_WORDS
from bot.understanding.frame import FRAMES, LOST, SURE
from bot.understanding.plain import Spoken
from bot.understanding.reader import Heard, Reader

RANKING = "intent_ranking"
Entity = Dict[str, Any]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class FrameReader(GraphComponent, IntentClassifier):
    """Leaves the frames of its questions on each message."""

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        """The splitter and what decides without the classifier must have run."""
        return [QuestionSplitter, Forced]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`least`: confidence below which a part does not count as a question; `least_of`: the same by intent, for those
        that a part without its context is taken for easily. `politeness`: intents that are no questions. `referring`:
        intents that ask about what was said just before."""
        return {
            "least": 0.5,
            "least_of": {"out_of_scope": 0.9},
            "referring": ["show_more"],
            "politeness": ["greet", "goodbye", "thank", "affirm", "deny", "how_are_you", "insult"],
        }

    def __init__(self, config: Dict[str, Any]) -> None:
        self._least: float = config["least"]
        self._least_of: Dict[str, float] = config["least_of"]
        self._politeness = {*config["politeness"]}
        self._referring = {*config["referring"]}
        self._reader = Reader()

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FrameReader:
        """Creates the component (see parent class)."""
        return cls(config)

    def process(self, messages: List[Message]) -> List[Message]:
        """The messages without their questions, each with its frames."""
        whole: List[Message] = []
        parts: Dict[int, List[Message]] = {}
        for message in messages:
            if message.get(PART) is None:
                whole.append(message)
            elif whole:
                parts.setdefault(len(whole) - 1, []).append(message)
        for place, message in enumerate(whole):
            frames = [self._reader.read(heard) for heard in self._heard(message, parts.get(place, []))]
            message.set(FRAMES, [frame.as_data() for frame in frames], add_to_output=True)
        return whole

    def _heard(self, message: Message, parts: Sequence[Message]) -> Iterator[Heard]:
        """The questions of a message. A red flag stays what it is, and so does a pasted label, whose printed warnings are
        no questions."""
        flagged = next((part for part in parts if part.get(FORCED) == RED_FLAG), None)
        if message.get(FORCED) in (RED_FLAG, READ_LABEL, LANGUAGE) or not parts:
            yield _whole(message)
            return
        if flagged is not None:
            yield _as_asked(message, flagged)
            return
        understood = list(_different(message, [part for part in parts if self._is_understood(part)]))
        names = [_intent(part)[0] for part in understood]
        # "Slugging? what does that mean": a question about its own beginning is one with it.
        refers = any(name in self._referring for name in names[1:]) and self._is_understood(message)
        if len(understood) > 1 and not refers:
            for number, part in enumerate(understood):
                yield _of_part(message, part, follows=number > 0)
        elif len(understood) == 1 and message.get(BAND) != SURE:
            yield _as_asked(message, understood[0])
        else:
            yield _whole(message)

    def _is_understood(self, part: Message) -> bool:
        name, confidence = _intent(part)
        known = part.get(BAND) == SURE and name not in self._politeness
        return known and confidence >= self._least_of.get(name, self._least)


def _intent(message: Message) -> Tuple[str, float]:
    intent = message.get(INTENT) or {}
    return str(intent.get("name") or ""), float(intent.get("confidence") or 0.0)


def _whole(message: Message) -> Heard:
    return _heard_of(message, message.get(TEXT) or "", _spoken(message), message.get(ENTITIES, []), message)


def _as_asked(message: Message, part: Message) -> Heard:
    """The whole message in the meaning of its one question."""
    heard = _heard_of(message, message.get(TEXT) or "", _spoken(message), message.get(ENTITIES, []), part)
    return Heard(**{**vars(heard), "wording": (_spoken(part), part.get(ENTITIES, []))})


def _of_part(message: Message, part: Message, follows: bool) -> Heard:
    """One of several questions: its stretch of the message, with the mentions that stand in it."""
    place: Part = part.get(PART)
    text = (message.get(TEXT) or "")[place.start : place.end]
    tokens = [one._replace(start=one.start - place.start) for one in _spoken(message) if place.start <= one.start < place.end]
    entities = [
        {**entity, "start": entity["start"] - place.start, "end": entity["end"] - place.start}
        for entity in message.get(ENTITIES, [])
        if entity["start"] >= place.start and entity["end"] <= place.end
    ]
    heard = _heard_of(message, text, tokens, entities, part)
    return Heard(**{**vars(heard), "wording": (_spoken(part), part.get(ENTITIES, [])), "follows": follows})


def _heard_of(message: Message, text: str, tokens: Sequence[Spoken], entities: Sequence[Entity], asked: Message) -> Heard:
    ranking = [(one["name"], one["confidence"]) for one in asked.get(RANKING) or []]
    return Heard(
        text=text,
        tokens=tokens,
        entities=entities,
        ranking=ranking or [_intent(asked)],
        band=asked.get(BAND) or (SURE if _intent(asked)[0] else LOST),
        tied=bool(asked.get(TIED)),
        forced=asked.get(FORCED) or "",
        unknown=message.get(UNKNOWN_WORDS) or (),
        rare=message.get(RARE_WORDS) or (),
    )


def _spoken(message: Message) -> List[Spoken]:
    return [Spoken(*token) for token in message.get(SPOKEN) or ()]


def _different(message: Message, parts: Sequence[Message]) -> Iterator[Message]:
    """The questions without those that ask the same again: of the same kind about no subject of their own."""
    seen: List[Tuple[str, frozenset[str]]] = []
    for part in parts:
        place: Part = part.get(PART)
        subjects = frozenset(
            one["value"] for one in message.get(ENTITIES, []) if one["start"] >= place.start and one["end"] <= place.end and "value" in one
        )
        name = _intent(part)[0]
        if not any(name == other and subjects <= before for other, before in seen):
            seen.append((name, subjects))
            yield part
