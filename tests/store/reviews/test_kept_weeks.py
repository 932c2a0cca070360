"""Counts by week outlive what was counted, once each, and name nobody."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import delete, select

from bot.store.database import Database
from bot.store.models import utc_now
from bot.store.notices import NoticeStore
from bot.store.privacy import Privacy
from bot.store.review_models import ReviewTurn
from bot.store.reviews import ReviewStore, Week, Weeks, together
from bot.store.reviews.closing import keep_weeks
from bot.store.reviews.counts import CLOSED, LACKING, LANGUAGE, PRODUCT, SOLVED, STOCK, SUBJECT, monday_of
from bot.store.week_models import WeekCount
from bot.support.handoff import Conversations
from tests.store.conftest import database, url
from tests.store.reviews.turns import turn

__all__ = ["database", "url"]
OLD = monday_of((utc_now() - timedelta(days=100)).date())
"""A week whose rows are past their time, for the most part or all."""


def moment(day: int, hour: int = 12, week: date = OLD) -> datetime:
    """A moment of a day of the week."""
    return datetime(week.year, week.month, week.day, hour, tzinfo=timezone.utc) + timedelta(days=day)


def fill(database: Database) -> None:
    """A week of eight messages of five people."""
    changes: list[dict[str, Any]] = [
        {"sender": f"web-{number % 5}", "at": moment(number % 3, 10 + number), "channel": "telegram" if number == 7 else "web",
         "outcome": "lost" if number == 2 else "answered", "handed": "anger" if number == 3 else "", "language": "en" if number else "is",
         "subjects": ["ingredient:retinol"] if number < 4 else ["ingredient:urea"] if number == 4 else [], "product": "dew" if number in (1, 6) else ""}
        for number in range(8)
    ]  # fmt: skip
    for number, changed in enumerate(changes):
        ReviewStore(database).keep(turn(number, **changed))


def the_week(database: Database, week: date = OLD) -> Week:
    """What is known of the week."""
    (found,) = Weeks(database).weekly(week, 1)
    return found


def aged(url: str, days: int = 90) -> None:
    """Has what is old deleted."""
    privacy = Privacy(url, url)
    privacy.age(days, days)
    privacy.dispose()


def test_a_week_is_the_same_after_its_rows_are_gone(database: Database, url: str) -> None:
    fill(database)
    before = the_week(database)
    for _ in range(3):
        aged(url)
    after = the_week(database)
    assert (before.messages, before.people, before.talks, before.handed) == (8, 5, 8, 1)
    assert (after.messages, after.people, after.talks, after.handed) == (8, 5, 8, 1)
    assert (after.outcomes, after.channels, after.of(SOLVED)) == (before.outcomes, before.channels, before.of(SOLVED))
    assert the_week(database, OLD - timedelta(days=7)).counts == {}


def test_what_few_asked_loses_its_name(database: Database, url: str) -> None:
    fill(database)
    assert together([the_week(database)], SUBJECT) == [("ingredient:retinol", 4), ("ingredient:urea", 1)]
    aged(url)
    week = the_week(database)
    assert together([week], SUBJECT) == [("ingredient:retinol", 4)] and week.of(SUBJECT)[""] == 1
    assert week.of(LANGUAGE) == {"en": 7, "": 1}
    assert together([week], PRODUCT) == [] and week.all(PRODUCT) == 2, "two messages of the same person too"


def test_a_week_is_counted_as_a_whole_when_the_first_of_it_goes(database: Database) -> None:
    fill(database)
    with database.session(writing=True, catalogue=False) as session:
        keep_weeks(session, moment(1, 0), utc_now())
        session.commit()
    Privacy(database.url, database.url).erase("web-1")
    assert the_week(database).messages == 8, "no row is counted twice, and who is erased breaks nothing"
    with database.session(writing=True, catalogue=False) as session:
        keep_weeks(session, moment(9, 0), utc_now())
        session.commit()
    assert the_week(database).messages == 8


def test_a_week_that_is_not_over_adds_up(database: Database) -> None:
    fill(database)
    for day in (1, 2):
        with database.session(writing=True, catalogue=False) as session:
            keep_weeks(session, moment(day, 0), moment(day, 0))
            session.execute(turns_before(moment(day, 0)))
            session.commit()
        assert the_week(database).messages == 8, day


def turns_before(at: datetime) -> Any:
    """Deletes the turns from before a moment."""
    return delete(ReviewTurn).where(ReviewTurn.at < at).execution_options(synchronize_session=False)


def test_two_processes_count_once(database: Database, url: str) -> None:
    fill(database)
    with ThreadPoolExecutor(4) as several:
        list(several.map(aged, [url] * 4))
    assert (the_week(database).messages, the_week(database).counts.get((CLOSED, ""))) == (8, None)


def test_nothing_of_anybody_stands_in_it(database: Database, url: str) -> None:
    fill(database)
    aged(url)
    with database.session() as session:
        rows = session.execute(select(WeekCount)).scalars().all()
        assert rows and not [row for row in rows if "web-" in row.name or "gift" in row.name]


def test_what_is_not_in_the_shop_is_counted_without_whose_it_was(database: Database, url: str) -> None:
    store = ReviewStore(database)
    for number in range(3):
        store.keep(turn(number, at=moment(0), lacks=("sunscreen under 20.00 USD",)))
    assert not store.keep(turn(1, at=moment(0), lacks=("sunscreen under 20.00 USD",)))
    store.keep(turn(9, at=moment(0), lacks=("gold mask",)))
    assert the_week(database).of(LACKING) == {"sunscreen under 20.00 USD": 3, "gold mask": 1}
    Privacy(url, url).erase("web-1")
    aged(url)
    assert the_week(database).of(LACKING) == {"sunscreen under 20.00 USD": 3, "": 1}


def test_what_is_not_in_the_shop_loses_its_name_also_when_its_messages_were_erased(database: Database, url: str) -> None:
    for number, times in enumerate((1, 1, 2)):
        ReviewStore(database).keep(turn(number, at=moment(0), lacks=("gold mask",) if times == 1 else ("silver mask",)))
        Privacy(url, url).erase(turn(number).sender)
    recent = utc_now()
    ReviewStore(database).keep(turn(9, at=recent, lacks=("gold mask",)))
    aged(url)
    assert the_week(database).of(LACKING) == {"": 3}
    assert the_week(database, monday_of(recent.date())).of(LACKING) == {"gold mask": 1}, "a week that is not over keeps them"


def test_stock_asked_for_is_counted_once_a_conversation(database: Database) -> None:
    notices = NoticeStore(database)
    for sender in ("telegram:1", "telegram:1", "telegram:2"):
        notices.want(sender, "telegram", "dew", "", "Dew")
    notices.drop("telegram:1", 2)
    assert the_week(database, monday_of(utc_now().date())).of(STOCK) == {"dew": 2}


@pytest.mark.parametrize("minutes, name", [(3, "5_minutes"), (50, "hour"), (600, "day"), (3000, "later"), (None, "never")])
def test_how_soon_a_person_answered(minutes: int | None, name: str, database: Database) -> None:
    now = [moment(0)]
    talks = Conversations(database, now=lambda: now[0])
    talks.ask_for_person("web-1", "web", "asked")
    ReviewStore(database).keep(turn(1, sender="web-1", at=moment(0), handed="asked"))
    if minutes is not None:
        now[0] += timedelta(minutes=minutes)
        talks.reply("web-1", "Mina", "Hello.", "k1")
    assert the_week(database).of("first") == {name: 1}
