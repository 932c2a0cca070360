"""On which nights somebody uses what: "retinol mon wed fri, glycolic on tuesdays", "retinol alternate nights with AHA"."""

from __future__ import annotations

import re
from typing import Sequence

ALTERNATE = "alternate"
"""Stands for nights that are said to differ from the others' without being named."""
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = re.compile(
    r"\b(mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|nesday|sday|rsday|urday)?s?\b(?! ?(?:screen|block|cream|burn|damage))",
    re.I,
)
ALSO_WORDS = frozenset({"sun", "sat"})
"""Short forms that are words of their own; they count only behind another day."""
ALTERNATING = re.compile(
    r"\b(alternat\w+|(on |in )?(different|separate|opposite) (nights?|days?|evenings?)|(the |my )?(other|off|in[- ]between|remaining)"
    r" (nights?|evenings?|days?)|(nights?|days?) (in[- ]?)?between|(never|not) (on |in )?the same (night|evening|day)|"
    r"every other (night|evening|day))\b",
    re.I,
)
CLAUSE = re.compile(r"[.;\n!?]")
JOINTS = str.maketrans(",/&+-", "     ")
ONE_BREATH: tuple[list[str], ...] = ([], ["and"], ["or"], ["n"], ["on"], ["and", "on"], ["or", "on"], ["n", "on"])


def nights_of(text: str, places: Sequence[tuple[int, int]]) -> list[tuple[str, ...]]:
    """For each step, where it stands in the message, the days it is used on, or `ALTERNATE`; empty where neither is said.

    Days belong to the step before them, or to those after them where the message begins with days. Nights that are only
    said to differ hold for every step of that clause, and only where it names two or more.
    """
    days = _days(text)
    headed = bool(days and places and days[0][0] < places[0][0])
    found = []
    for number, (start, end) in enumerate(places):
        following = places[number + 1][0] if number + 1 < len(places) else len(text)
        if headed:
            own = [names for place, _, names in days if place < start][-1:]
        else:
            own = [names for place, _, names in days if end <= place < following]
        found.append(own[0] if own else _alternating(text, (start, end), places))
    return found


def apart(one: Sequence[str], other: Sequence[str]) -> bool:
    """True where two steps are said to be used on different nights."""
    return bool(one and other) and (not set(one) & set(other) or ALTERNATE in one and ALTERNATE in other)


def _days(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Days named in one breath as one: start, end, their full names."""
    groups: list[tuple[int, int, tuple[str, ...]]] = []
    for match in DAY.finditer(text):
        day = next(one for one in DAYS if one.startswith(match.group(1).lower()[:3]))
        if groups and text[groups[-1][1] : match.start()].lower().translate(JOINTS).split() in ONE_BREATH:
            start, _, names = groups[-1]
            groups[-1] = (start, match.end(), (*names, day))
        elif match.group().lower() not in ALSO_WORDS:
            groups.append((match.start(), match.end(), (day,)))
    return groups


def _alternating(text: str, place: tuple[int, int], places: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    ends = [match.start() for match in CLAUSE.finditer(text)]
    begin = max((one + 1 for one in ends if one < place[0]), default=0)
    end = min((one for one in ends if one >= place[1]), default=len(text))
    together = [start for start, _ in places if begin <= start < end]
    return (ALTERNATE,) if len(together) > 1 and ALTERNATING.search(text[begin:end]) else ()
