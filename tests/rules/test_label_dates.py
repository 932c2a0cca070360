"""What dates printed on a pack mean."""

from __future__ import annotations

from datetime import date

import pytest

from bot.rules.label_dates import MADE, UNTIL, dated
from bot.rules.schema import Verdict
from tests.knowledge import knowledge

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("printed", "verdict", "key"),
    [
        ([(date(2025, 3, 14), UNTIL)], Verdict.NO, "date_past"),
        ([(date(2026, 6, 1), UNTIL)], Verdict.YES, "date_ahead"),
        ([(date(2020, 3, 14), MADE)], Verdict.NO, "date_made"),
        ([(date(2025, 3, 14), MADE)], None, "date_made"),
        ([(date(2025, 3, 14), MADE), (date(2027, 3, 14), UNTIL)], Verdict.YES, "date_ahead"),
        ([(date(2025, 3, 14), "")], None, ""),
        ([], None, ""),
    ],
)
def test_whether_it_is_still_good(printed: list[tuple[date, str]], verdict: Verdict | None, key: str) -> None:
    advice = dated(knowledge(), printed, TODAY)
    assert advice is not None and advice.verdict is verdict and advice.sources
    assert advice.lines[0].key == key


def test_the_meaning_comes_first_where_it_is_asked_for() -> None:
    advice = dated(knowledge(), [(date(2025, 3, 14), UNTIL)], TODAY, asks_meaning=True)
    assert advice is not None and advice.lines[0].text and advice.lines[-1].key == "date_past"
