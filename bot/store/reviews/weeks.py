"""The counts of weeks: of what is still there, and of what was kept when it was deleted. Nothing of anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from bot.store.database import Database
from bot.store.review_models import OUTCOMES
from bot.store.reviews.counting import counted, oldest_week
from bot.store.reviews.counts import (
    CHANNEL,
    CLOSED,
    FOLLOWED_CART,
    FOLLOWED_PAGE,
    HANDED,
    MESSAGES,
    OUTCOME,
    PEOPLE,
    TALKS,
    THUMB,
    WEEK,
    kept,
    monday_of,
)
from bot.store.reviews.looking import midnight


@dataclass(frozen=True)
class Week:
    """The counts of a week in UTC, from Monday on, by what they are of and their names."""

    monday: date
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def of(self, what: str) -> dict[str, int]:
        """The counts of one sort by their names; what only few asked stands under an empty one."""
        return {name: count for (one, name), count in self.counts.items() if one == what}

    def all(self, what: str) -> int:
        """The counts of one sort together."""
        return sum(self.of(what).values())

    @property
    def messages(self) -> int:
        """How many messages."""
        return self.all(MESSAGES)

    @property
    def people(self) -> int:
        """Of how many different people."""
        return self.all(PEOPLE)

    @property
    def talks(self) -> int:
        """Conversations: what one person wrote on one day is one."""
        return self.all(TALKS)

    @property
    def outcomes(self) -> Mapping[str, int]:
        """Messages by what came of them."""
        return {**dict.fromkeys(OUTCOMES, 0), **self.of(OUTCOME)}

    @property
    def channels(self) -> Mapping[str, int]:
        """Messages by channel."""
        return self.of(CHANNEL)

    @property
    def handed(self) -> int:
        """How often a person was asked for or a ticket made."""
        return self.all(HANDED)

    @property
    def up(self) -> int:
        """Thumbs up."""
        return self.of(THUMB).get("up", 0)

    @property
    def down(self) -> int:
        """Thumbs down."""
        return self.of(THUMB).get("down", 0)

    @property
    def pages(self) -> int:
        """Pages of products opened from the chat."""
        return self.all(FOLLOWED_PAGE)

    @property
    def carts(self) -> int:
        """Links into the cart followed from the chat."""
        return self.all(FOLLOWED_CART)


class Weeks:
    """Counts weeks. Calls block: keep them off an event loop. Each raises StoreError where the database gives no answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def weekly(self, latest: date, count: int) -> list[Week]:
        """The last `count` weeks up to the one that the day `latest` is in, the oldest first."""
        last = monday_of(latest)
        mondays = [last - WEEK * back for back in reversed(range(count))]
        with self._database.session() as session:
            there, oldest = kept(session, mondays), oldest_week(session)
            return [Week(monday, _counts(session, monday, there.get(monday, Counter()), oldest)) for monday in mondays]


def together(weeks: Sequence[Week], what: str) -> list[tuple[str, int]]:
    """The counts of one sort over weeks, the highest first; what only few asked for in a week is in none."""
    found: Counter[str] = Counter()
    for week in weeks:
        found.update(week.of(what))
    found.pop("", None)
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def _counts(session: Session, monday: date, there: Counter[tuple[str, str]], oldest: date | None) -> Counter[tuple[str, str]]:
    if there.pop((CLOSED, ""), 0) or oldest is None or monday < oldest:
        return there
    return there + counted(session, midnight(monday), midnight(monday + WEEK))
