"""What holds for one of the two people of whom a conversation knows, and not for the other."""

from __future__ import annotations

from bot.answers.turn import Turn
from bot.rules.advice import Advice, Line
from bot.rules.names import several
from bot.rules.safety import MAY_I, pregnancy_status

AVOIDED = "avoid"
KINDS = MAY_I | {"for_concern", "time_of_day", "percent"}


def of_the_other(turn: Turn, advice: Advice) -> Advice:
    """The advice, with whose pregnancy asks to leave what the other may use: a partner's changes nothing for one's own skin."""
    memory, person = turn.memory, turn.person
    if memory.other is None or person.pregnant or turn.asked.kind not in KINDS:
        return advice
    pregnant, key = (memory.person, "pregnant_yourself") if memory.of_other else (memory.other, "pregnant_other")
    left = [one for one in turn.asked.subjects if (status := pregnancy_status(turn.knowledge, one)) and status[0] == AVOIDED]
    if not pregnant.pregnant or not left:
        return advice
    return advice.with_cautions([Line(key=key, params={"subjects": several(turn.knowledge, left)}, mentions=tuple(left))])

