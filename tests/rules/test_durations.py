"""How long something has been open, and what it means for a product."""

from __future__ import annotations

import pytest

from bot.rules.advice import Question
from bot.rules.durations import months
from bot.rules.keeping import shelf_life
from bot.rules.schema import Verdict
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()


@pytest.mark.parametrize(("days", "expected"), [(365, 12), (273.75, 9), (212.92, 7), (7, 0.23)])
def test_days_are_counted_in_months(days: float, expected: float) -> None:
    assert months(days) == expected


@pytest.mark.parametrize("entry", [key for key, entry in KNOWLEDGE.shelf_life.items() if entry.subjects and entry.high])
def test_what_is_told_is_held_against_the_figures(entry: str) -> None:
    figures = KNOWLEDGE.shelf_life[entry]
    for number, key, verdict in (
        (figures.high + 1, "shelf_past", Verdict.NO),
        (figures.low, "shelf_fresh", Verdict.YES),
        (None, "", None),
    ):
        found = shelf_life(KNOWLEDGE, Question("shelf_life", (figures.subjects[0],), number=number))
        assert found is not None and (found.lines[0].key, found.verdict) == (key, verdict)
