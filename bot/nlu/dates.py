"""Dates printed on a pack, as people copy them: when it was made (제조) and until when it may be used (까지)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Iterator, NamedTuple

MADE, UNTIL = "made", "until"
KOREAN = re.compile(r"제조|까지|사용\s?기한|유통\s?기한")
WORDS = {
    MADE: re.compile(r"제조(?:일자|일)?|\b(?:mfg|mfd|manufactur\w*|made|production|produced)\b", re.I),
    UNTIL: re.compile(r"까지|사용\s?기한|유통\s?기한|\b(?:exp|bbe?|use by|best before|until)\b", re.I),
}
DATE = re.compile(
    r"(?<!\d)(?P<year>20\d\d)\s?(?P<between>[.\-/년]?)\s?(?P<month>\d\d?)(?:\s?[.\-/월]\s?|(?<=\d\d)(?=\d\d))(?P<day>\d\d?)일?(?!\d)"
    r"|(?<!\d)(?P<short>\d\d)(?P<month2>\d\d)(?P<day2>\d\d)(?!\d)"
    r"|(?<![\d./-])(?P<month3>\d\d?)[./-](?P<year3>20\d\d)(?!\d)"
)
NEAR = 14


class Printed(NamedTuple):
    """A date on a pack, and whether it is when it was made or until when it may be used; empty where nothing says so."""

    day: date
    mark: str


def about_pack_dates(text: str) -> bool:
    """True for a message with the Korean words by a date, or with a date whose English mark stands by it."""
    return bool(KOREAN.search(text)) or any(one.mark for one in printed_in(text))


def printed_in(text: str) -> list[Printed]:
    """The dates of a message in the order they stand, each with the mark nearest to it. A month without a day lasts to its
    end."""
    return [Printed(day, _mark(text, start, end)) for day, start, end in _dates(text)]


def _dates(text: str) -> Iterator[tuple[date, int, int]]:
    for found in DATE.finditer(text):
        year = int(found.group("year") or found.group("year3") or 2000 + int(found.group("short") or 0))
        month = int(found.group("month") or found.group("month2") or found.group("month3"))
        try:
            last = monthrange(year, month)[1]
            yield date(year, month, int(found.group("day") or found.group("day2") or last)), found.start(), found.end()
        except ValueError:
            continue


def _mark(text: str, start: int, end: int) -> str:
    """The mark that stands nearest to a date, before or after it; none beyond another date."""
    before, after = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    near = []
    for mark, pattern in WORDS.items():
        near += [(len(before) - found.end(), mark) for found in pattern.finditer(before)]
        near += [(found.start(), mark) for found in pattern.finditer(after)]
    return min(near)[1] if near else ""
