"""Whatever customers, two members of the staff, the assistant, the network and the clock do in whatever order: nobody is spoken
over, nothing is lost or doubled, and nobody waits for ever."""

from __future__ import annotations

import asyncio
import shutil
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from types import SimpleNamespace
from typing import Any, Optional

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from bot.answers.staff.listening import Overheard
from bot.channels.people import People
from bot.store.database import Database
from bot.store.people_policy import People as Hours
from bot.support.handoff import (
    Author,
    Conversations,
    EmbeddedDesk,
    HandoffError,
    Line,
    Outgoing,
    Owner,
    Staff,
    Talk,
    TooLate,
)
from bot.support.handoff.by_time import QUIET
from tests.store.conftest import with_tables

ME, CHANNEL = "web-me", "web"
AGENTS = st.sampled_from(["Mia", "Tom"])
PROMISE = timedelta(minutes=10)
RED, BACK, SHARE = "red", "back", "share"


@lru_cache(maxsize=1)
def _template() -> Path:
    path = Path(mkdtemp()) / "empty.sqlite"
    with_tables(f"sqlite:///{path}")
    return path


class _People(People):
    """Asks as the channels do; what a message means is told by its first word."""

    async def _read(self, agent: Any, text: str) -> Overheard:
        first = text.split()[0]
        return Overheard(back=first == BACK, shares=first == SHARE, emergency="See a doctor now." if first == RED else "")


