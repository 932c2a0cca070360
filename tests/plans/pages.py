"""Plans to draw and to put into calendars."""

from __future__ import annotations

from bot.plans.page import LABELS, PageDay, WeekPage

SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WORDS = {key: key.replace("_", " ").capitalize() for key in LABELS}
CLEANSER, CREAM, SUNSCREEN, RETINOL, AMPOULE = "cleanser", "cream", "sunscreen", "retinol serum", "ampoule"
VITAMIN_C = "vitamin C serum"


def week(retinol: tuple[int, ...] = (0, 3), ampoule: tuple[int, ...] = (1, 5), notes: tuple[str, ...] = ()) -> WeekPage:
    """A week with vitamin C every morning, and retinol and an ampoule on the given nights (0 is Monday)."""
    days = tuple(
        PageDay(
            short, f"{short}day", (CLEANSER, VITAMIN_C, CREAM, SUNSCREEN),
            tuple(filter(None, (CLEANSER, RETINOL if day in retinol else "", AMPOULE if day in ampoule else "", CREAM))),
            rest=day not in retinol,
        )
        for day, short in enumerate(SHORT)
    )
    return WeekPage(days, notes, WORDS)
