"""How long something has been open, as people write it, and what it means for a product."""

from __future__ import annotations

import pytest

from actions.resources import knowledge
from bot.rules.advice import Question
from bot.rules.durations import months_in
from bot.rules.keeping import shelf_life
from bot.rules.schema import Verdict

KNOWLEDGE = knowledge()


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("open for about 9 months", 9),
        ("a year ago", 12),
        ("opened two years ago", 24),
        ("half a year", 6),
        ("6mo", 6),
        ("3 and a half months", 3.5),
        ("how long does it keep", None),
    ],
)
def test_durations_are_read(text: str, months: float | None) -> None:
    assert months_in(text) == months


@pytest.mark.parametrize("entry", [key for key, entry in KNOWLEDGE.shelf_life.items() if entry.subjects and entry.high])
def test_what_is_told_is_held_against_the_figures(entry: str) -> None:
    figures = KNOWLEDGE.shelf_life[entry]
    for months, key, verdict in (
        (figures.high + 1, "shelf_past", Verdict.NO),
        (figures.low, "shelf_fresh", Verdict.YES),
        (None, "", None),
    ):
        found = shelf_life(KNOWLEDGE, Question("shelf_life", (figures.subjects[0],), number=months))
        assert found is not None and (found.lines[0].key, found.verdict) == (key, verdict)
