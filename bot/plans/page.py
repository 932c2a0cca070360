"""The week's plan in plain words, ready to be drawn or put into a calendar: no ids, no person, no rules."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Mapping

MORNING = "morning"
NIGHT = "night"
LONGEST = 20_000


@dataclass(frozen=True)
class PageDay:
    """One day: its short and long name and the steps of both halves, in the order of putting on. `rest` is true for a
    night that is free of strong actives while other nights have them."""

    short: str
    name: str
    morning: tuple[str, ...]
    night: tuple[str, ...]
    rest: bool


@dataclass(frozen=True)
class WeekPage:
    """Everything the picture and the calendar show. `words` are labels by key: see `LABELS`."""

    days: tuple[PageDay, ...]
    notes: tuple[str, ...]
    words: Mapping[str, str]

    @property
    def daily_morning(self) -> tuple[str, ...]:
        """Steps of every morning, in order."""
        return tuple(step for step in self.days[0].morning if all(step in day.morning for day in self.days))

    @property
    def daily_night(self) -> tuple[str, ...]:
        """Steps of every night, in order."""
        return tuple(step for step in self.days[0].night if all(step in day.night for day in self.days))

    def extras(self, day: PageDay, half: str) -> tuple[str, ...]:
        """What a half of a day has beyond what every day has."""
        steps, daily = (day.morning, self.daily_morning) if half == MORNING else (day.night, self.daily_night)
        return tuple(step for step in steps if step not in daily)


LABELS = ("title", "every_morning", "every_night", "morning", "night", "rest", "as_every_day", "footer")


def dump(page: WeekPage) -> str:
    """The page as JSON.

    Raises:
        ValueError: when it is longer than anything a person would read.
    """
    text = json.dumps(asdict(page), ensure_ascii=False, separators=(",", ":"))
    if len(text) > LONGEST:
        raise ValueError(f"a plan of {len(text)} characters is too long")
    return text


def load(text: str) -> WeekPage:
    """The page that `dump` wrote."""
    stored: dict[str, Any] = json.loads(text)
    days = tuple(
        PageDay(day["short"], day["name"], tuple(day["morning"]), tuple(day["night"]), day["rest"])
        for day in stored["days"]
    )
    return WeekPage(days, tuple(stored["notes"]), stored["words"])
