"""A routine after a message that changes it."""

from __future__ import annotations

import pytest

from bot.rules.steps import MORNING, NIGHT, Step
from bot.understanding.routine.change import changed
from bot.understanding.routine.reading import told
from tests.knowledge import knowledge
from tests.understanding.reading import frame

RETINOL, TONER = Step("serum", ("retinol",)), Step("toner")
PRODUCT = Step("serum", ("retinol",), title="Quiet Serum", handle="quiet")


def after(text: str, *before: Step) -> list[tuple[str, ...]]:
    """What a routine holds after a message."""
    said = frame(text)
    return [step.ids for step in changed(said, knowledge(), before, told(said, knowledge()))]


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("and a retinol serum", [TONER], [("toner",), ("serum", "retinol")]),
        ("swap the retinol for bakuchiol", [TONER, RETINOL], [("toner",), ("serum", "bakuchiol")]),
        ("bakuchiol instead of retinol", [TONER, RETINOL], [("toner",), ("serum", "bakuchiol")]),
        ("take the retinol out", [TONER, RETINOL], [("toner",)]),
        ("take the retinol out", [TONER, PRODUCT], [("toner",)]),
        ("remove the retinoids", [TONER, RETINOL], [("toner",)]),
        ("drop the serum", [TONER, RETINOL], [("toner",)]),
        ("cleanser, essence and cream", [TONER, RETINOL], [("water_cleanser",), ("essence",), ("moisturizer",)]),
        ("also an essence, a mist and a cream", [TONER], [("toner",), ("essence",), ("mist",), ("moisturizer",)]),
        ("toner", [TONER], [("toner",)]),
    ],
)
def test_a_routine_changes(text: str, before: list[Step], expected: list[tuple[str, ...]]) -> None:
    assert after(text, *before) == expected


def test_a_half_of_the_day_told_anew_leaves_the_other() -> None:
    morning = Step("serum", ("ascorbic_acid",), (MORNING,))
    night = Step("serum", ("retinol",), (NIGHT,))
    found = after("at night i use cleanser, a bakuchiol serum and cream", morning, night)
    assert ("serum", "ascorbic_acid") in found and ("serum", "retinol") not in found and len(found) == 4
