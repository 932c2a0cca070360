"""A person is asked for because of a reaction: what is safe is said once, and the conversation is passed on."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

from bot.answers.answer import Answer
from bot.answers.gating import gated
from bot.answers.skincare import skincare
from bot.answers.staff.asking import human
from bot.answers.staff.offering import NO_CLERKS, NOT_AFTER
from bot.answers.turn import Turn
from bot.rules.safety import red_flags
from bot.understanding.support import HUMAN

REACTION = "reaction"


def with_person(turn: Turn, answer: Answer) -> Optional[Answer]:
    """The answer together with what is safe and a person, where a person is asked for about a reaction; None elsewhere.

    Args:
        turn: the question.
        answer: what is said to it: of the reaction, or to who asks for a person.
    """
    frame = turn.frame
    flags = set(turn.asked.safety) & red_flags(turn.knowledge)
    if flags & NO_CLERKS or not (flags or frame.has("skin_reacted")) or frame.has("refuses_person"):
        return None
    if frame.kind == HUMAN:
        reaction = replace(turn, frame=replace(frame, kind=REACTION), asked=replace(turn.asked, kind=REACTION))
        safe = gated(reaction, skincare(reaction))
        return replace(answer, parts=(*safe.parts, *answer.parts))
    if frame.kind in NOT_AFTER or not frame.has("wants_person"):
        return None
    passed = human(replace(turn, memory=answer.memory))
    return Answer((*answer.parts, *passed.parts), passed.memory)
