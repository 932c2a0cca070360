"""A routine after a message: steps added, taken out, swapped, or the whole told anew."""

from __future__ import annotations

from typing import List, Sequence, Tuple

from bot.rules.kinship import is_among
from bot.rules.knowledge import Knowledge
from bot.rules.routine import once
from bot.rules.steps import Step
from bot.understanding.frame import Frame
from bot.understanding.places import places
from bot.understanding.routine.reading import Told

WHOLE = 3
"""So many steps at once are a whole routine, or the whole of its morning or night."""
PAIR = 2


def changed(frame: Frame, knowledge: Knowledge, before: Sequence[Step], said: Told) -> Tuple[Step, ...]:
    """The routine after a message that says this of it. Fewer steps than `WHOLE` are added to those of before."""
    kept = without(knowledge, before, said.gone)
    named, seen = said.named, places(frame.text, frame.mentions)
    if seen.has("swaps") and len(named) == PAIR:
        new, old = named if seen.has("swaps_backward") else reversed(named)
        return tuple(once([*without(knowledge, kept, [old]), new]))
    if len(named) >= WHOLE and not seen.has("adds"):
        times = {time for step in named for time in step.times}
        kept = [step for step in kept if times and step.times and not times & set(step.times)]
    return tuple(once([*kept, *named]))


def without(knowledge: Knowledge, steps: Sequence[Step], gone: Sequence[Step]) -> List[Step]:
    """The steps but those meant by `gone`: the same active, or the same type where only that was named."""
    return [step for step in steps if not any(_is_meant(knowledge, step, one) for one in gone)]


def _is_meant(knowledge: Knowledge, step: Step, named: Step) -> bool:
    if named.handle or named.what == step.what:
        return named.handle == step.handle and named.what == step.what
    if named.actives:
        return any(_is_same(knowledge, one, other) for one in named.actives for other in step.actives)
    return named.type == step.type


def _is_same(knowledge: Knowledge, one: str, other: str) -> bool:
    """True for an ingredient and itself or its family."""
    return is_among(knowledge, one, (other,)) or is_among(knowledge, other, (one,))
