"""Where scenarios are played: one conversation, its customer with the assistant, and the staff at some place. What the assistant keeps is
in a database; everything else may die between two steps."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from types import SimpleNamespace
from typing import Any, Protocol

from bot.answers.staff.listening import Overheard
from bot.channels.people import People
from bot.store.database import Database
from bot.store.people_policy import People as Hours
from bot.store.privacy import Privacy
from bot.support.handoff import (
    Author,
    Conversations,
    EmbeddedDesk,
    Ending,
    HandoffError,
    Line,
    Outgoing,
    Owner,
    Staff,
    Summary,
)
from tests.store.conftest import with_tables
from tests.support.handoff.scenarios import Scenario

ME, CHANNEL, STAFF = "web-me", "web", ("Mina", "Joon")
PROMISE = timedelta(minutes=10)
RED = "red"
LONG_MINUTES = 200
"""From so long a time on the clock is looked at less often."""


class Place(Protocol):
    """A place where staff answer."""

    def begin(self, stage: Stage) -> None:
        """A process begins, over what is kept."""

    def settle(self) -> None:
        """What is under way arrives, as far as the place can be reached."""

    def go(self, up: bool) -> None:
        """The place goes down, or is back."""

    def reply(self, agent: str, text: str) -> None:
        """One of the staff writes; the same words again are the same message."""

    def act(self, agent: str, what: str, version: int) -> None:
        """One of the staff does something else: "take", "give_back" or "close"."""

    def note(self, agent: str, text: str) -> None:
        """One of the staff writes a private note."""

    def seen(self) -> list[str]:
        """What of the customer's the staff have been shown, each as often as it was."""


@lru_cache(maxsize=1)
def _template() -> Path:
    path = Path(mkdtemp()) / "empty.sqlite"
    with_tables(f"sqlite:///{path}")
    return path


def empty_database(folder: Path) -> Database:
    """A database with empty tables."""
    path = folder / "shop.sqlite"
    shutil.copy(_template(), path)
    return Database(f"sqlite:///{path}")


class _People(People):
    """Asks as the channels do; an emergency is told by its first word."""

    async def _read(self, agent: Any, text: str) -> Overheard:
        return Overheard(emergency="Call for help now." if text.split()[0] == RED else "")


