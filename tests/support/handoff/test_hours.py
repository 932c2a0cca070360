"""Opening hours, holidays and the promised time, in the shop's own time zone."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.store.people_policy import People
from bot.support.handoff.hours import Hours

NEW_YORK = ZoneInfo("America/New_York")
SHOP = People(
    timezone="America/New_York", hours={"monday to friday": "9:00 to 12:00, 13:00 to 18:00", "saturday": "10:00 to 24:00"},
    holidays=["2026-12-25", "2026-12-30 to 2027-01-01"], answer_within=10,
)  # fmt: skip


def at(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=NEW_YORK)


@pytest.mark.parametrize(("now", "closes"), [
    (at(1, 9), at(1, 12)), (at(1, 11, 59), at(1, 12)), (at(1, 12), None), (at(1, 12, 30), None), (at(1, 17), at(1, 18)), (at(1, 18), None),
    (at(5, 23, 59), at(6, 0)), (at(6, 12), None), (at(25, 10), None), (at(31, 10), None),
])  # fmt: skip
def test_somebody_is_there_or_nobody(now: datetime, closes: datetime | None) -> None:
    assert Hours(SHOP).closes(now) == closes
    assert Hours(SHOP).closes(now.astimezone(timezone.utc)) == closes


@pytest.mark.parametrize(("now", "opens"), [
    (at(1, 8), at(1, 9)), (at(1, 12), at(1, 13)), (at(1, 18), at(2, 9)), (at(6, 12), at(7, 9)), (at(24, 19), at(26, 10)),
    (at(29, 19), datetime(2027, 1, 2, 10, tzinfo=NEW_YORK)),
])  # fmt: skip
def test_when_somebody_is_there_next(now: datetime, opens: datetime) -> None:
    assert Hours(SHOP).opens(now) == opens


def test_the_promise_ends_when_they_leave() -> None:
    hours = Hours(SHOP)
    assert hours.promised(at(1, 10)) == at(1, 10, 10)
    assert hours.promised(at(1, 17, 55)) == at(1, 18)
    assert hours.promised(at(1, 20)) is None


def test_hours_that_go_on_at_midnight_are_one() -> None:
    shop = Hours(People(hours={"monday": "9:00 to 24:00", "tuesday": "0:00 to 2:00"}))
    monday = datetime(2026, 11, 30, 22, tzinfo=timezone.utc)
    assert shop.closes(monday) == datetime(2026, 12, 1, 2, tzinfo=timezone.utc)
    day_and_night = Hours(People(hours={"monday to sunday": "0:00 to 24:00"}))
    assert day_and_night.closes(monday) is None and day_and_night.is_open(monday)
    assert day_and_night.promised(monday) == monday + timedelta(minutes=10)


def test_a_day_of_another_length_is_no_trouble() -> None:
    shop = Hours(People(timezone="America/New_York", hours={"sunday": "0:00 to 24:00"}))
    for day, length in ((datetime(2026, 3, 8, 12, tzinfo=NEW_YORK), 23), (datetime(2026, 11, 1, 12, tzinfo=NEW_YORK), 25)):
        closes = shop.closes(day)
        assert closes is not None
        begin = datetime(day.year, day.month, day.day, tzinfo=NEW_YORK)
        assert closes.astimezone(timezone.utc) - begin.astimezone(timezone.utc) == timedelta(hours=length)


def test_without_hours_nothing_is_known_and_the_wait_still_ends() -> None:
    hours = Hours(People())
    assert hours.always and hours.is_open(at(6, 3)) and hours.closes(at(6, 3)) is None
    assert hours.promised(at(6, 3)) == at(6, 3, 10)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(timezone.utc)))
def test_it_is_open_exactly_between_opening_and_closing(now: datetime) -> None:
    hours = Hours(SHOP)
    closes, opens = hours.closes(now), hours.opens(now)
    assert opens is not None and opens > now and hours.is_open(opens)
    if closes is not None:
        assert closes > now and not hours.is_open(closes) and hours.is_open(closes - timedelta(seconds=1))
        assert closes <= opens
    else:
        assert not hours.is_open(opens - timedelta(seconds=1))


@pytest.mark.parametrize(("field", "value", "says"), [
    ("timezone", "New York", "no time zone"), ("hours", {"funday": "9:00 to 18:00"}, "no day of the week"),
    ("hours", {"monday": "9 to 18"}, "no time"), ("hours", {"monday": "18:00 to 9:00"}, "ends before"),
    ("hours", {"monday": "9:00 to 12:00, 11:00 to 18:00"}, "overlap"), ("hours", "9 to 5", "write days"),
    ("holidays", ["christmas"], "no day"), ("holidays", ["2026-12-26 to 2026-12-24"], "ends before"), ("answer_within", 0, "greater"),
    ("offer", {"reasons": ["asked"]}, "write any of"),
])  # fmt: skip
def test_what_cannot_be_read_is_told(field: str, value: object, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        People(**{field: value})
