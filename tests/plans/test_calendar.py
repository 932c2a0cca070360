"""The calendar: read back by two libraries that know nothing of each other, on the right days at the right hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import pytest
import vobject
from icalendar import Calendar

from bot.plans.calendar import STARTS, calendar
from bot.plans.page import MORNING, NIGHT
from tests.plans.pages import AMPOULE, CREAM, RETINOL, WORDS, week

MADE = datetime(2026, 11, 24, 12, 0, tzinfo=timezone.utc)  # a Tuesday
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def events_of(data: bytes) -> list[Any]:
    """The events as icalendar reads them; its values have a union of thirty types."""
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_icalendar_reads_every_event() -> None:
    events = events_of(calendar(week(), "token", MADE))
    assert len(events) == 4
    for event in events:
        assert not event.errors
        assert event["RRULE"]["FREQ"] == ["WEEKLY"]
        assert event.decoded("DTSTAMP") == MADE
        assert event.decoded("DTSTART").tzinfo is None
    assert len({str(event["UID"]) for event in events}) == len(events)


def test_a_second_parser_reads_the_same() -> None:
    data = calendar(week(), "token", MADE)
    first = {str(event["SUMMARY"]) for event in events_of(data)}
    second = {event.summary.value for event in vobject.readOne(data.decode()).vevent_list}
    assert first == second
    assert any(RETINOL in summary for summary in second)


@pytest.mark.parametrize("made", [MADE + timedelta(days=days) for days in range(7)])
def test_every_night_falls_on_its_days_for_weeks(made: datetime) -> None:
    page = week(retinol=(0, 3), ampoule=(1, 5))
    seen: dict[date, list[str]] = {}
    for event in vobject.readOne(calendar(page, "token", made).decode()).vevent_list:
        for starts in event.getrruleset(addRDate=True)[:8]:
            if starts.time() == STARTS[NIGHT]:
                seen.setdefault(starts.date(), []).append(event.description.value)
    for ahead in range(14):
        day = made.date() + timedelta(days=ahead)
        (steps,) = seen[day]
        assert (RETINOL in steps) is (day.weekday() in (0, 3))
        assert (AMPOULE in steps) is (day.weekday() in (1, 5))
        assert steps.splitlines()[-1].endswith(CREAM)


def test_an_event_begins_on_a_day_that_it_is_for() -> None:
    for event in events_of(calendar(week(), "token", MADE)):
        starts = event.decoded("DTSTART")
        assert WEEKDAYS[starts.weekday()] in event["RRULE"]["BYDAY"]
        assert MADE.date() <= starts.date() < MADE.date() + timedelta(days=7)
        assert starts.time() in (time(7, 30), time(21, 30))


def test_a_name_with_commas_and_semicolons_comes_back_whole() -> None:
    page = week()
    odd = 'Serum, "strong"; 10 % \\ night'
    days = tuple(type(day)(day.short, day.name, (odd,), day.night, day.rest) for day in page.days)
    page = type(page)(days, (), WORDS)
    (event,) = [one for one in events_of(calendar(page, "t", MADE)) if MORNING in one["UID"]]
    assert str(event["DESCRIPTION"]) == f"1. {odd}"
