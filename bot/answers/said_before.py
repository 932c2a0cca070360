"""Cautions and rules of a whole routine that the conversation has heard already: said once, not under every answer.

What an answer begins with always stays, so that what is refused is refused again, in its first sentence; only what stands behind it is left out. What is
said of a condition, a medicine, a procedure or an allergy stays too: of each thing asked about it says something else.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from typing import FrozenSet, List, Tuple

from bot.answers.answer import Answer, Part, Statements
from bot.answers.turn import Turn
from bot.rules.advice import Line
from bot.rules.knowledge import Knowledge

MOST_KEPT = 60
"""So many are remembered; each is eight hexadecimal digits."""


def without_said_before(turn: Turn, answer: Answer) -> Answer:
    """The answer without the cautions, and behind its first sentence without the rules of rest, that were said before for the same person."""
    return replace(answer, parts=tuple(_part(turn, part) for part in answer.parts))


def told_after(turn: Turn, answer: Answer) -> Tuple[str, ...]:
    """What was said already once this answer is given, as the conversation keeps it."""
    marks = [_mark(turn, line) for part in answer.parts if isinstance(part, Statements) for line in _cautions(turn, part)]
    return tuple(dict.fromkeys((*answer.memory.told, *marks)))[-MOST_KEPT:]


def _part(turn: Turn, part: Part) -> Part:
    if not isinstance(part, Statements) or part.advice.emergency or not turn.memory.readable:
        return part
    advice, told = part.advice, {*turn.memory.told}
    rules, health = _rules(turn.knowledge), _of_health(turn.knowledge)
    lines = tuple(one for place, one in enumerate(advice.lines) if not place or one.text not in rules or _mark(turn, one) not in told)
    cautions = tuple(one for one in advice.cautions if one.text in health or _mark(turn, one) not in told)
    return replace(part, advice=replace(advice, lines=lines, cautions=cautions))


def _cautions(turn: Turn, part: Statements) -> List[Line]:
    rules = _rules(turn.knowledge)
    return [*(one for one in part.advice.lines if one.text in rules), *part.advice.cautions]


def _rules(knowledge: Knowledge) -> FrozenSet[str]:
    """What is said of a whole routine, of skin that rests among it, whatever is asked about."""
    return frozenset(one.say for one in knowledge.guidelines.values())


def _of_health(knowledge: Knowledge) -> FrozenSet[str]:
    return frozenset(one.say for one in knowledge.safety.values())


def _mark(turn: Turn, line: Line) -> str:
    said = json.dumps([line.text, line.key, dict(line.params), turn.memory.of_other], sort_keys=True)
    return f"{zlib.crc32(said.encode()):08x}"
