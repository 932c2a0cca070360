"""Times of reminders: what somebody typed as a time or a place, and when the next one is due. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

MINUTES = 60
NOON = 12
_CLOCK = re.compile(r"^(?:at |around )?(\d{1,2})(?:[:.h](\d{2}))?(?: ?(am|pm|a\.m\.|p\.m\.))?(?: ?(?:please|pls))?[.!]?$", re.I)
_FIXED = re.compile(r"^(?:utc|gmt) ?([+-]) ?(\d{1,2})$", re.I)


def minute_of_day(text: str) -> int | None:
    """Minutes since midnight of a time as people type it ("21:30", "9 pm", "at 8"), None for anything else. A bare
    hour up to eleven means the evening, since reminders are for nights."""
    found = _CLOCK.match(" ".join(text.split()))
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower().replace(".", "")
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= NOON):
        return None
    if half == "pm" or (not half and not found[2] and 1 <= hour < NOON):
        hour = hour % NOON + NOON
    elif half == "am":
        hour %= NOON
    return hour * MINUTES + minute


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    """Time zones by the lower-case city in their name ("new york"), each city once."""
    zones = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    return {name.rsplit("/", 1)[1].replace("_", " ").lower(): name for name in reversed(zones)}


def zone_named(text: str) -> str | None:
    """The time zone of a city or zone as people type it ("Seoul", "new york", "Europe/Berlin", "UTC+9"), or None."""
    wanted = " ".join(text.split()).strip(" .!").lower()
    fixed = _FIXED.match(wanted)
    if fixed and int(fixed[2]) <= 12:
        # The sign of these names is turned round: Etc/GMT-9 is nine hours ahead of UTC (POSIX).
        return f"Etc/GMT{'-' if fixed[1] == '+' else '+'}{int(fixed[2])}"
    whole = {name.lower(): name for name in available_timezones()}
    return whole.get(wanted.replace(" ", "_")) or _cities().get(wanted)


def city(zone: str) -> str:
    """How a zone is called in a sentence: "Asia/Seoul" is "Seoul"."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def next_due(days: str, minute: int, zone: str, after: datetime) -> datetime:
    """The first moment after `after` (with its time zone) that falls on one of `days` (digits, 0 is Monday) at
    `minute` of the day in `zone`, in UTC. In the hour that a clock change repeats the first one counts; a time that
    it skips moves on by the gap."""
    local = after.astimezone(ZoneInfo(zone))
    for ahead in range(9):
        day = local.date() + timedelta(days=ahead)
        if str(day.weekday()) not in days:
            continue
        at = datetime(day.year, day.month, day.day, minute // MINUTES, minute % MINUTES, tzinfo=ZoneInfo(zone))
        due = at.astimezone(timezone.utc)
        if due > after:
            return due
    raise ValueError(f"no day in {days!r}")


def clock(minute: int) -> str:
    """A minute of the day as "21:30"."""
    return f"{minute // MINUTES:02}:{minute % MINUTES:02}"
