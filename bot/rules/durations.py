"""Durations as the rules count them: in months."""

from __future__ import annotations

DAYS_A_YEAR, MONTHS_A_YEAR = 365, 12
DIGITS = 2


def months(days: float) -> float:
    """The months that days come to: 12 for 365, 9 for 273.75."""
    return round(days * MONTHS_A_YEAR / DAYS_A_YEAR, DIGITS)
