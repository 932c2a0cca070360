"""Keeps the counts of weeks before what was counted is deleted, each once; small ones without their names."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from bot.store.reviews.counting import counted, oldest_week, people_by_name
from bot.store.reviews.counts import CLOSED, NAMED, OF_NOBODY, WEEK, add, kept, monday_of
from bot.store.reviews.looking import midnight
from bot.store.week_models import WeekCount

FEWEST = 3
"""A name that fewer people stand behind is kept as one of "others"."""
OTHERS = ""
LOCK = 7_421_338
"""The number of PostgreSQL's advisory lock of whoever counts for good; any that nobody else uses."""


def keep_weeks(session: Session, before: datetime, now: datetime) -> None:
    """Counts the weeks of what is about to be deleted, in the same transaction.

    A week that is over is counted once and as a whole, when the first of it goes. Of one that is not over (kept for less than a week) what
    goes is added to what went. Small counts of what was asked for in vain, or opened, lose their names also where nothing else is left of their week.

    Args:
        session: a writing one of the shop's database.
        before: what is older is deleted before this transaction ends.
        now: the moment.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    week, last = oldest_week(session, before), monday_of(before.date())
    while week is not None and week <= last:
        if (CLOSED, "") not in kept(session, [week]).get(week, {}):
            _keep(session, week, before, now)
        week += WEEK
    _fold(session, last, now)


def _keep(session: Session, week: date, before: datetime, now: datetime) -> None:
    begin, over = midnight(week), midnight(week + WEEK) <= now
    end = midnight(week + WEEK) if over else before
    counts = counted(session, begin, end)
    if not counts:
        return
    add(session, week, without_small(counts, people_by_name(session, begin, end)))
    if over:
        add(session, week, {(CLOSED, ""): 1})


def without_small(counts: Counter[tuple[str, str]], people: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """The counts with those names together that few people stand behind."""
    found: Counter[tuple[str, str]] = Counter()
    for (what, name), count in counts.items():
        found[what, OTHERS if what in NAMED and people[what, name] < FEWEST else name] += count
    return found


def _fold(session: Session, last: date, now: datetime) -> None:
    """Puts together what was asked for in vain or opened once or twice in each week up to the last that is over, of which nobody knows by whom."""
    table: Any = WeekCount.__table__
    small = (table.c.what.in_(OF_NOBODY), table.c.name != OTHERS, table.c.number < FEWEST, table.c.week <= min(last, monday_of(now.date()) - WEEK))
    found: dict[date, Counter[tuple[str, str]]] = {}
    for week, what, number in session.execute(select(table.c.week, table.c.what, table.c.number).where(*small)):
        found.setdefault(week, Counter())[what, OTHERS] += int(number)
    session.execute(delete(table).where(*small))
    for week, counts in found.items():
        add(session, week, counts)
