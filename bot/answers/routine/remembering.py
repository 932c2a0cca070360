"""What a conversation keeps after a routine was answered, and what the gate sees of one's own."""

from __future__ import annotations

from dataclasses import replace
from typing import List, Sequence

from bot.answers.turn import Turn
from bot.rules.advice import Advice, Line
from bot.rules.routine_guard import not_to_add
from bot.rules.steps import Step
from bot.understanding.memory import RECENT, Memory


def remembered(
    turn: Turn,
    kind: str,
    steps: Sequence[Step],
    more: Sequence[Line] = (),
    sources: Sequence[str] = (),
    needs: Sequence[str] = (),
    used: Sequence[Step] | None = None,
    built: Sequence[Step] | None = None,
) -> Memory:
    """The memory after an answer.

    Args:
        kind: the kind of routine question that the talk is at.
        steps: what was spoken of.
        more, sources: for "tell me more" and "who says so?".
        needs: concerns and skin types that it was for.
        used: the person's own routine from now on; not kept where the question was for somebody else.
        built: the routine built for the person.
    """
    subjects = tuple(one for step in steps for one in step.actives)[:RECENT]
    asked = replace(turn.asked, kind=kind, subjects=subjects, forms=(), needs=tuple(needs))
    memory = turn.remembered(Advice(None, (), more=tuple(more), sources=tuple(sources)), asked)
    if used is not None and not is_for_other(turn):
        memory = replace(memory, person=replace(memory.person, routine=tuple(used)))
    return memory if built is None else replace(memory, routine=tuple(built))


def is_for_other(turn: Turn) -> bool:
    """True where the question is about somebody else than the person who writes."""
    return turn.frame.whose == "other"


def is_not_to_add(turn: Turn, step: Step) -> bool:
    """True for a step that must not be suggested to this person before their doctor is asked."""
    return any(not_to_add(turn.knowledge, one, turn.person) for one in step.ids)


def own_for_gate(turn: Turn, steps: Sequence[Step]) -> List[Step]:
    """The steps of somebody's own routine that the gate holds against them: what a doctor must only be asked about before
    it is added stays, as it may be what the doctor gave them, and the check says whom to ask."""
    return [step for step in steps if not is_not_to_add(turn, step)]
