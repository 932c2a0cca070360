"""What a customer says who is angry, sarcastic, threatens, suspects fraud or demands their data: told by phrases that are
tested against what sounds like it ("my skin is so angry")."""

from __future__ import annotations

from pathlib import Path

from bot.paths import DATA
from bot.understanding.asked import PHRASES_ONLY, Asked, AskedFinder, load

FOLDER = DATA / "understanding" / "upset"
UPSET = "upset"
"""The kind of a message that is nothing but upset, or that only a person may answer."""


class Upset(Asked):
    """One way to be upset.

    Attributes:
        kind: what the message is about besides; `UPSET` where only a person can help.
        alone: whether a person must answer it, whatever else is asked.
        person: why a person is offered.
    """

    kind: str = UPSET
    alone: bool = False
    person: str = "anger"


def finder(folder: Path = FOLDER) -> AskedFinder[Upset]:
    """Finds what is said in anger; also in what is told before a question.

    Raises:
        AskedError: when the phrases cannot be used.
    """
    entries, lists, groups = load(folder, Upset)
    return AskedFinder(entries, lists, phrases_only=frozenset(groups.get(PHRASES_ONLY, ())))
