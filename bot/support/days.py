"""Working days, Monday to Friday. Public holidays are not known: who counts on them writes longer times into `data/shop.yml`."""

from __future__ import annotations

from datetime import date, timedelta

FRIDAY = 4
DAY = timedelta(days=1)


def later(day: date, count: int) -> date:
    """The day that is `count` working days after a day."""
    while count:
        day += DAY
        count -= day.weekday() <= FRIDAY
    return day


def between(first: date, last: date) -> int:
    """How many working days after `first` it is on `last`, 0 where it is not later."""
    return sum((first + DAY * passed).weekday() <= FRIDAY for passed in range(1, (last - first).days + 1))
