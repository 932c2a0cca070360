"""Is it proven, and which myths there are about it."""

from __future__ import annotations

from dataclasses import replace

from bot.rules.advice import Advice, Question, merge
from bot.rules.facts import exactly, general, stated
from bot.rules.knowledge import Knowledge


def evidence(knowledge: Knowledge, question: Question) -> Advice | None:
    """Is it proven: what is said of the evidence, with a known myth about it for whoever wants to know more; a myth about all that
    is named comes first."""
    named = (*question.subjects, *question.forms, *question.needs)
    myth = exactly(knowledge, "myth", question.subjects, question.forms, question.needs)
    if myth and len(named) > 1 and not exactly(knowledge, "evidence", question.subjects, question.forms, question.needs):
        return myth
    found = {kind: _of_named(knowledge, question, kind) or (None if question.subjects else general(knowledge, kind)) for kind in ("evidence", "myth")}
    known, myth = found["evidence"], found["myth"]
    if known and myth:
        return replace(known, more=(*known.more, *myth.lines), sources=merge(known.sources, myth.sources))
    return known or myth


def _of_named(knowledge: Knowledge, question: Question, kind: str) -> Advice | None:
    found = stated(knowledge, kind, question.subjects, question.forms, question.needs)
    return found or (None if question.subjects else stated(knowledge, kind, question.needs))
