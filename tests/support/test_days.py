"""Working days are Monday to Friday."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.support.days import between, later

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


def test_a_weekend_lies_between() -> None:
    assert later(FRIDAY, 1) == MONDAY and later(FRIDAY, 0) == FRIDAY and later(FRIDAY + timedelta(days=1), 1) == MONDAY
    assert between(FRIDAY, MONDAY) == 1 and between(FRIDAY, FRIDAY + timedelta(days=2)) == 0 and between(MONDAY, FRIDAY) == 0


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 60))
def test_one_is_the_others_contrary(day: date, count: int) -> None:
    assert between(day, later(day, count)) == count and later(day, count).weekday() < 5
