"""Times as people type them, and when a reminder is due next, across clock changes."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from sqlalchemy import update

from bot.channels.telegram.reminders import Reminders
from bot.channels.telegram.schedule import minute_of_day, next_due, zone_named
from bot.store.messaging import MessagingDatabase, Reminder


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("21:30", 1290), ("9 pm", 1260), ("9pm", 1260), ("at 8", 1200), ("8.15 p.m.", 1215), ("7am", 420), ("12 am", 0),
        ("12 pm", 720), ("22", 1320), ("25:00", None), ("9:75", None), ("what time", None), ("13 pm", None), ("", None),
        ("is 9 ok?", None),
    ],
)
def test_times(text: str, minute: int | None) -> None:
    assert minute_of_day(text) == minute


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Seoul", "Asia/Seoul"), ("new york", "America/New_York"), ("Europe/Berlin", "Europe/Berlin"), ("UTC+9", "Etc/GMT-9"),
        ("UTC", "UTC"), ("Atlantis", None), ("utc+99", None), ("ho chi minh", "Asia/Ho_Chi_Minh"),
    ],
)
def test_places(text: str, zone: str | None) -> None:
    assert zone_named(text) == zone


@pytest.mark.parametrize(
    ("days", "minute", "zone", "after", "due"),
    [
        ("135", 1260, "Asia/Seoul", "2026-11-24T11:00", "2026-11-24T12:00"),
        ("135", 1260, "Asia/Seoul", "2026-11-24T12:00", "2026-11-26T12:00"),
        ("0", 60, "Asia/Seoul", "2026-11-24T00:00", "2026-11-29T16:00"),
        ("6", 150, "Europe/Berlin", "2026-03-28T12:00", "2026-03-29T01:30"),
        ("6", 150, "Europe/Berlin", "2026-10-24T12:00", "2026-10-25T00:30"),
        ("0123456", 1260, "America/New_York", "2026-11-01T02:00", "2026-11-02T02:00"),
    ],
)
def test_next_due(days: str, minute: int, zone: str, after: str, due: str) -> None:
    assert next_due(days, minute, zone, _utc(after)) == _utc(due)


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


@pytest.fixture
def reminders(tmp_path: object) -> Reminders:
    database = MessagingDatabase(f"sqlite:///{tmp_path}/messaging.sqlite")
    database.create_tables()
    found = Reminders(database)
    found.add(1, 1, "ampoule", "0123456", 1260, "UTC")
    with database.transaction() as session:
        session.execute(update(Reminder).values(next_at=_utc("2026-11-24T21:00")))
    return found


def test_a_due_reminder_is_claimed_once_and_again_after_a_crash(reminders: Reminders) -> None:
    assert not reminders.claim(_utc("2026-11-24T20:59"))
    assert [due.about for due in reminders.claim(_utc("2026-11-24T21:00"))] == ["ampoule"]
    assert not reminders.claim(_utc("2026-11-24T21:01"))
    assert len(reminders.claim(_utc("2026-11-24T21:10"))) == 1


def test_a_sent_reminder_comes_the_next_time(reminders: Reminders) -> None:
    (due,) = reminders.claim(_utc("2026-11-24T21:00"))
    reminders.done(due.id, _utc("2026-11-24T21:00"))
    assert not reminders.claim(_utc("2026-11-25T20:59"))
    assert len(reminders.claim(_utc("2026-11-25T21:00"))) == 1


def test_a_reminder_that_is_hours_late_is_not_sent(reminders: Reminders) -> None:
    assert not reminders.claim(_utc("2026-11-25T03:00"))
    assert len(reminders.claim(_utc("2026-11-25T21:00"))) == 1


def test_one_reminder_for_one_thing_and_ten_at_most(reminders: Reminders) -> None:
    assert reminders.add(1, 1, "ampoule", "1", 60, "UTC")
    assert len(reminders.of(1, 1)) == 1
    assert all(reminders.add(1, 1, f"thing {number}", "1", 60, "UTC") for number in range(9))
    assert not reminders.add(1, 1, "one more", "1", 60, "UTC")
    assert reminders.cancel(1, 2) == 0
    assert reminders.cancel(1, 1) == 10
