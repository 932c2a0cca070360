"""What of a routine can be left out first, and what has to stay."""

from __future__ import annotations

from typing import List, Sequence, Tuple

from bot.rules.knowledge import Knowledge
from bot.rules.steps import Step

BASICS = "young"
"""The routine of the knowledge that holds nothing but the basics."""
AMPOULE = "ampoule"


def droppable(knowledge: Knowledge, steps: Sequence[Step]) -> List[Step]:
    """The steps of a routine that are no basics, what is needed least first: the ampoule for a crisis, what no short
    routine has, then what is for the concern."""
    short, basics = knowledge.routines["short"], knowledge.routines[BASICS]
    kept = {*basics.morning, *basics.night}
    usual = {*short.morning, *short.night}
    extra = list({step.what: step for step in steps if step.type not in kept}.values())
    return sorted(extra, key=lambda step: (step.type != AMPOULE, step.type in usual))


def basic(knowledge: Knowledge, steps: Sequence[Step]) -> Tuple[str, ...]:
    """The product types of a routine that have to stay, each once."""
    extra = droppable(knowledge, steps)
    return tuple(dict.fromkeys(step.type for step in steps if step not in extra and step.type != AMPOULE))
