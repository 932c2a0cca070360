"""Counts of a week: what they are of, and how they are added up in their own table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.store.week_models import NAME_LENGTH, WeekCount

WEEK = timedelta(days=7)
MESSAGES, PEOPLE, TALKS, OUTCOME, CHANNEL, HANDED, THUMB = "messages", "people", "talks", "outcome", "channel", "handed", "thumb"
KIND, SUBJECT, PRODUCT, LANGUAGE, STOCK, LACKING = "kind", "subject", "product", "language", "stock", "lacking"
ENDED, RATED, FIRST, SOLVED, CLOSED = "ended", "rated", "first", "solved", "closed"
FOLLOWED_PAGE, FOLLOWED_CART = "followed_page", "followed_cart"
"""`ENDED` and `RATED`: talks with people by how they ended and what customers thought of them; `FIRST`: how soon a person answered first;
`SOLVED`: conversations by what came of them; `CLOSED`: the week is counted for good; `FOLLOWED_PAGE` and `FOLLOWED_CART`: products whose page
or cart link was opened from the chat."""
OF_NOBODY = (STOCK, LACKING, FOLLOWED_PAGE, FOLLOWED_CART)
"""Counted as they happen, so that nobody knows of whom they were."""
NAMED = (KIND, SUBJECT, PRODUCT, LANGUAGE, *OF_NOBODY)
"""Counts with so many names that a small one might tell of somebody."""
Counts = Mapping[tuple[str, str], int]


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def add(session: Session, week: date, counts: Counts) -> None:
    """Adds to the counts of a week, also where others do at this moment."""
    rows = [{"week": week, "what": what, "name": name[:NAME_LENGTH], "number": number} for (what, name), number in sorted(counts.items()) if number]
    if not rows:
        return
    table: Any = WeekCount.__table__
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    for row in rows:
        adding = insert(table).values(row)
        more = {"number": table.c.number + adding.excluded.number}
        session.execute(adding.on_conflict_do_update(index_elements=[table.c.week, table.c.what, table.c.name], set_=more))


def kept(session: Session, weeks: Iterable[date]) -> dict[date, Counter[tuple[str, str]]]:
    """What the table has of these weeks."""
    table: Any = WeekCount.__table__
    found: dict[date, Counter[tuple[str, str]]] = {}
    for week, what, name, number in session.execute(select(table.c.week, table.c.what, table.c.name, table.c.number).where(table.c.week.in_(list(weeks)))):
        found.setdefault(week, Counter())[what, name] = int(number)
    return found
