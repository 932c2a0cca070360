"""What somebody probably meant by a name that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

ALIKE = 0.7
"""Share of letters in common (difflib's ratio) from which on two names are taken for each other."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, None where none is alike; capitals do not count."""
    by_lower = {one.lower(): one for one in known}
    found = get_close_matches(name.lower(), by_lower, n=1, cutoff=ALIKE)
    return by_lower[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The question for the nearest known name, to be put behind a sentence; empty where none is alike."""
    found = nearest(name, known)
    return f" Did you mean {found}?" if found else ""
