"""How long something has been or takes, as people write it: "9 months", "a year and a half", "half a year"."""

from __future__ import annotations

import re
from typing import NamedTuple

NUMBERS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "a couple of": 2.0, "couple of": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0,
    "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "eighteen": 18.0, "half a": 0.5,
}
YEAR = 365.0
DAYS_IN = {"day": 1.0, "week": 7.0, "month": YEAR / 12, "year": YEAR}
SHORT = {"mth": "month", "mo": "month", "yr": "year", "wk": "week"}
DURATION = re.compile(
    rf"\b(\d+(?:\.\d+)?|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})[ -]?(?P<half>and a half )?(?:full )?"
    r"(?P<unit>day|week|month|year|mth|mo|yr|wk)s?\b(?P<half_after> and a half\b)?",
    re.I,
)
DIGITS = 2


class Found(NamedTuple):
    """A duration in a message: days, and where it stands."""

    days: float
    start: int
    end: int


def find(text: str) -> list[Found]:
    """All durations of a text in the order they stand; an age ("10 years old") is one too."""
    return [Found(_days(match), match.start(), match.end()) for match in DURATION.finditer(text)]


def _days(match: re.Match[str]) -> float:
    number = match.group(1).lower()
    amount = NUMBERS[number] if number in NUMBERS else float(number)
    if match.group("half") or match.group("half_after"):
        amount += 0.5
    unit = match.group("unit").lower()
    return round(amount * DAYS_IN[SHORT.get(unit, unit)], DIGITS)
