"""What a lesson would change, as it is shown before it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.teaching.lessons import Lesson


@dataclass(frozen=True)
class Past:
    """A message of the past with its meaning, how many people wrote it, and whether it was answered."""

    text: str
    vector: bytes
    people: int
    answered: bool
    liked: bool = False


@dataclass(frozen=True)
class Trial:
    """What a lesson would change.

    Attributes:
        lesson: as it would be kept.
        refused: why it is not taught, a sentence each.
        kept: how many kept questions it was tried on.
        flips: kept questions that would be answered otherwise, those that were liked first.
        staying: kept questions that sound like it and stay as they are.
        gained, people: messages of the past that were left without an answer and would get it, and of how many people.
        changed: messages of the past that were answered, and would get this answer.
        unmatched: wordings that would be known only when they are said exactly so.
    """

    lesson: Lesson
    refused: Sequence[str]
    kept: int = 0
    flips: Sequence[str] = ()
    staying: Sequence[str] = ()
    gained: Sequence[str] = ()
    people: int = 0
    changed: Sequence[str] = ()
    unmatched: Sequence[str] = ()
