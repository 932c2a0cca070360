"""A routine over seven days: which nights belong to which active, and which are for rest.

Nights are chosen so that a step's own nights lie far apart, clashing steps never share one, and strong nights keep
rest nights between them. The same routine always gives the same week.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Iterable, Iterator, Sequence

from bot.rules.advice import Advice, Line, Profile
from bot.rules.knowledge import Knowledge
from bot.rules.names import several
from bot.rules.routine import RoutineCheck, check
from bot.rules.routine_clashes import clash
from bot.rules.routine_guard import background
from bot.rules.routine_placing import Placed
from bot.rules.routine_use import SUNSCREEN, WEEK, strong_in
from bot.rules.steps import MORNING, NIGHT, Step

DAYS = range(WEEK)
REST = "rest_nights"
REST_GENTLY = "rest_nights_gently"
NEW_ACTIVES = "new_actives"


@dataclass(frozen=True)
class Day:
    """One day: what goes on in the morning and at night, in order. `rest` is true for a night without strong
    actives in a week that has some."""

    morning: tuple[Step, ...]
    night: tuple[Step, ...]
    rest: bool


@dataclass(frozen=True)
class Week:
    """Seven days, Monday first. `daily_morning` and `daily_night` are what every day has; `later` are actives that
    wait until skin knows the first ones; `checked` is the routine behind it."""

    days: tuple[Day, ...]
    daily_morning: tuple[Step, ...]
    daily_night: tuple[Step, ...]
    later: tuple[Step, ...]
    notes: tuple[Advice, ...]
    checked: RoutineCheck


def plan(knowledge: Knowledge, steps: Sequence[Step], profile: Profile) -> Week:
    """Spreads a routine over the week for one person. A beginner starts with one strong active, and what this person
    must leave is not in it."""
    checked = check(knowledge, steps, profile)
    placed = {MORNING: list(checked.morning), NIGHT: list(checked.night)}
    later = _for_later(knowledge, steps, placed) if profile.beginner else []
    nights = _spread(knowledge, placed[NIGHT], profile, most=WEEK - _rest_nights(knowledge, profile))
    mornings = _spread(knowledge, placed[MORNING], profile, most=WEEK)
    strong = [strong_in(knowledge, [one.step]) for one in placed[NIGHT]]
    days = []
    for day in DAYS:
        night = tuple(one.step for one, on in zip(placed[NIGHT], nights) if day in on)
        morning = tuple(one.step for one, on in zip(placed[MORNING], mornings) if day in on)
        days.append(Day(morning, night, rest=any(strong) and not strong_in(knowledge, night)))
    daily = {
        time: tuple(one.step for one, on in zip(placed[time], chosen) if len(on) == WEEK)
        for time, chosen in ((MORNING, mornings), (NIGHT, nights))
    }
    # What the check tells as the reason to leave something out need not be told again.
    told = [note.lines for note in checked.notes]
    standing = [note for note in background(knowledge, profile, steps) if note.lines in told]
    notes = [*_notes(knowledge, placed[NIGHT], later, profile), *standing]
    return Week(tuple(days), daily[MORNING], daily[NIGHT], tuple(later), tuple(notes), checked)


def sessions(placed: Placed, profile: Profile) -> int:
    """How many times a week to begin with: the least for beginners and sensitive skin, the most for people used to
    actives, the middle for everybody else."""
    if profile.beginner or profile.sensitive:
        return placed.low
    return placed.high if profile.beginner is False else -(-(placed.low + placed.high) // 2)


def _rest_nights(knowledge: Knowledge, profile: Profile) -> int:
    """How many nights of the week stay free of strong actives."""
    rule = knowledge.guidelines[REST_GENTLY if profile.sensitive or profile.beginner else REST]
    return rule.number or 0


def _for_later(knowledge: Knowledge, steps: Sequence[Step], placed: dict[str, list[Placed]]) -> list[Step]:
    """Takes all strong actives but the one named first out of both halves; returns them. A sunscreen never waits, whatever is in it."""
    staying = [one.step for half in placed.values() for one in half if one.step.type != SUNSCREEN]
    strong = [step for step in steps if step in staying and strong_in(knowledge, [step])]
    later = [step for step in strong[1:] if step.what != strong[0].what]
    for time, half in placed.items():
        placed[time] = [one for one in half if one.step not in later]
    return later


def _spread(knowledge: Knowledge, half: Sequence[Placed], profile: Profile, most: int) -> list[frozenset[int]]:
    """The days of each step of one half of the day. `most` is how many days may have a strong active."""
    chosen: list[frozenset[int] | None] = [frozenset(DAYS) if one.daily and one.group is None else None for one in half]
    order = sorted(
        (position for position, days in enumerate(chosen) if days is None),
        key=lambda position: (not strong_in(knowledge, [half[position].step]), -sessions(half[position], profile), position),
    )
    strong_days: frozenset[int] = frozenset()
    waiting = sum(bool(strong_in(knowledge, [half[position].step])) for position in order)
    for position in order:
        step = half[position].step
        taken = _taken(knowledge, half, chosen, step)
        free = [day for day in DAYS if day not in taken]
        is_strong = bool(strong_in(knowledge, [step]))
        count = min(sessions(half[position], profile), len(free))
        if is_strong:
            waiting -= 1
            count = min(count, max(1, most - len(strong_days) - waiting))
        busy = [day for days in chosen if days and len(days) < WEEK for day in days]
        chosen[position] = _best(free, max(count, 1), strong_days, busy, apart=is_strong)
        if is_strong:
            strong_days |= chosen[position] or frozenset()
    return [days or frozenset() for days in chosen]


def _taken(
    knowledge: Knowledge, half: Sequence[Placed], chosen: Sequence[frozenset[int] | None], step: Step
) -> frozenset[int]:
    """Days on which something is used that must not meet this step."""
    taken: frozenset[int] = frozenset()
    for other, days in zip(half, chosen):
        if days and other.step is not step and clash(knowledge, step, other.step):
            taken |= days
    return taken


def _best(
    free: Sequence[int], count: int, strong_days: frozenset[int], busy: Sequence[int], apart: bool
) -> frozenset[int]:
    """`count` of the free days: away from strong days, far from each other, where little else is, from Monday on."""

    def rank(chosen: Iterable[int]) -> tuple[int, ...]:
        days = tuple(chosen)
        near_strong = sum(_distance(day, other) <= (1 if apart else 0) for day in days for other in strong_days)
        gaps = sorted(_gaps(days))
        crowded = sum(busy.count(day) for day in days)
        return (near_strong, *(-gap for gap in gaps[:1]), crowded, sum(gap * gap for gap in gaps), *days)

    if count >= len(free):
        return frozenset(free)
    return frozenset(min(combinations(free, count), key=rank))


def _gaps(days: tuple[int, ...]) -> Iterator[int]:
    """Days from each day to the next, around the week."""
    for position, day in enumerate(days):
        yield (days[(position + 1) % len(days)] - day - 1) % WEEK + 1


def _distance(day: int, other: int) -> int:
    return min((day - other) % WEEK, (other - day) % WEEK)


def _notes(knowledge: Knowledge, night: Sequence[Placed], later: Sequence[Step], profile: Profile) -> list[Advice]:
    """How to go on from this week: one night more, or the next active."""
    notes = []
    growing = [one for one in night if strong_in(knowledge, [one.step]) and sessions(one, profile) < one.high]
    rule = knowledge.guidelines[NEW_ACTIVES]
    weeks = str(rule.number)
    for one in growing[:2]:
        ids = strong_in(knowledge, [one.step])
        params = {"subject": several(knowledge, ids), "high": str(one.high), "weeks": weeks}
        notes.append(Advice(None, (Line(key="week_grow", params=params, recommends=ids),), sources=tuple(rule.sources)))
    if later:
        ids = tuple(active for step in later for active in strong_in(knowledge, [step]))
        line = Line(key="week_later", params={"subjects": several(knowledge, ids), "weeks": weeks}, recommends=ids)
        notes.append(Advice(None, (line,), sources=tuple(rule.sources)))
    return notes
