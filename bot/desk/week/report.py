"""What the owner is told of a week: counts beside those of the week before, and what was asked in vain. Nothing of anybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.desk.review.figures import Rows, Titled
from bot.desk.review.groups import Group, Groups
from bot.store.review_models import ANSWERED, ASKED_BACK
from bot.store.reviews import Wanted, Week, Weeks, together
from bot.store.reviews.closing import FEWEST as FEWEST_TIMES
from bot.store.reviews.counts import LACKING, RATED, STOCK, WEEK

MOST = 5
LOOKED_AT = 50
FEWEST = 2
"""So many people must have asked the same before its wording is told outside of the desk."""


@dataclass(frozen=True)
class Line:
    """A count of the week and of the week before; `share`: both are per cent."""

    name: str
    now: int
    before: int
    share: bool = False


@dataclass(frozen=True)
class Report:
    """A week.

    Attributes:
        monday, sunday: its first and last day, in UTC.
        lines: the counts.
        vain: wordings of questions without an answer, with how many people asked so; what most people asked first.
        further: how many more such questions there are.
        lacking: what was asked for and is not in the shop, with how often; only what was asked for several times.
        stock: products that people want to be told of when they are back, with how often that was asked.
    """

    monday: date
    sunday: date
    lines: Sequence[Line]
    vain: Rows
    further: int
    lacking: Rows
    stock: Rows


def report(weeks: Weeks, groups: Groups, titled: Titled, monday: date) -> Report:
    """The report on the week from a Monday on. Reads the database.

    Raises:
        StoreError: when the database gives no answer.
    """
    before, week = weeks.weekly(monday, 2)
    sunday = monday + WEEK - WEEK / 7
    found, count = groups.ranked(Wanted(since=monday, until=sunday), 0, LOOKED_AT)
    vain = [(one.title, one.people) for one in found if _told(one)][:MOST]
    lacking = [(name, times) for name, times in together([week], LACKING) if times >= FEWEST_TIMES][:MOST]
    return Report(
        monday, sunday, lines(week, before), vain, count - len(vain), lacking, titled.titled(together([week], STOCK)[:MOST]),
    )


def lines(week: Week, before: Week) -> list[Line]:
    """The counts of a week beside those of the one before."""

    def line(name: str, count: Callable[[Week], int]) -> Line:
        return Line(name, count(week), count(before))

    return [
        line("Messages", lambda one: one.messages), line("People", lambda one: one.people), line("Conversations", lambda one: one.talks),
        Line("Answered", _answered(week), _answered(before), share=True), line("Left without an answer", _left), line("Passed on to a person", lambda one: one.handed),
        line("Thumbs up", lambda one: one.up), line("Thumbs down", lambda one: one.down),
        line("Talks with a person that helped", lambda one: one.of(RATED).get("good", 0)),
        line("Talks with a person that did not", lambda one: one.of(RATED).get("bad", 0)),
    ]  # fmt: skip


def _told(group: Group) -> bool:
    """Whether the group's wording may stand in a mail: several people asked it."""
    return group.people >= FEWEST


def _answered(week: Week) -> int:
    return round(100 * week.outcomes[ANSWERED] / week.messages) if week.messages else 0


def _left(week: Week) -> int:
    return week.messages - week.outcomes[ANSWERED] - week.outcomes[ASKED_BACK]
