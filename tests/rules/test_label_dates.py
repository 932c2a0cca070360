"""Dates printed on a pack."""

from __future__ import annotations

from datetime import date

import pytest

from actions.resources import knowledge
from bot.rules.label_dates import dated, is_about_dates, printed_in
from bot.rules.schema import Verdict

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("제조 2024.03.15", [("made", date(2024, 3, 15))]),
        ("20240315 제조", [("made", date(2024, 3, 15))]),
        ("2026-03-14까지", [("until", date(2026, 3, 14))]),
        ("제조 2024.03.15 and 까지 2026.03.14", [("made", date(2024, 3, 15)), ("until", date(2026, 3, 14))]),
        ("EXP 260314", [("until", date(2026, 3, 14))]),
        ("MFG 2024/1/5", [("made", date(2024, 1, 5))]),
        ("사용기한 2026년 3월 14일", [("until", date(2026, 3, 14))]),
        ("my order 482130 is late", []),
        ("exp 20261340", []),
    ],
)
def test_dates_and_their_marks(text: str, expected: list[tuple[str, date]]) -> None:
    assert [(one.mark, one.day) for one in printed_in(text)] == expected


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("2025.03.14 까지, still ok?", Verdict.NO),
        ("2027.03.14 까지, still ok?", Verdict.YES),
        ("제조 2020.03.14", Verdict.NO),
        ("제조 2025.03.14", None),
        ("what does 제조 mean", None),
    ],
)
def test_whether_it_is_still_good(text: str, verdict: Verdict | None) -> None:
    advice = dated(knowledge(), text, TODAY)
    assert advice is not None and advice.verdict is verdict and advice.sources


def test_other_messages_are_not_about_dates() -> None:
    assert not is_about_dates("how long does a serum keep after opening")
    assert not is_about_dates("is my order 20240101 on its way")
    assert is_about_dates("what is 까지")


def test_a_month_lasts_to_its_end() -> None:
    (printed,) = printed_in("my cream says EXP 02/2024")
    assert (printed.day, printed.mark) == (date(2024, 2, 29), "until")
