"""What somebody must mind before any product is looked for: a red flag told of lately, a skin condition, a child."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import Answer, Offers, Part, Words
from bot.answers.turn import Turn
from bot.rules.safety import CHILD, UNDER_13

YOUNG = frozenset({UNDER_13, "baby_under_6_months"})


def careful(turn: Turn, answer: Answer) -> Answer:
    """The answer with what must be minded in front, where there is such."""
    first = _minded(turn)
    if not first or not answer.parts:
        return answer
    return replace(answer, parts=(_after(first, answer.parts[0]), *answer.parts[1:]))


def _minded(turn: Turn) -> str:
    data, person = turn.knowledge.safety, turn.person
    young = [UNDER_13] if person.age is not None and person.age < CHILD else []
    minded = [data[one].say for one in (*turn.frame.ids("safety"), *young) if data[one].kind == "condition" or one in YOUNG]
    after = data[person.red_flag].after if person.red_flag else None
    return after or (minded[0] if minded and not person.red_flag else "")


def _after(first: str, part: Part) -> Part:
    """The part behind a paragraph."""
    if isinstance(part, Offers):
        return replace(part, intro=[first, "", *part.intro])
    if isinstance(part, Words):
        return replace(part, text=f"{first}\n\n{part.text}")
    return part
