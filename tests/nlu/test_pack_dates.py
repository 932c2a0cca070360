"""Dates printed on a pack, in a message."""

from __future__ import annotations

from datetime import date

import pytest

from bot.nlu.dates import about_pack_dates, printed_in


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
        ("my cream says EXP 02/2024", [("until", date(2024, 2, 29))]),
        ("my order 482130 is late", []),
        ("exp 20261340", []),
    ],
)
def test_dates_and_their_marks(text: str, expected: list[tuple[str, date]]) -> None:
    assert [(one.mark, one.day) for one in printed_in(text)] == expected


def test_other_messages_are_not_about_dates() -> None:
    assert not about_pack_dates("how long does a serum keep after opening")
    assert not about_pack_dates("is my order 20240101 on its way")
    assert about_pack_dates("what is 까지")
