"""`Staff`: who has conversations, and whether anybody is there to answer, in one hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Optional, Sequence

from bot.store.conversations import Conversations as Archive
from bot.store.database import Database
from bot.store.people_policy import People
from bot.support.handoff.conversations import Conversations
from bot.support.handoff.desk import EmbeddedDesk
from bot.support.handoff.hours import Hours
from bot.support.handoff.port import Handoff
from bot.support.handoff.several import Several


@dataclass(frozen=True)
class Presence:
    """Whether a person can be had now.

    Attributes:
        anybody: whether anybody could answer at all, whatever the hour.
        there: whether somebody is there now.
        name: who, where it is one; empty where they are several.
        within: minutes within which they answer; 0 where nothing is promised.
        until: when they leave; None where that is not known.
        opens: when somebody is there next, for who comes too early; None where that is not known.
    """

    anybody: bool
    there: bool
    name: str = ""
    within: int = 0
    until: Optional[datetime] = None
    opens: Optional[datetime] = None


@dataclass(frozen=True)
class Staff:
    """The staff of a shop, as far as the chat needs them."""

    talks: Conversations
    people: People
    place: Handoff

    @property
    def hours(self) -> Hours:
        """When they are there."""
        return Hours(self.people)

    @property
    def quiet_after(self) -> timedelta:
        """After so long without a word a talk is over."""
        return timedelta(minutes=self.people.quiet_after)

    def presence(self, now: datetime) -> Presence:
        """Whether a person can be had at a moment.

        Raises:
            StoreError: when the database gives no answer.
        """
        names = self.place.names()
        if not names:
            return Presence(anybody=False, there=False)
        hours, zone = self.hours, self.people.zone
        name = names[0] if len(names) == 1 else ""
        if not hours.is_open(now):
            opens = hours.opens(now)
            return Presence(True, False, name, opens=opens.astimezone(zone) if opens else None)
        closes = hours.closes(now)
        within = 0 if hours.always else self.people.answer_within
        return Presence(True, True, name, within, closes.astimezone(zone) if closes else None)


def staff_of(database: Database, tracker_url: str, people: People, elsewhere: Sequence[Handoff] = ()) -> Staff:
    """The staff who answer at the embedded desk, and elsewhere.

    Args:
        database: the shop's database.
        tracker_url: SQLAlchemy address of the conversations' database.
        people: the owner's hours.
        elsewhere: further places where they answer.
    """
    talks = Conversations(database, Archive(tracker_url), Hours(people).promised)
    desk: Handoff = EmbeddedDesk(database)
    return Staff(talks, people, Several([desk, *elsewhere]) if elsewhere else desk)
