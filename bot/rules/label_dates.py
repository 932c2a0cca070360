"""Dates printed on a pack: when it was made (제조) and until when it may be used (까지), as Korean labels mark them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Iterator

from bot.rules.advice import Advice, Line, line_of, merge
from bot.rules.facts import general
from bot.rules.knowledge import Knowledge
from bot.rules.schema import Verdict

KIND = "date_marks"
KEEPS = "keeps_unopened"
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
MEANS = re.compile(r"\b(?:mean\w*|stands? for|what(?:'?s| is| are| does)(?! it))\b", re.I)


@dataclass(frozen=True)
class Printed:
    """A date on a pack, and whether it is when it was made or until when it may be used; empty where nothing says so."""

    day: date
    mark: str


def is_about_dates(text: str) -> bool:
    """True for a message with the Korean words by a date, or with a date whose English mark stands by it."""
    return bool(KOREAN.search(text)) or any(one.mark for one in printed_in(text))


def printed_in(text: str) -> list[Printed]:
    """The dates of a message in the order they stand, each with the mark nearest to it."""
    return [Printed(day, _mark(text, start, end)) for day, start, end in _dates(text)]


def dated(knowledge: Knowledge, text: str, today: date) -> Advice | None:
    """What the dates on a pack mean, and whether it is still good by them, the one that is asked for first; None without
    the words in the knowledge."""
    meaning = general(knowledge, KIND)
    if meaning is None:
        return None
    printed = printed_in(text)
    until = next((one.day for one in printed if one.mark == UNTIL), None)
    made = next((one.day for one in printed if one.mark == MADE), None)
    if until:
        past = until < today
        line = Line(key="date_past" if past else "date_ahead", params={"date": until.isoformat()})
        lines = (*meaning.lines, line) if MEANS.search(text) else (line, *meaning.lines)
        return Advice(Verdict.NO if past else Verdict.YES, lines, more=meaning.more, sources=meaning.sources)
    if made:
        keeps = knowledge.guidelines[KEEPS]
        years = keeps.number or 0
        old = made.replace(day=1, year=made.year + years) < today
        said = [Line(key="date_made", params={"date": made.isoformat()}), line_of(knowledge, keeps.say)]
        said += [Line(key="date_made_long_ago", params={"years": str(years)})] if old else []
        sources = merge(tuple(keeps.sources), meaning.sources)
        return Advice(Verdict.NO if old else None, tuple(said), more=tuple(meaning.lines), sources=sources)
    return meaning


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
