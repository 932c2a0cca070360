"""What is counted by week is counted in UTC, wherever the database believes to be."""

from __future__ import annotations

from datetime import date, datetime, timezone

from sqlalchemy.engine import make_url

from bot.store.database import Database
from bot.store.reviews import ReviewStore, Weeks
from tests.store.conftest import database, url
from tests.store.reviews.turns import turn

__all__ = ["database", "url"]


def elsewhere(url: str) -> str:
    """The address with sessions in New Zealand, half a day before UTC, where the database has time zones."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "postgresql":
        return url
    return parsed.set(query={"options": f"{parsed.query['options']} -ctimezone=Pacific/Auckland"}).render_as_string(False)


def test_what_one_person_wrote_on_one_day_of_utc_is_one_conversation(database: Database, url: str) -> None:
    store = ReviewStore(database)
    for number, (day, hour) in enumerate([(16, 1), (16, 23), (17, 1), (17, 14)]):
        store.keep(turn(number, sender="web-1", at=datetime(2026, 11, day, hour, tzinfo=timezone.utc)))
    store.keep(turn(9, sender="web-2", at=datetime(2026, 11, 16, 1, tzinfo=timezone.utc)))
    there = Database(elsewhere(url))
    (week,) = Weeks(there).weekly(date(2026, 11, 18), 1)
    there.dispose()
    assert (week.messages, week.people, week.talks) == (5, 2, 3)
