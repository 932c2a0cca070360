"""Rasa component, the last of the pipeline: reads each question of a message into a `Frame`, without context.

It takes off the questions that `QuestionSplitter` put behind a message, decides whether the message is best read whole or as
several questions, and leaves on it `frames`, a list of frames as data (`Frame.as_data`). The intent stays the classifier's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import AbstractSet, Any, Dict, Iterator, List, Sequence, Tuple, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.acts import ACTS
from bot.nlu.clauses import Part
from bot.nlu.forced import FORCED, LANGUAGE, READ_LABEL, RED_FLAG, WRITTEN_IN, Forced
from bot.nlu.intents import BAND, TIED
from bot.nlu.meant import MEANT, MEANT_IN_TALK
from bot.nlu.questions import PART, QuestionSplitter
from bot.nlu.shop_talks import SHOP_IN_TALK
from bot.nlu.situations import ALARM, IN_TALK, SITUATIONS
from bot.nlu.subjects import RARE_WORDS, SPOKEN, UNKNOWN_WORDS
from bot.rules.knowledge import load
from bot.rules.safety import red_flags
from bot.settings import settings
from bot.understanding.frame import FRAMES, LOST, SUBJECTS, SURE, Frame, Guess
from bot.understanding.plain import Spoken
from bot.understanding.reader import Heard, Reader
from bot.understanding.situations import likeliest

RANKING = "intent_ranking"
SURER = 0.9
MOST_SITUATIONS = 6
MOST_OF_SCRAPS = 3
ONE_SITUATION = 0.6
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
        that a part without its context is taken for easily; `clear`: the same for a question of a story that names nothing. `troubles`: intents of a story that tells of one, which a question about a step of it goes on with. `politeness`: intents that are no questions. `referring`:
        intents that ask about what was said just before."""
        return {
            "least": 0.5,
            "clear": 0.85,
            "least_of": {"out_of_scope": 0.9},
            "referring": ["show_more"],
            "troubles": ["ask_pilling", "ask_purging", "ask_irritation", "report_problem", "ask_cause"],
            "politeness": ["greet", "goodbye", "thank", "affirm", "deny", "how_are_you", "insult"],
        }

    def __init__(self, config: Dict[str, Any]) -> None:
        self._least: float = config["least"]
        self._least_of: Dict[str, float] = config["least_of"]
        self._clear: float = config["clear"]
        self._troubles = {*config["troubles"]}
        self._politeness = {*config["politeness"]}
        self._referring = {*config["referring"]}
        self._reader = Reader()
        self._red_flags = frozenset(red_flags(load(settings().knowledge)))

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
            frames = list(self._read(message, parts.get(place, [])))
            message.set(FRAMES, [frame.as_data() for frame in frames], add_to_output=True)
        return whole

    def _read(self, message: Message, parts: Sequence[Message]) -> Iterator[Frame]:
        """The frames of a message. Of two questions of a story that the story makes the same the second is read by its own words."""
        seen: List[Tuple[str, Tuple[str, ...]]] = []
        for heard in self._heard(message, parts):
            frame = self._reader.read(heard)
            same = (frame.kind, frame.ids(*SUBJECTS))
            if heard.wide and same in seen:
                frame = self._reader.read(replace(heard, wide=False))
                same = (frame.kind, frame.ids(*SUBJECTS))
            if not heard.story or same not in seen:
                seen.append(same)
                yield replace(frame, alarm=tuple(Guess(*one) for one in message.get(ALARM) or ()))

    def _heard(self, message: Message, parts: Sequence[Message]) -> Iterator[Heard]:
        """The questions of a message. A red flag stays what it is, and so does a pasted label, whose printed warnings are
        no questions."""
        flagged = next((part for part in parts if part.get(FORCED) == RED_FLAG), None)
        story = any(part.get(PART).story for part in parts) and message.get(FORCED) not in (READ_LABEL, LANGUAGE)
        if story and not self._is_emergency(message):
            yield from self._of_story(message, parts)
            return
        if message.get(FORCED) in (RED_FLAG, READ_LABEL, LANGUAGE) or not parts:
            yield _whole(message, self._red_flags)
            return
        if flagged is not None:
            yield _as_asked(message, flagged)
            return
        if _tells_one(message):
            yield _whole(message, self._red_flags)
            return
        understood = list(_different(message, [part for part in parts if self._is_understood(part)]))
        names = [_intent(part)[0] for part in understood]
        # "Slugging? what does that mean": a question about its own beginning is one with it.
        refers = any(name in self._referring for name in names[1:]) and self._is_understood(message)
        if len(understood) > 1 and not refers:
            for number, part in enumerate(understood):
                yield _of_part(message, part, number > 0, _end_with_scraps(part, parts, understood))
        elif len(understood) == 1 and message.get(BAND) != SURE:
            yield _as_asked(message, understood[0])
        else:
            yield _whole(message, self._red_flags)

    def _is_emergency(self, message: Message) -> bool:
        """True where a red flag of the message holds now."""
        return message.get(FORCED) == RED_FLAG and self._reader.read(_whole(message, self._red_flags)).kind == RED_FLAG

    def _of_story(self, message: Message, parts: Sequence[Message]) -> Iterator[Heard]:
        """The questions of a story. One that says too little by itself to be sure of is taken as the story is."""
        asked = [part for part in parts if _intent(part)[0] not in self._politeness or part.get(BAND) != SURE] or list(parts[-1:])
        places = [part.get(PART) for part in parts]
        for number, part in enumerate(_different(message, asked)):
            clear = self._is_understood(part) and (_names_something(part) or _intent(part)[1] >= self._clear)
            troubled = _intent(part)[1] < SURER and _intent(message)[0] in self._troubles and _intent(message)[1] >= self._clear
            vague = troubled or (not clear and (part.get(BAND) == LOST or not _names_something(part)))
            heard = _heard_of(message, message.get(TEXT) or "", _spoken(message), message.get(ENTITIES, []), message if vague else part)
            place: Part = part.get(PART)
            yield replace(
                heard, asked=(place.asks, place.asks_end), story=_intent(message)[0] or LOST, red_flags=self._red_flags,
                forced="", follows=number > 0, wide=vague,
                situations=_of_both(message, part),
                beside=tuple((other.asks, other.asks_end) for other in places if other != place),
            )

    def _is_understood(self, part: Message) -> bool:
        name, confidence = _intent(part)
        known = part.get(BAND) == SURE and name not in self._politeness
        return known and confidence >= self._least_of.get(name, self._least)


