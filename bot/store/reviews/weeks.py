"""Counts what was asked by week, and what was asked most. Nothing of anybody."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Mapping, Sequence

from sqlalchemy import String, Text, case, cast, func, select

from bot.store.database import Database
from bot.store.review_models import OUTCOMES, ReviewTurn
from bot.store.reviews.looking import midnight

WEEK = timedelta(days=7)
_Turn: Any = ReviewTurn


@dataclass(frozen=True)
class Week:
    """The counts of a week in UTC, from Monday on.

    Attributes:
        messages, people: how many, of how many different people.
        talks: conversations: what one person wrote on one day is one.
        outcomes: messages by what came of them.
        channels: messages by channel.
        handed: how often a person was asked for or a ticket made.
        up, down: thumbs.
    """

    monday: date
    messages: int
    people: int
    talks: int
    outcomes: Mapping[str, int]
    channels: Mapping[str, int]
    handed: int
    up: int
    down: int


@dataclass(frozen=True)
class Tops:
    """What was asked most, each with how often: kinds of question, subjects ("label:id"), handles of products."""

    kinds: Sequence[tuple[str, int]]
    subjects: Sequence[tuple[str, int]]
    products: Sequence[tuple[str, int]]


class Weeks:
    """Counts turns. Calls block: keep them off an event loop. Each raises StoreError where the database gives no answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def weekly(self, latest: date, count: int) -> list[Week]:
        """The last `count` weeks up to the one that the day `latest` is in, the oldest first."""
        monday = latest - timedelta(days=latest.weekday())
        return [self._week(monday - WEEK * back) for back in reversed(range(count))]

    def tops(self, since: date, most: int) -> Tops:
        """What was asked most since a day."""
        within = _Turn.at >= midnight(since)
        with self._database.session() as session:
            subjects: Counter[str] = Counter()
            named, times = cast(_Turn.subjects, Text), func.count(_Turn.id)
            for written, count in session.execute(select(named, times).where(within).group_by(named)):
                subjects.update(dict.fromkeys(json.loads(written), int(count)))
            kinds, products = (self._most(session, column, within, most) for column in (_Turn.kind, _Turn.product))
        return Tops(kinds, subjects.most_common(most), products)

    @staticmethod
    def _most(session: Any, column: Any, within: Any, most: int) -> list[tuple[str, int]]:
        count = func.count(_Turn.id)
        wanted = select(column, count).where(within, column != "").group_by(column).order_by(count.desc(), column).limit(most)
        return [(str(name), int(times)) for name, times in session.execute(wanted)]

    def _day(self) -> Any:
        """The day of a turn in UTC. PostgreSQL would take that of the session's time zone; SQLite keeps moments in UTC and no zone."""
        is_zoned = self._database.engine.dialect.name == "postgresql"
        return func.date(func.timezone("UTC", _Turn.at) if is_zoned else _Turn.at)

    def _week(self, monday: date) -> Week:
        within = (_Turn.at >= midnight(monday), _Turn.at < midnight(monday + WEEK))
        talk = _Turn.sender + " " + cast(self._day(), String)

        def times(condition: Any) -> Any:
            return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

        wanted = select(
            func.count(_Turn.id), func.count(_Turn.sender.distinct()), func.count(talk.distinct()), times(_Turn.handed != ""),
            times(_Turn.thumb == "up"), times(_Turn.thumb == "down"), *(times(_Turn.outcome == one) for one in OUTCOMES),
        ).where(*within)  # fmt: skip
        by_channel = select(_Turn.channel, func.count(_Turn.id)).where(*within).group_by(_Turn.channel).order_by(_Turn.channel)
        with self._database.session() as session:
            messages, people, talks, handed, up, down, *outcomes = map(int, session.execute(wanted).one())
            channels = {str(name): int(count) for name, count in session.execute(by_channel)}
        return Week(monday, messages, people, talks, dict(zip(OUTCOMES, outcomes)), channels, handed, up, down)
