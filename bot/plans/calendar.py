"""The week's plan as an iCalendar file (RFC 5545): an event for every kind of morning and night, repeated weekly.

Times are floating (form 1 of section 3.3.5), because a routine keeps its hour wherever the person is.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from icalendar import Calendar, Event

from bot.plans.page import MORNING, NIGHT, PageDay, WeekPage

PRODUCT = "-//Glasskin//Week plan//EN"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
STARTS = {MORNING: time(7, 30), NIGHT: time(21, 30)}
LASTS = {MORNING: timedelta(minutes=10), NIGHT: timedelta(minutes=15)}


def calendar(page: WeekPage, token: str, made: datetime) -> bytes:
    """The plan as the bytes of an .ics file.

    Args:
        page: the plan.
        token: the plan's own token; the events' UIDs are made of it, so that importing twice doubles nothing.
        made: when the plan was made; events begin on that day or in the six days after it.
    """
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", page.words["title"])
    for half in (MORNING, NIGHT):
        for number, (steps, days) in enumerate(_kinds(page, half)):
            found.add_component(_event(page, half, steps, days, f"{token}-{half}-{number}@glasskin", made))
    return bytes(found.to_ical())


def _kinds(page: WeekPage, half: str) -> list[tuple[tuple[str, ...], list[int]]]:
    """Each different morning or night with the days (0 = Monday) that it stands for."""
    kinds: dict[tuple[str, ...], list[int]] = {}
    for number, day in enumerate(page.days):
        kinds.setdefault(_steps(day, half), []).append(number)
    return [(steps, days) for steps, days in kinds.items() if steps]


def _steps(day: PageDay, half: str) -> tuple[str, ...]:
    return day.morning if half == MORNING else day.night


def _event(page: WeekPage, half: str, steps: tuple[str, ...], days: list[int], uid: str, made: datetime) -> Event:
    first = next(made.date() + timedelta(days=ahead) for ahead in range(7) if (made.date() + timedelta(days=ahead)).weekday() in days)
    starts = datetime.combine(first, STARTS[half])
    special = page.extras(page.days[days[0]], half)
    title = page.words[half]
    if special:
        title = f"{title}: {', '.join(special)}"
    elif page.days[days[0]].rest and half == NIGHT:
        title = f"{title}: {page.words['rest']}"
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", made)
    event.add("dtstart", starts)
    event.add("duration", LASTS[half])
    event.add("rrule", {"freq": "weekly", "byday": [DAYS[day] for day in days]})
    event.add("summary", title)
    event.add("description", "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1)))
    event.add("transp", "TRANSPARENT")
    return event
