"""Whose words a wording is, kept when a lesson is changed."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from bot.teaching.lessons import Lesson, Wording, plainly

ALIKE = 0.6
"""A wording that is new is taken for one that went where so large a share of their letters is the same."""


def with_marks(changed: Lesson, before: Lesson) -> Lesson:
    """A changed lesson with the marks of the lesson that it replaces: a wording that stays keeps its own, an edited one those of the wordings
    whose place it takes and of those that went and are much like it. Rather a mark too many than words of somebody that stay when they are erased.

    Args:
        changed: as it was written anew, with the marks that are known of it.
        before: as it stood there.
    """
    old, new = [plainly(one.said) for one in before.wordings], [plainly(one.said) for one in changed.wordings]
    marks = {said: one.people for said, one in zip(old, before.wordings)}
    gone = {said for said in old if said not in new}
    places = _places(old, new)
    wordings = []
    for place, (said, one) in enumerate(zip(new, changed.wordings)):
        sources = [said] if said in marks else [other for other in old if other in gone and (other in places.get(place, ()) or _alike(other, said))]
        wordings.append(Wording(said=one.said, people=sorted({*one.people, *(mark for source in sources for mark in marks[source])})))
    return changed.copy(update={"wordings": wordings})


def _places(old: Sequence[str], new: Sequence[str]) -> dict[int, Sequence[str]]:
    """Of each new line that stands where others stood those others: the one of its row where as many came as went, else all."""
    found: dict[int, Sequence[str]] = {}
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace":
            same = end - start == new_end - new_start
            for place in range(new_start, new_end):
                found[place] = [old[start + place - new_start]] if same else old[start:end]
    return found


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
