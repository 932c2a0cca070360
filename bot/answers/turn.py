"""`Turn`: one question with everything that a service needs to answer it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Sequence

from bot.answers.answer import Answer, Part, Words
from bot.answers.resources import Resources
from bot.answers.wording import Wording
from bot.rules.advice import Advice, Profile, Question
from bot.rules.knowledge import Knowledge
from bot.rules.reasons import reasons
from bot.store.errors import StoreError
from bot.store.repository import ProductRepository
from bot.understanding.frame import Frame
from bot.understanding.memory import Asked, Memory, Said


@dataclass(frozen=True)
class Turn:
    """One question of one person.

    Attributes:
        frame: what the question says, completed by the conversation; `frame.kind` names the service.
        asked: the same as the rules take it.
        person: whom the answer is for, with what the message tells of them.
        memory: what the conversation kept, with what the message tells of the person.
        before: what was known of the person that the answer is for before the message.
        goes_on: whether it goes on with the last question ("and serum?").
        page: the handle of the product on whose page the person writes, empty elsewhere.
        channel: the name of the channel.
        resources: see there.
        closing: closes what was opened for the turn.
        sender: the conversation.
        now: when the message came, in seconds since 1970.
        picture: the name of the picture that came with it, empty where none did.
    """

    frame: Frame
    asked: Question
    person: Profile
    memory: Memory
    before: Profile
    goes_on: bool
    page: str
    channel: str
    resources: Resources
    closing: ExitStack = field(default_factory=ExitStack)
    sender: str = ""
    now: float = 0.0
    picture: str = ""

    @property
    def knowledge(self) -> Knowledge:
        """The skincare knowledge."""
        return self.resources.knowledge

    @property
    def held_for(self) -> Profile:
        """The person as the gate takes them: somebody who could not be remembered may be pregnant."""
        return self.person if self.memory.readable else replace(self.person, pregnant=True)

    @property
    def wording(self) -> Wording:
        """The assistant's wording."""
        return self.resources.wording

    @cached_property
    def products(self) -> ProductRepository:
        """The shop's products, in one session that lasts as long as the turn.

        Raises:
            StoreError: when the database gives no answer.
        """
        return ProductRepository(self.closing.enter_context(self.resources.database.session()))

    @property
    def currency(self) -> str:
        """What people mean by a bare number: the currency of the shop's prices, else the one that its file names."""
        try:
            return self.products.currency() or self.resources.shop.currency
        except StoreError:  # told where products are asked for; a number alone needs none
            return self.resources.shop.currency

    def say(self, key: str, **params: str) -> str:
        """A wording, filled."""
        return self.wording.say(key, **params)

    def answer(self, *parts: Part, memory: Memory | None = None) -> Answer:
        """An answer of these parts; the memory is the turn's, with nothing lost, unless one is given."""
        return Answer(tuple(parts), replace(self.memory, lost=0) if memory is None else memory)

    def reply(self, text: str, memory: Memory | None = None) -> Answer:
        """An answer of one plain text."""
        return self.answer(Words(text), memory=memory)

    def remembered(self, advice: Advice, asked: Question | None = None) -> Memory:
        """The memory after advice was given on a question: the question, its subjects, what more there is to say. A product
        spoken of before is meant by "it" no longer where the question was about something else."""
        asked = asked or self.asked
        said = Said(tuple(advice.more), tuple(reasons(advice)), tuple(advice.sources))
        kept = Asked(asked.kind, asked.subjects, asked.forms, asked.needs, polar=asked.polar)
        shown = self.memory.shown
        if kept.named:
            shown = replace(shown.focused("", self.page), found=(), kind="", wish={}, policy="", said="")
        else:
            shown = replace(shown, found=(), policy="")
        return replace(self.memory.heard(kept, said), shown=shown)

    def shows(self, handles: Sequence[str], focus: str = "", **changed: object) -> Memory:
        """The memory after products were shown: `focus` is what "it" means from now on; further fields of `Shown`."""
        shown = replace(self.memory.shown.focused(focus, self.page), listed=tuple(handles))
        return replace(self.memory, lost=0, shown=replace(shown, **changed))  # type: ignore[arg-type]