def _names_something(part: Message) -> bool:
    return any(one["entity"] in (*SUBJECTS, "product", "concern", "term", "order_number") for one in part.get(ENTITIES, []))


def _intent(message: Message) -> Tuple[str, float]:
    intent = message.get(INTENT) or {}
    return str(intent.get("name") or ""), float(intent.get("confidence") or 0.0)


def _whole(message: Message, red_flags: AbstractSet[str]) -> Heard:
    heard = _heard_of(message, message.get(TEXT) or "", _spoken(message), message.get(ENTITIES, []), message)
    return replace(heard, red_flags=red_flags)


def _as_asked(message: Message, part: Message) -> Heard:
    """The whole message in the meaning of its one question; what only the whole of it means counts after that."""
    heard = _heard_of(message, message.get(TEXT) or "", _spoken(message), message.get(ENTITIES, []), part)
    meant = [*heard.meant, *(one for one in message.get(MEANT) or () if one not in heard.meant)]
    return Heard(**{**vars(heard), "wording": (_spoken(part), part.get(ENTITIES, [])), "meant": meant, "situations": _of_both(message, part)})


def _tells_one(message: Message) -> bool:
    """True where all of a message surely tells of one situation, and of no kind of question surely."""
    likely: Sequence[Guess] = message.get(SITUATIONS) or ()
    return bool(likely) and likely[0].share >= ONE_SITUATION and message.get(BAND) != SURE


def _of_both(message: Message, part: Message) -> Tuple[Guess, ...]:
    """What a message and its question sound like."""
    return likeliest([message.get(SITUATIONS) or (), part.get(SITUATIONS) or ()], MOST_SITUATIONS)


def _end_with_scraps(part: Message, parts: Sequence[Message], understood: Sequence[Message]) -> int:
    """Where a question ends with the few words behind it that say nothing by themselves: ", how long"."""
    end: int = part.get(PART).end
    for other in parts[parts.index(part) + 1 :]:
        if other in understood or len((other.get(TEXT) or "").split()) > MOST_OF_SCRAPS:
            break
        end = other.get(PART).end
    return end


def _of_part(message: Message, part: Message, follows: bool, end: int) -> Heard:
    """One of several questions: its stretch of the message up to `end`, with the mentions that stand in it."""
    place: Part = part.get(PART)
    text = (message.get(TEXT) or "")[place.start : end]
    tokens = [one._replace(start=one.start - place.start) for one in _spoken(message) if place.start <= one.start < end]
    entities = [
        {**entity, "start": entity["start"] - place.start, "end": entity["end"] - place.start}
        for entity in message.get(ENTITIES, [])
        if entity["start"] >= place.start and entity["end"] <= end
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
        language=message.get(WRITTEN_IN) or "",
        meant=asked.get(MEANT) or (),
        acts=message.get(ACTS) or (),
        situations=asked.get(SITUATIONS) or (),
        in_talk=message.get(IN_TALK) or (),
        meant_in_talk=message.get(MEANT_IN_TALK) or (),
        shop_in_talk=message.get(SHOP_IN_TALK) or (),
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
