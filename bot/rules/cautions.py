"""Reasons of one sort in one sentence: "Under 18 ask a doctor before using retinol and salicylic acid", not one for each."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from bot.rules.advice import Advice, Line, merge
from bot.rules.knowledge import Knowledge
from bot.rules.names import numbered, several

# Wordings of a reason to leave something out, whose only parameter is what to leave.
SORTS = frozenset({
    "caution_teen", "held_child", "caution_pregnancy_avoid", "caution_pregnancy_ask_doctor", "held_allergy", "held_avoided", "held_resting",
    "rest_until_calm", "held_resting_prescribed", "held_procedure", "pregnancy_avoid", "pregnancy_ask_doctor",
})
# The same said in two wordings: of the two the first stays.
SAME = {"caution_pregnancy_avoid": "pregnancy_avoid", "caution_pregnancy_ask_doctor": "pregnancy_ask_doctor", "held_resting": "rest_until_calm"}
MOST_NAMED = 4


def by_sort(knowledge: Knowledge, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with those of one sort joined where the first of them stands, and nothing said twice."""
    kept: list[Line] = []
    for line in lines:
        place = next((at for at, one in enumerate(kept) if _sort(one) == _sort(line) and line.key in SORTS), None)
        if place is not None:
            kept[place] = _both(knowledge, kept[place], line)
        elif line not in kept:
            kept.append(line)
    return tuple(kept)


def said_once(knowledge: Knowledge, advice: Advice) -> Advice:
    """The advice with reasons of one sort in one sentence, those of its cautions among its lines where one stands there."""
    sorts = {_sort(line) for line in advice.lines if line.key in SORTS}
    joining = [line for line in advice.cautions if line.key in SORTS and _sort(line) in sorts]
    others = [line for line in advice.cautions if line not in joining and line not in advice.lines]
    return replace(advice, lines=by_sort(knowledge, (*advice.lines, *joining)), cautions=by_sort(knowledge, others))


def _sort(line: Line) -> str:
    return SAME.get(line.key, line.key)


def _both(knowledge: Knowledge, first: Line, second: Line) -> Line:
    """One line about what both are about; a family and its member, of which the family is enough, stand for one."""
    ids = merge(first.mentions, second.mentions)
    within = {one for family in ids if family in knowledge.families for one in knowledge.families[family].members if one != family}
    named = [one for one in ids if one not in within or one in knowledge.families]
    more = numbered("", several_named=True) if "be" in first.params and len(named) > 1 else {}
    return replace(first, params={**first.params, "subject": several(knowledge, named[:MOST_NAMED]), **more}, mentions=ids)
