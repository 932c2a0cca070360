"""What is said where something is named of which nothing is known: never a yes, and never less than what holds without it."""

from __future__ import annotations

from dataclasses import replace

from bot.rules import safety
from bot.rules.advice import Advice, Line, Question
from bot.rules.facts import stated
from bot.rules.knowledge import Knowledge
from bot.rules.names import several
from bot.rules.schema import Verdict


def no_better(known: Advice, beside: Advice) -> Advice:
    """What is said beside something unknown, but never less than a no or a doctor that holds without it."""
    if known.verdict not in (Verdict.NO, Verdict.DOCTOR):
        return beside
    return replace(known, cautions=(beside.lines[0], *known.cautions), follow_ups=())


def beside(knowledge: Knowledge, question: Question) -> Advice:
    """Something is named of which nothing is known: that is said, with what is known of the rest; never a yes."""
    named = " and ".join(question.unknown)
    known = [one for one in question.subjects if knowledge.subject(one) is not None]
    if not known:
        return Advice(Verdict.UNKNOWN, (Line(key="unknown_alone", params={"unknown": named}),))
    first = Line(key="unknown_beside", params={"unknown": named, "subjects": several(knowledge, known)}, mentions=tuple(known))
    lines, sources = safety.cautions(knowledge, known, question.profile)
    what = stated(knowledge, "side_effects", known[:1]) or stated(knowledge, "what_is", known[:1])
    return Advice(Verdict.UNKNOWN, (first, *lines[:1]), more=what.lines if what else (), sources=sources)
