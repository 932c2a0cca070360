"""Checks phrases without a trained model: every example of every entry goes through all entries."""

from __future__ import annotations

from typing import Callable, Iterator, List, Sequence

from bot.understanding.asked import Asked, AskedFinder, Entry
from bot.understanding.frame import Frame
from bot.understanding.reader import Heard, Reader
from bot.understanding.validator import GUESSED, Mistake

LEAST_TAKEN, LEAST_LEFT = 3, 2


def mistakes(
    finder: AskedFinder[Entry], reader: Reader, hear: Callable[[str, str], Heard], where: str, own: Sequence[str] = ()
) -> List[Mistake]:
    """Everything wrong with phrases: examples that are not taken, that two entries take, or that are taken and should not be;
    too few examples.

    Args:
        finder: with the entries to check.
        reader: of `data/understanding`.
        hear: gives what the pipeline finds in a text, without a classifier.
        where: the folder or file of the entries.
        own: names of entries that an owner wrote, which need no examples.
    """
    found: List[Mistake] = []
    for name, entry in finder.entries.items():
        place = f"{where}, {name}"
        if name not in own and (len(entry.takes) < LEAST_TAKEN or len(entry.leaves) < LEAST_LEFT):
            found.append(Mistake(place, f"needs {LEAST_TAKEN} examples that it takes and {LEAST_LEFT} that it leaves"))
        for example in entry.takes:
            found += _taken(finder, name, example, read_as(example, entry, reader, hear), place)
        for example in entry.leaves:
            if name in [one.name for one in finder.all(read_as(example, entry, reader, hear))]:
                found.append(Mistake(place, f"{example!r} is taken, and should not be"))
    return found


def read_as(example: str, entry: Asked, reader: Reader, hear: Callable[[str, str], Heard]) -> Frame:
    """The frame of an example, "kind | question" or a question alone."""
    kind, text = example.split(GUESSED, 1) if GUESSED in example else (entry.kind, example)
    return reader.read(hear(kind, text))


def _taken(finder: AskedFinder[Entry], name: str, example: str, frame: Frame, place: str) -> Iterator[Mistake]:
    names = [one.name for one in finder.all(frame)]
    if name not in names:
        others = f"; taken by {', '.join(names)}" if names else ""
        yield Mistake(place, f"{example!r} is not taken{others}")
        return
    for other in names:
        if other != name:
            yield Mistake(place, f"{example!r} is a tie with {other}: write one of them over the other, or a phrase under unless")
