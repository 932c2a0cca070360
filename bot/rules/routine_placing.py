"""Puts the steps of a routine into morning and night, in order, on nights of their own where they need them.

What clashes is parted as its rule says. The nights form groups that share no night: a step of group 0 and one of
group 1 never meet; a step without a group is for every day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Sequence

from bot.rules.advice import Profile
from bot.rules.knowledge import Knowledge
from bot.rules.layering import step_of
from bot.rules.routine_clashes import clash
from bot.rules.routine_guard import is_prescribed
from bot.rules.routine_use import WEEK, crowding, is_exfoliating, per_week, strong_in, uses
from bot.rules.steps import MORNING, NIGHT, Step

MOST_GROUPS = 3


@dataclass(frozen=True)
class Placed:
    """A step in a half of the day: its group of nights (None: any), and how many times a week, from `low` to
    `high`."""

    step: Step
    group: int | None
    low: int
    high: int
    added: bool = False

    @property
    def daily(self) -> bool:
        """True for what is used every day."""
        return self.low >= WEEK


@dataclass
class Placement:
    """Where everything goes: both halves of the day in the order of putting on, what found no place, and what was
    named for the morning but belongs to the night."""

    morning: list[Placed] = field(default_factory=list)
    night: list[Placed] = field(default_factory=list)
    out: list[Step] = field(default_factory=list)
    moved: list[Step] = field(default_factory=list)

    def half(self, time: str) -> list[Placed]:
        """One half of the day."""
        return self.morning if time == MORNING else self.night


def place(knowledge: Knowledge, steps: Sequence[Step], profile: Profile) -> Placement:
    """Places every step that the rules allow beside those placed before it; prescriptions first, then what is for
    the night only, then the rest."""
    placement = Placement()
    for step in sorted(steps, key=lambda one: _priority(knowledge, one)):
        if _is_one_too_many(knowledge, step, placement, profile):
            placement.out.append(step)
        elif is_guest(knowledge, step, steps):
            _place_guest(knowledge, step, placement, profile)
        else:
            for time in usual_times(knowledge, step):
                placement.half(time).append(_placed(knowledge, step, None, profile))
    asked = {step.what: position for position, step in enumerate(steps)}
    for half in (placement.morning, placement.night):
        half.sort(key=lambda one: (step_of(knowledge, one.step.type), asked[one.step.what]))
    return placement


def _is_one_too_many(knowledge: Knowledge, step: Step, placement: Placement, profile: Profile) -> bool:
    """True where a step must not join those placed: by a pair rule, or because there are enough like it."""
    others = steps_in(placement)
    if any((found := clash(knowledge, step, other)) and found.never for other in others):
        return True
    if not strong_in(knowledge, [step]):
        return False
    return any(len(counted) > most for _, counted, most in crowding(knowledge, [*others, step], profile))


def steps_in(placement: Placement) -> list[Step]:
    """All steps that found a place."""
    return [one.step for one in (*placement.morning, *placement.night)]


def is_guest(knowledge: Knowledge, step: Step, steps: Sequence[Step]) -> bool:
    """True for a step that needs a time of its own: a strong active, or one that clashes with another step."""
    strong = bool(strong_in(knowledge, [step]))
    if knowledge.product_types[step.type].rinse_off:
        return False
    return strong or any(clash(knowledge, step, other) for other in steps if other is not step)


def usual_times(knowledge: Knowledge, step: Step) -> tuple[str, ...]:
    """When a step that clashes with nothing is used: as the person said, where its type allows it; what is not for
    every day goes on at night."""
    kind = knowledge.product_types[step.type]
    allowed = [time for time, value in ((MORNING, kind.morning), (NIGHT, kind.night)) if value != "no"]
    said = tuple(time for time in step.times if time in allowed)
    usual = [time for time, value in ((MORNING, kind.morning), (NIGHT, kind.night)) if value == "yes"]
    if kind.per_week.high < WEEK and NIGHT in usual:
        usual = [NIGHT]
    return said or tuple(usual) or tuple(allowed)


def _priority(knowledge: Knowledge, step: Step) -> tuple[int, int]:
    strong = strong_in(knowledge, [step])
    if any(is_prescribed(knowledge, one) for one in step.actives):
        return (0, 0)
    if not strong:
        return (3, 0)
    whens = {use.when for use in uses(knowledge, step)}
    return (2, 0) if "am_or_pm" in whens else (1, int(is_exfoliating(knowledge, step)))


def _place_guest(knowledge: Knowledge, step: Step, placement: Placement, profile: Profile) -> None:
    for time, group in _options(knowledge, step, placement):
        if _fits(knowledge, step, time, group, placement):
            placement.half(time).append(_placed(knowledge, step, group, profile))
            if MORNING in step.times and NIGHT not in step.times and time == NIGHT:
                placement.moved.append(step)
            return
    placement.out.append(step)


def _options(knowledge: Knowledge, step: Step, placement: Placement) -> list[tuple[str, int | None]]:
    """Where a step could go, best first."""
    kind = knowledge.product_types[step.type]
    whens = {use.when for use in uses(knowledge, step)}
    nights: list[tuple[str, int | None]] = [(NIGHT, group) for group in range(MOST_GROUPS)] if kind.night != "no" else []
    morning: list[tuple[str, int | None]] = [(MORNING, None)] if kind.morning != "no" else []
    strong = bool(strong_in(knowledge, [step]))
    if whens == {"pm"} or (strong and not whens):
        return nights
    if not strong and not step.times:
        return [*nights[:1], *morning, *nights[1:]]
    prefers_night = NIGHT in step.times or (not step.times and whens != {"am"})
    return [*nights[:1], *morning, *nights[1:]] if prefers_night else [*morning, *nights]


def _fits(knowledge: Knowledge, step: Step, time: str, group: int | None, placement: Placement) -> bool:
    for other in (*placement.morning, *placement.night):
        found = clash(knowledge, step, other.step)
        if found is None:
            continue
        same_moment = other in placement.half(time) and (other.group == group or other.group is None or group is None)
        same_day = found.kind == "alternate_nights" and (time == MORNING or other.group is None)
        if found.never or same_moment or same_day:
            return False
    return True


def _placed(knowledge: Knowledge, step: Step, group: int | None, profile: Profile) -> Placed:
    often = per_week(knowledge, step, profile)
    return Placed(step, group, often.low, often.high)
