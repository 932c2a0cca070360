"""What a child is told is never laxer than what anybody is told: to be fine at an age makes nothing help, suit or go together."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable

from bot.rules.advice import Advice, Question
from bot.rules.knowledge import Knowledge
from bot.rules.safety import TEEN
from bot.rules.schema import Verdict


def no_laxer(knowledge: Knowledge, question: Question, rule: Callable[[Knowledge, Question], Advice | None]) -> Advice | None:
    """What a rule says to this person; where it says yes to somebody young, with the verdict for a grown-up if that is no yes."""
    advice, years = rule(knowledge, question), question.profile.age
    if advice is None or advice.verdict is not Verdict.YES or years is None or years >= TEEN:
        return advice
    grown = rule(knowledge, replace(question, profile=replace(question.profile, age=None)))
    return replace(advice, verdict=grown.verdict) if grown and grown.verdict else advice
