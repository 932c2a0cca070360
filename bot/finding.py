"""What a check says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import NamedTuple

from bot.settings import Settings


class State(str, Enum):
    """How a thing is: as it should be, worth a look, or to be mended before people use the assistant."""

    GOOD = "ok"
    LOOK = "look"
    MEND = "mend"


class Finding(NamedTuple):
    """One line: how it is, and for what is not as it should be what to do."""

    state: State
    told: str


Check = Callable[[Settings], Iterable[Finding]]


def good(told: str) -> Finding:
    """As it should be."""
    return Finding(State.GOOD, told)


def look(told: str) -> Finding:
    """Worth a look: right for some."""
    return Finding(State.LOOK, told)


def mend(told: str) -> Finding:
    """Wrong."""
    return Finding(State.MEND, told)
