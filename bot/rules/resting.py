"""Strong actives wait while skin is irritated or lately had a procedure: every answer about them says so first."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from bot.rules.advice import Advice, Question, line_of, merge
from bot.rules.knowledge import Knowledge
from bot.rules.routine_guard import resting
from bot.rules.safety import USE_NOW
from bot.rules.schema import Verdict

# Urgency of a procedure after which the clinic decides.
ASKS_FIRST = "ask_doctor"
# They ask about the pack, not about skin.
OF_THE_PACK = frozenset({"shelf_life", "storage", "texture", "packaging", "vegan", "comedogenic"})
# They say already that skin must rest.
OF_REST = frozenset({"lasting_irritation", "on_hurt_skin", "pregnancy_used"})
# Their no is of the two that meet, and stays.
OF_PAIRS = frozenset({"together", "different_times"})
# Their answer would be when anybody may begin, which is not what somebody hurt asks.
WHEN_TO_BEGIN = (USE_NOW - {"irritation", "replace", "better", "routine", "order", "next_step"}) | {"results", "benefits", "twice_a_day", "different_times", "order_check", "evidence"}


def resting_first(
    knowledge: Knowledge, question: Question, advice: Advice, subjects: Sequence[str] | None = None
) -> Advice:
    """The advice with what the person's skin must wait for in front, where it is about a strong active; what skin needs
    after a procedure is added to whatever else may be used then.

    Args:
        subjects: what the advice is about, where that is not what the question names.
    """
    if question.kind in OF_THE_PACK | OF_REST:
        return advice
    about = question.subjects if subjects is None else subjects
    found = next((why for one in about if (why := resting(knowledge, one, question.profile))), None)
    if found is None:
        return _after_procedure(knowledge, question, advice)
    if _is_of_the_procedure(knowledge, question, advice):
        return advice
    if found.lines[0] in advice.lines:
        return _after_procedure(knowledge, question, advice)
    begins = question.kind in WHEN_TO_BEGIN and not (question.kind in OF_PAIRS and advice.verdict is Verdict.NO)
    rest = () if begins else tuple(line for line in advice.lines if line not in found.lines)
    return replace(
        advice,
        verdict=Verdict.NO if Verdict.NO in (advice.verdict, found.verdict) else found.verdict,
        lines=(*found.lines, *rest),
        sources=merge(found.sources, advice.sources if rest else ()),
        follow_ups=(),
        why=found.lines[1:2],
    )


def _is_of_the_procedure(knowledge: Knowledge, question: Question, advice: Advice) -> bool:
    """True for a no to something beside the very procedure ("may I wax on adapalene?"), which says when to stop and begin."""
    named = [knowledge.conditions[one].entry for one in question.subjects if one in knowledge.conditions]
    return question.kind in OF_PAIRS and advice.verdict is Verdict.NO and question.profile.procedure in named


def _after_procedure(knowledge: Knowledge, question: Question, advice: Advice) -> Advice:
    entry = knowledge.safety.get(question.profile.procedure)
    if entry is None or question.kind not in USE_NOW | {"sunscreen"}:
        return advice
    line = line_of(knowledge, entry.say)
    if advice.verdict is Verdict.YES and entry.urgency == ASKS_FIRST:
        advice = replace(advice, verdict=None)  # that most people can use it is no yes for today
    return advice if line in advice.lines else advice.with_cautions([line], entry.sources)
