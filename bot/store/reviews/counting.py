"""Counts what is still there of a week: messages, people, what came of them, what they were about. Nothing of anybody."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import String, Text, case, cast, func, select
from sqlalchemy.orm import Session

from bot.store.handoff_models import HandoffEnded, HandoffLine
from bot.store.review_models import WITHOUT_ANSWER, ReviewTurn
from bot.store.reviews.counts import (
    CHANNEL,
    ENDED,
    FIRST,
    HANDED,
    KIND,
    LANGUAGE,
    MESSAGES,
    OUTCOME,
    PEOPLE,
    PRODUCT,
    RATED,
    SOLVED,
    SUBJECT,
    TALKS,
    THUMB,
    monday_of,
)

_Turn: Any = ReviewTurn
_Ended: Any = HandoffEnded
_Line: Any = HandoffLine
OF_TURNS: dict[str, Any] = {
    OUTCOME: _Turn.outcome, CHANNEL: _Turn.channel, HANDED: _Turn.handed, THUMB: _Turn.thumb, KIND: _Turn.kind, PRODUCT: _Turn.product,
    LANGUAGE: _Turn.language,
}
"""Messages are counted by each of these."""
ALONE, UNANSWERED, PASSED_ON = "alone", "unanswered", "passed_on"
"""What came of a conversation: everything answered by the assistant; something left without an answer; passed on to a person."""
SOON: tuple[tuple[str, timedelta], ...] = (("5_minutes", timedelta(minutes=5)), ("hour", timedelta(hours=1)), ("day", timedelta(days=1)), ("later", timedelta.max))
NEVER = "never"


def counted(session: Session, begin: datetime, end: datetime) -> Counter[tuple[str, str]]:
    """The counts of the rows of a time. What one person wrote on one day of UTC is one conversation.

    Args:
        session: of the shop's database.
        begin, end: from when on, and until before when.
    """
    within = (_Turn.at >= begin, _Turn.at < end)
    found: Counter[tuple[str, str]] = Counter()
    for what, column in OF_TURNS.items():
        rows = session.execute(select(column, func.count(_Turn.id)).where(*within, column != "").group_by(column))
        found.update({(what, str(name)): int(count) for name, count in rows})
    named = cast(_Turn.subjects, Text)
    for written, count in session.execute(select(named, func.count(_Turn.id)).where(*within).group_by(named)):
        found.update({(SUBJECT, one): int(count) for one in set(json.loads(written))})
    messages, people = session.execute(select(func.count(_Turn.id), func.count(_Turn.sender.distinct())).where(*within)).one()
    found.update({(MESSAGES, ""): int(messages), (PEOPLE, ""): int(people)})
    found.update(_solved(session, within))
    found.update(_ends(session, begin, end))
    found.update(_first_answers(session, within))
    return +found


def oldest_week(session: Session, before: datetime | None = None) -> date | None:
    """The Monday of the week of the oldest row that is there, or of those from before a moment; None where there is none."""
    firsts = []
    for table in (_Turn, _Ended):
        wanted = select(func.min(table.at))
        firsts.append(session.execute(wanted if before is None else wanted.where(table.at < before)).scalar_one())
    there = [first for first in firsts if first is not None]
    return monday_of(min(there).date()) if there else None


def people_by_name(session: Session, begin: datetime, end: datetime) -> Counter[tuple[str, str]]:
    """How many people stand behind each name of a kind, subject, product or language in a time."""
    within = (_Turn.at >= begin, _Turn.at < end)
    found: Counter[tuple[str, str]] = Counter()
    for what in (KIND, PRODUCT, LANGUAGE):
        column = OF_TURNS[what]
        rows = session.execute(select(column, func.count(_Turn.sender.distinct())).where(*within, column != "").group_by(column))
        found.update({(what, str(name)): int(count) for name, count in rows})
    named = cast(_Turn.subjects, Text)
    pairs = {(one, sender) for written, sender in session.execute(select(named, _Turn.sender).where(*within).distinct()) for one in json.loads(written)}
    found.update((SUBJECT, one) for one, _ in pairs)
    return found


def _solved(session: Session, within: Any) -> Counter[tuple[str, str]]:
    """Conversations, and what came of them."""
    # PostgreSQL would take the day of the session's time zone; SQLite keeps moments in UTC and no zone.
    zoned = session.get_bind().dialect.name == "postgresql"
    day = cast(func.date(func.timezone("UTC", _Turn.at) if zoned else _Turn.at), String)
    passed, left = func.max(case((_Turn.handed != "", 1), else_=0)), func.max(case((_Turn.outcome.in_(WITHOUT_ANSWER), 1), else_=0))
    talks = select(passed.label("passed"), left.label("left_open")).where(*within).group_by(_Turn.sender, day).subquery()
    rows = session.execute(select(talks.c.passed, talks.c.left_open, func.count()).group_by(talks.c.passed, talks.c.left_open))
    found: Counter[tuple[str, str]] = Counter()
    for passed_on, left_open, count in rows:
        found[SOLVED, PASSED_ON if passed_on else UNANSWERED if left_open else ALONE] += int(count)
        found[TALKS, ""] += int(count)
    return found


def _ends(session: Session, begin: datetime, end: datetime) -> Counter[tuple[str, str]]:
    """Talks with people that ended: how, and what customers thought of them."""
    found: Counter[tuple[str, str]] = Counter()
    for what, column in ((ENDED, _Ended.outcome), (RATED, _Ended.rating)):
        rows = session.execute(select(column, func.count(_Ended.id)).where(_Ended.at >= begin, _Ended.at < end, column != "").group_by(column))
        found.update({(what, str(name)): int(count) for name, count in rows})
    return found


def _first_answers(session: Session, within: Any) -> Counter[tuple[str, str]]:
    """How soon a person answered whoever was passed on to one."""
    answer = (
        select(func.min(_Line.at)).where(_Line.conversation == _Turn.sender, _Line.author == "agent", _Line.at >= _Turn.at)
        .correlate(ReviewTurn).scalar_subquery()
    )  # fmt: skip
    found: Counter[tuple[str, str]] = Counter()
    for asked, answered in session.execute(select(_Turn.at, answer).where(*within, _Turn.handed != "")):
        found[FIRST, NEVER if answered is None else next(name for name, most in SOON if answered - asked <= most)] += 1
    return found
