"""A talk with services by hand: frames from text with their kind given, the memory kept, nothing decided by a model."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Callable, Iterator, List

import pytest

from bot.answers.answer import Answer, Offers, Part, Statements
from bot.answers.resources import Resources
from bot.answers.turn import Turn
from bot.cli.shop_setup import SAMPLE
from bot.rules.advice import Question
from bot.settings import Settings
from bot.store.importers.importing import import_file
from bot.understanding.frame import FORM, NEEDS, SUBJECTS, Frame
from bot.understanding.memory import Memory
from bot.understanding.person import told
from tests.store.conftest import with_tables
from tests.understanding.reading import frame

NOW = 0.0
Service = Callable[[Turn], Answer]


@dataclass
class Talk:
    """A conversation with one person."""

    resources: Resources
    memory: Memory = field(default_factory=Memory)
    channel: str = "rest"

    def turn(self, said: Frame, closing: ExitStack) -> Turn:
        """The turn of a frame."""
        knowledge = self.resources.knowledge
        other = said.whose == "other"
        before = (self.memory.other if other else self.memory.person) or self.memory.person
        person = told(said, before, knowledge, NOW)
        memory = replace(self.memory, other=person) if other else replace(self.memory, person=person)
        asked = Question(
            said.kind, said.ids(*SUBJECTS), said.ids("product_type", role=FORM), said.ids(*NEEDS), person, said.polar,
            safety=said.ids("safety"),
        )
        return Turn(said, asked, person, memory, before, False, "", self.channel, self.resources, closing)

    def asks(self, service: Service, text: str | Frame, kind: str = "", **fields: Any) -> Answer:
        """What a service answers to a text; the memory goes on with it."""
        said = frame(text, kind, **fields) if isinstance(text, str) else text
        with ExitStack() as closing:
            answer = service(self.turn(said, closing))
        self.memory = answer.memory
        return answer

    def text(self, service: Service, text: str | Frame, kind: str = "", **fields: Any) -> str:
        """The same as words."""
        return "\n".join(self.words(part) for part in self.asks(service, text, kind, **fields).parts)

    def words(self, part: Part) -> str:
        """A part as words."""
        if isinstance(part, Statements):
            return self.resources.wording.body(part.advice, part.polar)
        if isinstance(part, Offers):
            lines: List[str] = [f"{one.product.title}: {one.reason}" for one in part.offers]
            return "\n".join([*part.intro, *lines, *part.hints])
        return part.text


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Resources]:
    """Resources with the sample shop in a database of their own."""
    folder: Path = tmp_path_factory.mktemp("answers")
    made = Resources(Settings(database_url=f"sqlite:///{folder / 'shop.sqlite'}", var=folder))
    with_tables(made.chosen.shop_database)
    import_file(made.database, SAMPLE)
    yield made
    made.database.dispose()


@pytest.fixture
def talk(stocked: Resources) -> Talk:
    """A new talk with a shop that has products."""
    return Talk(stocked)


@pytest.fixture
def talk_without_shop(tmp_path: Path) -> Iterator[Talk]:
    """A new talk while the shop's database has no tables, as before the first import."""
    made = Resources(Settings(database_url=f"sqlite:///{tmp_path / 'gone' / 'shop.sqlite'}", var=tmp_path))
    yield Talk(made)
    made.database.dispose()
