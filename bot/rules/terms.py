"""Words of skincare that are neither product nor ingredient: what is said of them, alone or beside another subject."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from bot.rules.advice import Advice, Line, Question, from_fact, joined
from bot.rules.facts import topic
from bot.rules.knowledge import Knowledge
from bot.rules.names import several
from bot.rules.schema import Verdict

MOST_TERMS = 2
WHAT_IS, MEDICAL = "what_is", "medical"
# Kinds of question whether something may be used beside something else.
OF_MEETING = frozenset({"together", "can_use", "order", "next_step", "order_check", "waiting_time", "different_times", "avoid_mixing", "medical", "better"})
# Skin that hurts and allergies come first: of them a term speaks only where it says so itself.
OF_HARM = frozenset({"irritation", "reaction", "lasting_irritation", "allergic_or_irritated", "allergy"})


def of_terms(knowledge: Knowledge, question: Question) -> Advice | None:
    """What the terms of a question answer: a topic about all that it names, else what each says of this kind; what they
    are where nothing else is named that comes first. None where the other subjects have to be answered (see `schema_terms.Term`)."""
    terms = [one for one in question.subjects if one in knowledge.terms]
    if not terms:
        return None
    beside = _unproven(knowledge, question, terms)
    if beside:
        return beside
    if question.kind == MEDICAL and _comes_after(question):
        terms = [one for one in terms if not knowledge.terms[one].aspect]
    exact = topic(knowledge, question.kind, [*question.subjects, *question.forms, *question.needs])
    if exact:
        return from_fact(knowledge, exact)
    alone = len(terms) == len(question.subjects) and not question.forms and not question.needs and not _comes_after(question)
    if question.kind == WHAT_IS:  # a place or a season is not what is asked about
        terms = [one for one in terms if not knowledge.terms[one].aspect] or terms
    found = []
    for term in terms[:MOST_TERMS]:
        entry = knowledge.terms[term]
        fact = entry.facts.get(question.kind)
        if fact is None and ((alone and not entry.aspect) or question.kind in entry.covers):
            fact = entry.what
        if fact:
            found.append(from_fact(knowledge, fact))
    return _with_contents(knowledge, question, joined(found)) if found else None


def _unproven(knowledge: Knowledge, question: Question, terms: Sequence[str]) -> Advice | None:
    """That nobody can say how something unproven goes with what is asked about beside it; None where nothing is."""
    named = [one for one in terms if knowledge.terms[one].unproven]
    contents = _contents(knowledge, question)
    if not named or not contents or question.kind not in OF_MEETING:
        return None
    entry = knowledge.terms[named[0]]
    params = {"unproven": question.called_by_them(named[0]) or entry.name, "subjects": several(knowledge, contents)}
    return Advice(Verdict.UNKNOWN, (Line(key="unproven_beside", params=params, mentions=tuple(contents)),), sources=tuple(entry.what.sources))


def _with_contents(knowledge: Knowledge, question: Question, advice: Advice) -> Advice:
    """What is said of a disease by its name, with what was asked about beside it: that is for the doctor too."""
    contents = _contents(knowledge, question)
    if advice.verdict is not Verdict.DOCTOR or not contents:
        return advice
    line = Line(key="ask_about_too", params={"subjects": several(knowledge, contents)}, mentions=tuple(contents))
    return replace(advice, lines=(*advice.lines, line))


def _contents(knowledge: Knowledge, question: Question) -> list[str]:
    return [one for one in question.subjects if knowledge.is_content(one)]


def _comes_after(question: Question) -> bool:
    """True where a term that says nothing of it itself has to wait: skin hurts, or a condition or medicine is asked about."""
    return question.kind in OF_HARM or (question.kind == MEDICAL and bool(question.safety))


def without_terms(knowledge: Knowledge, question: Question) -> Question:
    """The question about its other subjects alone."""
    return replace(question, subjects=tuple(one for one in question.subjects if one not in knowledge.terms))
