"""What a page says of a week, and that it survives being kept."""

from __future__ import annotations

import pytest

from bot.plans.page import LONGEST, MORNING, NIGHT, dump, load
from tests.plans.pages import AMPOULE, CLEANSER, CREAM, RETINOL, SUNSCREEN, VITAMIN_C, week


def test_a_page_comes_back_as_it_was_kept() -> None:
    assert load(dump(week(notes=("Sonnencreme täglich: 매일",)))) == week(notes=("Sonnencreme täglich: 매일",))


def test_what_every_day_has_is_told_apart_from_what_is_special() -> None:
    page = week()
    assert page.daily_morning == (CLEANSER, VITAMIN_C, CREAM, SUNSCREEN)
    assert page.daily_night == (CLEANSER, CREAM)
    assert page.extras(page.days[0], NIGHT) == (RETINOL,)
    assert page.extras(page.days[1], NIGHT) == (AMPOULE,)
    assert page.extras(page.days[2], MORNING) == ()


def test_a_page_that_nobody_would_read_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        dump(week(notes=("x" * LONGEST,)))
