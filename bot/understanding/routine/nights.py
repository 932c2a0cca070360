"""On which nights somebody uses what: "retinol mon wed fri, glycolic on tuesdays", "retinol alternate nights with AHA"."""

from __future__ import annotations

from typing import List, NamedTuple, Sequence, Tuple

from bot.rules.routine_nights import ALTERNATE
from bot.understanding.places import Places, Span
from bot.understanding.plain import SENTENCE_ENDS

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ALSO_WORDS = frozenset({"sun", "sat"})
"""Short forms that are words of their own; they count only behind another day."""
BETWEEN_DAYS = frozenset({",", "/", "&", "+", "-", "and", "or", "n", "on"})


class _Days(NamedTuple):
    start: int
    end: int
    names: Tuple[str, ...]


def nights_of(seen: Places, steps: Sequence[Span]) -> List[Tuple[str, ...]]:
    """For each step, where it stands in the text, the days it is used on, or `ALTERNATE`; empty where neither is said.

    Days belong to the step before them, or to those after them where the text begins with days. Nights that are only
    said to differ hold for every step of that clause, and only where it names two or more.
    """
    days = _days(seen)
    headed = bool(days and steps and days[0].start < steps[0].start)
    found = []
    for number, step in enumerate(steps):
        following = steps[number + 1].start if number + 1 < len(steps) else len(seen.text)
        if headed:
            own = [one.names for one in days if one.start < step.start][-1:]
        else:
            own = [one.names for one in days if step.end <= one.start < following]
        found.append(own[0] if own else _alternating(seen, step, steps))
    return found


def _days(seen: Places) -> List[_Days]:
    """Days named in one breath as one."""
    single = sorted((span, day) for day in DAYS for span in seen.of(day))
    groups: List[_Days] = []
    for span, day in single:
        if groups and all(one.word.text in BETWEEN_DAYS for one in seen.between(groups[-1].end, span.start)):
            groups[-1] = _Days(groups[-1].start, span.end, (*groups[-1].names, day))
        elif seen.text[span.start : span.end].lower() not in ALSO_WORDS:
            groups.append(_Days(span.start, span.end, (day,)))
    return groups


def _alternating(seen: Places, step: Span, steps: Sequence[Span]) -> Tuple[str, ...]:
    ends = [one.start for one in seen.tokens if one.word.text in SENTENCE_ENDS]
    begin = max((one + 1 for one in ends if one < step.start), default=0)
    end = min((one for one in ends if one >= step.end), default=len(seen.text))
    together = [one for one in steps if begin <= one.start < end]
    said = any(begin <= one.start and one.end <= end for one in seen.of("alternates"))
    return (ALTERNATE,) if len(together) > 1 and said else ()
