"""Conversations with the services of the shop, for tests: text in, the text of the answer out. The kind of each question is
given, so that no classifier is needed; what was said is kept as the services keep it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from functools import lru_cache
from typing import Callable

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.answers.answer import Answer, Offers, Part, Statements, Words
from bot.answers.products.cards import line
from bot.answers.resources import Resources
from bot.answers.turn import Turn
from bot.nlu.subjects import SPOKEN, UNKNOWN_WORDS, SubjectExtractor
from bot.rules.advice import Profile
from bot.understanding.frame import Frame
from bot.understanding.memory import Memory
from bot.understanding.plain import Spoken
from bot.understanding.reader import Heard, Reader
from bot.understanding.references import question

Service = Callable[[Turn], "Answer | None"]
NOBODY = Profile()


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return Reader()


class Talk:
    """One conversation about the sample shop."""

    def __init__(self, resources: Resources, extractor: SubjectExtractor, person: Profile = NOBODY) -> None:
        self.resources = resources
        self._extractor = extractor
        self.memory = Memory(person=person)
        self.answer: Answer | None = None

    def frame(self, kind: str, text: str) -> Frame:
        """What a question of a kind says."""
        message = self._extractor.process([Message({TEXT: text})])[0]
        tokens = [Spoken(*token) for token in message.get(SPOKEN)]
        heard = Heard(text, tokens, message.get(ENTITIES, []), ranking=[(kind, 1.0)], unknown=message.get(UNKNOWN_WORDS))
        return replace(_reader().read(heard), kind=kind)

    def turn(self, kind: str, text: str, page: str = "") -> Turn:
        """The turn of a question."""
        frame = self.frame(kind, text)
        asked = question(frame, self.memory, self.memory.person, self.resources.knowledge)
        person = self.memory.person
        goes_on = frame.has("goes_on") and not frame.has("goes_on_asking")
        return Turn(frame, asked, person, self.memory, person, goes_on, page, "test", self.resources, ExitStack())

    def say(self, service: Service, kind: str, text: str, page: str = "") -> str:
        """The text of a service's answer, empty where it has none; the memory goes on."""
        turn = self.turn(kind, text, page)
        with turn.closing:
            self.answer = service(turn)
        if self.answer is None:
            return ""
        self.memory = self.answer.memory
        return "\n".join(_text(turn, part) for part in self.answer.parts)


def _text(turn: Turn, part: Part) -> str:
    if isinstance(part, Offers):
        rows = [line(turn.wording, one.product, one.reason) for one in part.offers]
        return "\n".join([*part.intro, *(one.line for one in part.links), *rows, *filter(None, (part.more,)), *part.hints])
    if isinstance(part, Statements):
        return turn.wording.body(part.advice, part.polar)
    assert isinstance(part, Words)
    return part.text
