"""When a person answers in the chat, as a set-up asks it; the other rules under `people` in `shop.yml` stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from bot.store.people_policy import People

PEOPLE = "people"
TIMEZONE, HOURS, MINUTES = "timezone", "hours", "answer_within"
KEYS = (TIMEZONE, HOURS, MINUTES)
NO_MINUTES = "Write whole minutes, 1 to 1440."


def standing(people: Any) -> dict[str, str]:
    """What stands in the fields: the owner's, else what counts without."""
    known = people if isinstance(people, Mapping) else {}
    hours = known.get(HOURS)
    lines = [f"{days}: {spans}" for days, spans in hours.items()] if isinstance(hours, Mapping) else []
    return {TIMEZONE: str(known.get(TIMEZONE, "")), HOURS: "\n".join(lines), MINUTES: str(known.get(MINUTES, People().answer_within))}


def read_people(typed: Mapping[str, str]) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """The rules that were typed, and what is wrong by the fields' names.

    Args:
        typed: a text for each of `KEYS`; the hours a line for each day or days, "monday to friday: 9:00 to 18:00"; several of the same days add up.
    """
    hours: dict[str, list[str]] = {}
    for days, _, spans in (line.partition(":") for line in typed[HOURS].splitlines() if line.strip()):
        hours.setdefault(days.strip().lower(), []).append(spans.strip())
    minutes = typed[MINUTES].strip()
    found: dict[str, Any] = {TIMEZONE: typed[TIMEZONE].strip(), HOURS: {days: ", ".join(spans) for days, spans in hours.items()}, MINUTES: minutes}
    wrong: dict[str, str] = {}
    try:
        People.parse_obj(found)
    except ValidationError as error:
        wrong = {str(one["loc"][0]): f"{one['msg'][:1].upper()}{one['msg'][1:]}." for one in error.errors()}
    if MINUTES in wrong or not (minutes.isascii() and minutes.isdigit()):
        wrong[MINUTES] = NO_MINUTES
    return ({**found, MINUTES: int(minutes)} if not wrong else found), wrong
