"""How long something has been, as people write it."""

from __future__ import annotations

import re

NUMBERS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "a couple of": 2.0, "couple of": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0,
    "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "eighteen": 18.0, "half a": 0.5,
}
MONTHS_IN = {"day": 12 / 365, "week": 12 * 7 / 365, "month": 1.0, "year": 12.0}
DURATION = re.compile(
    rf"\b(\d+(?:\.\d+)?|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})[ -]?(and a half )?(?:full )?"
    r"(day|week|month|year|mth|mo|yr)s?\b",
    re.I,
)
SHORT = {"mth": "month", "mo": "month", "yr": "year"}


def months_in(text: str) -> float | None:
    """The months that the first duration of a text comes to: 9 for "about 9 months", 12 for "a year". None where it names none."""
    found = DURATION.search(text)
    if not found:
        return None
    number = found.group(1).lower()
    amount = NUMBERS[number] if number in NUMBERS else float(number)
    unit = found.group(3).lower()
    return (amount + (0.5 if found.group(2) else 0.0)) * MONTHS_IN[SHORT.get(unit, unit)]
