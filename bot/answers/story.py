"""What a story tells that its question does not ask about, and that must be said: what this person must leave, and what fits."""

from __future__ import annotations

from dataclasses import replace
from typing import List, Sequence, Tuple

from bot.answers.answer import Answer, Statements
from bot.answers.turn import Turn
from bot.rules import gate
from bot.rules.advice import Advice, Line, line_of, merge
from bot.rules.cautions import by_sort
from bot.rules.choosing import fitting_instead
from bot.rules.names import several
from bot.rules.routine_guard import is_prescribed
from bot.rules.schema import Verdict
from bot.understanding.frame import CONTENT, USED

MOST_LEFT = 2
MOST_FITTING = 3
PREGNANCY = "pregnancy"


def told_first(turn: Turn, answer: Answer) -> Answer:
    """The answer to a story's question with what the person tells to use and must leave, and after a no with what fits."""
    if not turn.frame.story or not answer.parts or not isinstance(answer.parts[0], Statements):
        return answer
    first = answer.parts[0]
    advice = _with_conditions(turn, _with_left(turn, _with_fitting(turn, first.advice)))
    return replace(answer, parts=(replace(first, advice=advice), *answer.parts[1:]))


def _with_left(turn: Turn, advice: Advice) -> Advice:
    """The advice with the reasons to leave what is told of: in front where it must not be used at all."""
    said = {one for line in (*advice.lines, *advice.cautions) for one in (*line.mentions, *line.recommends)}
    told = [one.id for one in turn.frame.told if one.label in CONTENT and one.role in ("", USED)]
    found: List[Advice] = []
    for one in dict.fromkeys(told):
        why = gate.held(turn.knowledge, one, turn.held_for) if one not in said and one not in turn.asked.subjects else None
        own = why is not None and is_prescribed(turn.knowledge, one) and not (turn.held_for.pregnant or turn.held_for.allergies)
        if why is not None and not own and (why.verdict is Verdict.NO or turn.held_for.pregnant):
            found.append(why)
    lines = tuple(line for line in by_sort(turn.knowledge, [why.lines[0] for why in found])[:MOST_LEFT] if line not in advice.lines)
    if not lines:
        return advice
    first = turn.held_for.pregnant or turn.held_for.age is not None
    joined: Tuple[Line, ...] = (*lines, *advice.lines) if first else (*advice.lines, *lines)
    return replace(
        advice, lines=joined, verdict=None if advice.verdict is Verdict.YES else advice.verdict,
        sources=merge(*(why.sources for why in found[:MOST_LEFT]), advice.sources),
    )


def _with_conditions(turn: Turn, advice: Advice) -> Advice:
    """The advice with what is said of a skin condition or an allergy that the story tells of; behind a no, which it goes on from."""
    told = [one.id for one in turn.frame.told if one.label == "safety" and one.role == "" and one.id in turn.person.safety]
    entries = [turn.knowledge.safety[one] for one in dict.fromkeys(told) if turn.knowledge.safety[one].kind == "condition"][:1]
    asked = {*turn.asked.subjects}
    entries += [one for one in map(turn.knowledge.safety.__getitem__, turn.person.safety) if one.kind == "allergy" and asked & {*one.subjects}][:1]
    if advice.verdict is not Verdict.NO or not entries:
        return advice
    return advice.with_cautions([line_of(turn.knowledge, one.say) for one in entries], merge(*(one.sources for one in entries)))


def _with_fitting(turn: Turn, advice: Advice) -> Advice:
    """After a no in a pregnancy what is fine for the concern that the story tells of."""
    concerns: Sequence[str] = turn.person.concerns
    if advice.verdict is not Verdict.NO or turn.asked.kind != PREGNANCY or not concerns:
        return advice
    asked = replace(turn.asked, subjects=(), forms=(), needs=tuple(concerns))
    fitting = tuple(fitting_instead(turn.knowledge, asked, turn.held_for)[:MOST_FITTING])
    if not fitting or any(line.key == gate.INSTEAD for line in advice.lines):
        return advice
    line = Line(key=gate.INSTEAD, params={"others": several(turn.knowledge, fitting, last="or")}, recommends=fitting)
    return replace(advice, lines=(*advice.lines, line))
