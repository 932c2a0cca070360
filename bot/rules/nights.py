"""On which nights of a week something is used, spread as evenly as its sessions a week allow."""

from __future__ import annotations

from bot.rules.knowledge import Knowledge
from bot.rules.schema import Ingredient, ProductType

WITHOUT_SUBJECT = "ampoule"
WEEK = 7
FIRST = 1


def sessions(knowledge: Knowledge, subject_id: str) -> int:
    """Most nights a week for a subject, as its entry's `per_week` or `use` says; every night where nothing is said."""
    subject = knowledge.subject(subject_id)
    found = subject.per_week if isinstance(subject, ProductType) else None
    if isinstance(subject, Ingredient) and subject.use:
        found = subject.use.per_week
    return min(found.high, WEEK) if found and found.high else WEEK


def nights(knowledge: Knowledge, subject_id: str) -> tuple[int, ...]:
    """Weekdays (0 is Monday) for a subject, in order: three a week are Tuesday, Thursday and Saturday."""
    count = sessions(knowledge, subject_id)
    return tuple(sorted({(FIRST + day * WEEK // count) % WEEK for day in range(count)}))