class OwnerMachine(RuleBasedStateMachine):
    """One conversation and everybody who can do something to it."""

    answering: Bundle[str] = Bundle("answering")  # messages that Rasa works on
    claimed: Bundle[list[Line]] = Bundle("claimed")  # lines that a process is about to send
    looked: Bundle[int] = Bundle("looked")  # versions that a member of the staff looked at

    @initialize()
    def begin(self) -> None:
        self.folder = Path(mkdtemp())
        shutil.copy(_template(), self.folder / "shop.sqlite")
        self.database = Database(f"sqlite:///{self.folder / 'shop.sqlite'}")
        self.now = datetime(2026, 12, 1, 12, tzinfo=timezone.utc)
        self.talks = Conversations(self.database, promise=lambda since: since + PROMISE, now=self.clock)
        staff = Staff(self.talks, Hours(), EmbeddedDesk(self.database))
        self.people = _People(SimpleNamespace(database=self.database, staff=staff))  # type: ignore[arg-type]
        self.people.outgoing = Outgoing(self.database, self.clock)
        self.loop = asyncio.new_event_loop()
        self.numbers = count(1)
        self.kept: dict[str, str] = {}
        self.to_rasa: set[str] = set()
        self.written: dict[str, tuple[str, str]] = {}
        self.shown: list[Line] = []
        self.spoken_over: list[str] = []
        self.emergencies: set[str] = set()
        self.version = 0

    def clock(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def teardown(self) -> None:
        if not hasattr(self, "database"):
            return
        try:
            self._nobody_waits_for_ever()
            self._nothing_is_lost_or_doubled()
        finally:
            self.loop.close()
            self.database.dispose()
            shutil.rmtree(self.folder)

    # The customer

    def _say(self, text: str, key: str) -> Optional[str]:
        before = self.talks.owner(ME)
        kept = self.loop.run_until_complete(self.people.heard(None, CHANNEL, ME, text, key))
        if kept is None:
            assert not before.is_people, "the assistant answers though a person has the talk"
            assert key not in self.kept, "what went to the staff is answered by the assistant, too"
            self.to_rasa.add(key)
            return key
        assert before.is_people or key in self.kept
        self.kept[key] = text
        if text.startswith(RED):
            self.emergencies.add(key)
        return None

    @rule(target=answering, word=st.sampled_from(["hello", "hello", "hello", RED, BACK, SHARE]))
    def says(self, word: str) -> Any:
        number = str(next(self.numbers))
        return self._say(f"{word} {number}", number) or ""

    @rule(data=st.data())
    def says_again(self, data: Any) -> None:
        """A message whose acknowledgement was lost."""
        if self.kept:
            key = data.draw(st.sampled_from(sorted(self.kept)))
            self._say(self.kept[key], key)

    @rule(reason=st.sampled_from(["asked", "anger"]))
    def asks_for_a_person(self, reason: str) -> None:
        """Through the assistant, which therefore has the talk."""
        if not self.talks.owner(ME).is_people:
            self.talks.ask_for_person(ME, CHANNEL, reason, held=["dry skin"])

    @rule()
    def is_offered_a_person(self) -> None:
        if not self.talks.owner(ME).is_people:
            self.talks.offer(ME, CHANNEL, "lost")

    @rule()
    def declines(self) -> None:
        self.talks.decline(ME)

    @rule()
    def goes_back(self) -> None:
        self.talks.back(ME)

    # The assistant

    @rule(message=consumes(answering))
    def assistant_is_done(self, message: str) -> None:
        """The answer to a message is made; whether it may go out is asked at that moment."""
        if not message:
            return
        owner = self.talks.owner(ME)
        if self.loop.run_until_complete(self.people.may_answer(ME, message)):
            if owner is Owner.PERSON:
                self.spoken_over.append(message)
        else:
            assert owner is Owner.PERSON

    # The staff

    @rule(target=looked)
    def looks(self) -> int:
        talk = self.talks.talk(ME)
        return talk.version if talk else 0

    @rule(agent=AGENTS, version=looked, what=st.sampled_from(["take", "give_back", "close"]))
    def acts(self, agent: str, version: int, what: str) -> None:
        before = self.talks.talk(ME)
        try:
            if what == "take":
                after: Talk = self.talks.take(ME, agent, version)
            elif what == "give_back":
                after = self.talks.give_back(ME, agent, version)
            else:
                after = self.talks.close(ME, agent, version)
        except HandoffError:
            assert before is None or before.version != version, "refused though nobody was faster"
            assert self.talks.talk(ME) == before, "refused, and something changed all the same"
            return
        same = before is not None and before.agent == agent and what == "take"
        assert before is None or before.version == version or same
        assert (after.owner is Owner.PERSON) == (what == "take")

    @rule(agent=AGENTS, again=st.booleans())
    def writes(self, agent: str, again: bool) -> None:
        key = f"{agent}{next(self.numbers)}"
        before = self.talks.talk(ME)
        try:
            line = self.talks.reply(ME, agent, f"from {key}", key)
        except TooLate as error:
            assert before is not None and before.owner is Owner.PERSON and before.agent != agent
            assert error.talk.agent == before.agent
            return
        except HandoffError:
            assert before is None
            return
        assert before is not None and before.agent in ("", agent)
        self.written[line.id] = (agent, line.text)
        if again:
            assert self.talks.reply(ME, agent, f"from {key}", key).id == line.id

    @rule(agent=AGENTS)
    def notes(self, agent: str) -> None:
        if self.talks.talk(ME):
            self.talks.note(ME, agent, "private", str(next(self.numbers)))

    # The network and the clock

    @rule(target=claimed)
    def a_process_claims(self) -> list[Line]:
        return self.people.outgoing.claim(CHANNEL)

    @rule(lines=consumes(claimed), dies=st.booleans())
    def a_process_sends(self, lines: list[Line], dies: bool) -> None:
        """Sends what it claimed; one that dies in between has sent the first line and noted nothing."""
        if dies:
            self.shown += lines[:1]
            return
        self.shown += lines
        self.people.outgoing.sent(lines)

    @rule(minutes=st.sampled_from([1, 2, 11, 45, 130]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.talks.pass_time(QUIET)

    # What must hold

    @invariant()
    def nobody_is_spoken_over(self) -> None:
        if hasattr(self, "spoken_over"):
            assert self.spoken_over == []

    @invariant()
    def the_version_only_grows(self) -> None:
        talk = self.talks.talk(ME) if hasattr(self, "talks") else None
        if talk is not None:
            assert talk.version >= self.version
            assert (talk.owner is Owner.PERSON) == bool(talk.agent)
            self.version = talk.version

    def _nobody_waits_for_ever(self) -> None:
        self.now += 2 * QUIET
        self.talks.pass_time(QUIET)
        assert not self.talks.owner(ME).is_people
        for _ in range(2):
            self.now += QUIET
            assert self.talks.pass_time(QUIET) == [], "what passed by once is said again"

    def _nothing_is_lost_or_doubled(self) -> None:
        self.now += timedelta(minutes=5)  # every lease is over
        while lines := self.people.outgoing.claim(CHANNEL):
            self.shown += lines
            self.people.outgoing.sent(lines)
        thread = self.talks.thread(ME)
        assert sorted(line.text for line in thread if line.author is Author.CUSTOMER) == sorted(self.kept.values())
        assert [line.id for line in thread if line.author is Author.AGENT] == list(self.written)
        reached = list(dict.fromkeys(line.id for line in self.shown))
        assert reached == [line.id for line in thread if line.author.is_for_customer], "in another order, or not at all"
        assert not [line for line in self.shown if line.author in (Author.NOTE, Author.CUSTOMER, Author.WITHHELD)]
        automatic = [line.key.split(":")[1] for line in thread if line.author is Author.ASSISTANT]
        assert sorted(automatic) == sorted(self.emergencies) and all(line.data["automatic"] for line in thread if line.author is Author.ASSISTANT)
        assert self.talks.talk(ME) is None or not any(line.delivered_at is None for line in thread if line.author.is_for_customer)


OwnerMachine.TestCase.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestOwner = OwnerMachine.TestCase
