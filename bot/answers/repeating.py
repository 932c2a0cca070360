"""Whether an answer says again what was said last, to a message that asks something else."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import Sequence

from bot.answers.answer import Answer, Message, Statements
from bot.answers.turn import Turn
from bot.rules.schema import Verdict
from bot.understanding.frame import SUBJECTS
from bot.understanding.memory import Memory

# A refusal stands however often it is asked against.
REFUSALS = frozenset({Verdict.NO, Verdict.DOCTOR})


def mark(messages: Sequence[Message]) -> str:
    """What an answer is known by later: eight hexadecimal digits of its words."""
    return f"{zlib.crc32('|'.join(str(one.payload.get('body') or one.text) for one in messages).encode()):08x}"


def may_repeat(turn: Turn, answer: Answer) -> bool:
    """True for statements on skincare that refuse nothing, answering words other than those that were answered last."""
    said = [part for part in answer.parts if isinstance(part, Statements)]
    refuses = any(part.advice.verdict in REFUSALS or part.advice.emergency for part in said)
    if any(_speaks_of(turn, line.text) for part in said for line in part.advice.lines):
        return False  # what is newly named is answered by it: "and sunscreen?" of what a child needs
    asks_more_of_it = turn.frame.has("steps_up", "same_time", "how_long")  # which what was said answers too
    return bool(said) and len(said) == len(answer.parts) and not refuses and not asks_more_of_it and not turn.frame.story


def _speaks_of(turn: Turn, text: str) -> bool:
    """Whether a text speaks of every kind of product that a message which goes on names, and it names nothing else."""
    types, named = turn.knowledge.product_types, turn.frame.ids(*SUBJECTS)
    said = text.lower()
    return bool(named) and turn.frame.has("goes_on") and all(one in types and any(wording in said for wording in types[one].wordings) for one in named)


def with_stays_so(turn: Turn, answer: Answer, before: Memory) -> Answer:
    """The answer behind the words that it stays so, where the person bargains with the advice on a situation and gets it again."""
    said = answer.parts[0] if answer.parts else None
    again = turn.asked.situation and turn.asked.situation == before.situation and turn.frame.has("bargains")
    if not again or not isinstance(said, Statements) or said.intro:
        return answer
    return replace(answer, parts=(replace(said, intro=turn.say("advice_stays")), *answer.parts[1:]))
