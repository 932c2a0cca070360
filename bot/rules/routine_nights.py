"""Nights on which steps of a routine are used, as somebody told them: days of the week, or only that they differ."""

from __future__ import annotations

from typing import Sequence

ALTERNATE = "alternate"
"""Stands for nights that are said to differ from the others' without being named."""


def apart(one: Sequence[str], other: Sequence[str]) -> bool:
    """True where two steps are said to be used on different nights."""
    return bool(one and other) and (not set(one) & set(other) or ALTERNATE in one and ALTERNATE in other)