class Stage:
    """One scenario while it is played."""

    def __init__(self, folder: Path, place: Place, dies: bool = False) -> None:
        """
        Args:
            folder: an empty one, for the database.
            place: where the staff are.
            dies: whether the process dies after every step.
        """
        self.path, self.place, self._dies = folder / "shop.sqlite", place, dies
        shutil.copy(_template(), self.path)
        self.now = datetime.now(timezone.utc)
        self.page_open = True
        self.reads: list[str] = []
        self.to_staff: list[str] = []
        self.spoken_over: list[str] = []
        self._slow: list[str] = []
        self._keys: dict[str, str] = {}
        self._looked: dict[str, int] = {}
        self.begin()

    def clock(self) -> datetime:
        """The clock, which never stands still."""
        self.now += timedelta(milliseconds=1)
        return self.now

    def begin(self) -> None:
        """A process begins."""
        self.database = Database(f"sqlite:///{self.path}")
        self.talks = Conversations(self.database, promise=lambda since: since + PROMISE, now=self.clock)
        staff = Staff(self.talks, Hours(), EmbeddedDesk(self.database))
        self.people = _People(SimpleNamespace(database=self.database, staff=staff))  # type: ignore[arg-type]
        self.people.outgoing = Outgoing(self.database, self.clock)
        self.place.begin(self)

    def play(self, scenario: Scenario) -> None:
        """Plays it, and checks what must hold of every one."""
        try:
            for step in filter(None, map(str.strip, scenario.steps.splitlines())):
                self._step(step)
                self._settle()
                if self._dies:
                    self.database.dispose()
                    self.begin()
            assert self.reads == [one.strip() for one in scenario.reads.split(" | ")]
            assert self.spoken_over == [], "the assistant speaks while a person has the talk"
            assert self.place.seen() == self.to_staff, "the staff lack something, or have it twice"
        finally:
            self.database.dispose()

    def _settle(self) -> None:
        self.place.settle()
        if self.page_open:
            lines = self.people.outgoing.claim(CHANNEL)
            self.reads += map(_read, lines)
            self.people.outgoing.sent(lines)

    def _step(self, step: str) -> None:
        who, _, words = step.partition(": ")
        name, _, does = who.partition(" ")
        if name in STAFF:
            with suppress(HandoffError):  # who was slower is told so; what the customer reads tells the rest
                self._staff(name, does, words)
        elif name == "customer":
            self._customer(does, words)
        elif step == "assistant is done":
            for text in self._slow:
                self._answer(text)
            self._slow.clear()
        elif name == "time":
            minutes = int(words.split()[0])
            pause = 1 if minutes < LONG_MINUTES else LONG_MINUTES // 4
            for _ in range(0, minutes, pause):
                self.now += timedelta(minutes=pause)
                self.talks.pass_time()
        elif name == "page":
            self.page_open = does == "opens"
        else:
            assert name == "place", step
            self.place.go(does == "is back")

    def _staff(self, agent: str, does: str, words: str) -> None:
        if does in ("", "again"):
            self.place.reply(agent, words)
        elif does == "notes":
            self.place.note(agent, words)
        elif does == "looks":
            self._looked[agent] = self._version()
        else:
            version = self._looked[agent] if does.endswith("from there") else 1 if does.endswith("from an old page") else self._version()
            what = next(act for verb, act in (("takes", "take"), ("gives back", "give_back"), ("closes", "close")) if does.startswith(verb))
            self.place.act(agent, what, version)

    def _version(self) -> int:
        talk = self.talks.talk(ME)
        return talk.version if talk else 0

    def _customer(self, does: str, words: str) -> None:
        acts: dict[str, Any] = {
            "asks for a person": lambda: self.talks.ask_for_person(ME, CHANNEL, "asked", Summary(wish="a person, please")),
            "is offered a person": lambda: self.talks.offer(ME, CHANNEL, "lost"), "declines": lambda: self.talks.decline(ME),
            "goes back": lambda: self.talks.back(ME), "takes it back": lambda: self.talks.take_back(ME, "t"), "withdraws": lambda: self.talks.withdraw(ME),
            "leaves a message": lambda: self.talks.leave_message(ME, CHANNEL, "asked", Summary(wish=words), "me@example.com"),
            "is erased": self._erase,
        }
        if does in acts:
            acts[does]()
            return
        assert does in ("", "again", "edits", "slowly"), does
        again = does == "again"
        key = self._keys[words] if again else str(len(self._keys) + 1)
        kept = self._write(words, key)
        if again:
            assert kept == (words in self.to_staff), "what came again goes where it went before"
            return
        self._keys[words] = key
        if kept:
            self.to_staff.append(words)
        elif does == "slowly":
            self._slow.append(words)
        else:
            self._answer(words)

    def _write(self, words: str, key: str) -> bool:
        has_person = self.talks.owner(ME).is_people
        kept = asyncio.run(self.people.heard(None, CHANNEL, ME, words, key)) is not None
        assert kept or not has_person, "the assistant answers though a person has the talk"
        return kept

    def _answer(self, words: str) -> None:
        owner = self.talks.owner(ME)
        if asyncio.run(self.people.may_answer(ME, self._keys[words])):
            self.reads.append(f"assistant: {words}")
            self.spoken_over += [words] if owner is Owner.PERSON else []

    def _erase(self) -> None:
        tracker = self.path.with_name("conversations.sqlite")
        privacy = Privacy(f"sqlite:///{tracker}", f"sqlite:///{self.path}")
        privacy.erase(ME)
        privacy.dispose()
        self.to_staff.clear()


def _read(line: Line) -> str:
    """A line as the customer reads it."""
    if line.author is Author.AGENT:
        return f"{line.agent}: {line.text}"
    if line.author is Author.NOTICE:
        return f"({line.data['notice']} {line.data.get('name', '')}".strip() + ")"
    return "(automatic)" if line.data.get("automatic") else line.text


class AtDesk:
    """The staff at the embedded desk."""

    def begin(self, stage: Stage) -> None:
        """Each act of the desk reads what is kept."""
        self._talks = stage.talks

    def settle(self) -> None:
        """Nothing is under way."""

    def go(self, up: bool) -> None:
        """Nobody can do anything there meanwhile, which scenarios see to."""

    def reply(self, agent: str, text: str) -> None:
        """By the form, whose key is made with it."""
        self._talks.reply(ME, agent, text, f"{agent} {text}")

    def act(self, agent: str, what: str, version: int) -> None:
        """By a button of the page that shows this version."""
        if what == "take":
            self._talks.take(ME, agent, version)
        elif what == "give_back":
            self._talks.give_back(ME, agent, version)
        else:
            self._talks.close(ME, agent, version, Ending.BY_PERSON)

    def note(self, agent: str, text: str) -> None:
        """By the form's other side."""
        self._talks.note(ME, agent, text, f"{agent} {text}")

    def seen(self) -> list[str]:
        """What stands in the conversation."""
        return [line.text for line in self._talks.thread(ME) if line.author is Author.CUSTOMER]
