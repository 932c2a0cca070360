"""Times as people type them, and when a reminder is due next, across clock changes."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.channels.telegram.schedule import minute_of_day, next_due, zone_named


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
