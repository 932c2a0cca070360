"""How subjects are called in a sentence."""

from __future__ import annotations

from typing import Sequence

from bot.rules.knowledge import Knowledge


def name(knowledge: Knowledge, subject_id: str) -> str:
    """The subject's name as people say it: "niacinamide", "vitamin C", "dark spots".

    Raises:
        KeyError: when the knowledge has no such subject.
    """
    subject = knowledge.subject(subject_id) or knowledge.conditions.get(subject_id)
    if subject is None:
        raise KeyError(subject_id)
    return subject.name


def with_article(knowledge: Knowledge, subject_id: str) -> str:
    """The name with its article where it takes one: "an ampoule", but "niacinamide"."""
    subject = knowledge.subject(subject_id)
    plain = name(knowledge, subject_id)
    return f"{subject.article} {plain}" if subject is not None and subject.article else plain


def several(knowledge: Knowledge, subject_ids: Sequence[str], last: str = "and") -> str:
    """The names in one phrase: "toner, essence and serum"."""
    names = [name(knowledge, subject_id) for subject_id in subject_ids]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
