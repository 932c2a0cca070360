"""Words of skincare that are neither product nor ingredient: what is said of them, alone or beside another subject."""

from __future__ import annotations

from dataclasses import replace

from bot.rules.advice import Advice, Question, from_fact, joined
from bot.rules.facts import topic
from bot.rules.knowledge import Knowledge

MOST_TERMS = 2
WHAT_IS = "what_is"


def of_terms(knowledge: Knowledge, question: Question) -> Advice | None:
    """What the terms of a question answer: a topic about all that it names, else what each says of this kind; what they
    are where nothing else is named. None where the other subjects have to be answered (see `schema.Term`)."""
    terms = [one for one in question.subjects if one in knowledge.terms]
    if not terms:
        return None
    exact = topic(knowledge, question.kind, [*question.subjects, *question.forms, *question.needs])
    if exact:
        return from_fact(knowledge, exact)
    alone = len(terms) == len(question.subjects) and not question.forms and not question.needs
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
    return joined(found) if found else None


def without_terms(knowledge: Knowledge, question: Question) -> Question:
    """The question about its other subjects alone."""
    return replace(question, subjects=tuple(one for one in question.subjects if one not in knowledge.terms))
