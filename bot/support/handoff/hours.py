"""Whether anybody is there, until when, and until when an answer is promised, by the owner's hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Iterator, Optional

from bot.store.people_policy import People, read_days_off, read_hours

LOOK_AHEAD_DAYS = 60
A_WEEK = 8
MIDNIGHT = time()


@dataclass(frozen=True)
class Hours:
    """The hours of `People`. Moments are in any time zone; days and times of day in the shop's."""

    people: People

    @property
    def always(self) -> bool:
        """Whether the owner named no hours, so that nothing is known and nothing promised."""
        return not self.people.hours

    def closes(self, now: datetime) -> Optional[datetime]:
        """When those who are there now leave; None where nobody is there, or somebody is there at every hour of the week."""
        found: Optional[datetime] = None
        for begin, end in self._spans(now, A_WEEK):
            if begin <= now < end or begin == found:
                found = end
            elif begin > now:
                return found
        return None if found is None or found - now > timedelta(days=A_WEEK - 1) else found

    def opens(self, now: datetime) -> Optional[datetime]:
        """When somebody is there next; None where no day of the next weeks has hours."""
        return next((begin for begin, _ in self._spans(now, LOOK_AHEAD_DAYS) if begin > now), None)

    def is_open(self, now: datetime) -> bool:
        """Whether somebody is there; so it is taken where the owner named no hours."""
        return self.always or any(begin <= now < end for begin, end in self._spans(now, 1))

    def promised(self, since: datetime) -> Optional[datetime]:
        """Until when an answer to what was said at a moment is promised; None where nobody is there."""
        due = since + timedelta(minutes=self.people.answer_within)
        if self.always:
            return due
        closes = self.closes(since)
        return min(due, closes) if closes else due if self.is_open(since) else None

    def _spans(self, now: datetime, days: int) -> Iterator[tuple[datetime, datetime]]:
        """When somebody is there, from yesterday's midnight on, in order."""
        zone = self.people.zone
        week, off = read_hours(self.people.hours), [read_days_off(one) for one in self.people.holidays]
        today = now.astimezone(zone).date()
        for passed in range(days):
            day: date = today + timedelta(days=passed)
            if any(first <= day <= last for first, last in off):
                continue
            for begin, end in week.get(day.weekday(), ()):
                last = datetime.combine(day, end, zone) if end != time.max else datetime.combine(day + timedelta(days=1), MIDNIGHT, zone)
                yield datetime.combine(day, begin, zone), last
