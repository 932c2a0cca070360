"""Finds the statement of the knowledge that answers a question, from the most specific to the most general."""

from __future__ import annotations

from typing import Sequence

from bot.rules.advice import Advice, from_fact, joined
from bot.rules.knowledge import Knowledge
from bot.rules.schema import Fact, Ingredient

MOST_SUBJECTS = 3


def topic(knowledge: Knowledge, kind: str, subjects: Sequence[str]) -> Fact | None:
    """The topic of this kind that is about exactly these subjects, in any order."""
    wanted = set(subjects)
    for entry in knowledge.topics.values():
        if entry.kind == kind and set(entry.about) == wanted:
            return entry.fact
    return None


def of_subject(knowledge: Knowledge, kind: str, subject_id: str) -> Fact | None:
    """What is said of one subject for this kind: its own topic, its own fact, or its family's."""
    found = topic(knowledge, kind, [subject_id])
    if found:
        return found
    subject = knowledge.subject(subject_id)
    if subject is None:
        return None
    facts = getattr(subject, "facts", {})
    if kind in facts:
        return facts[kind]  # type: ignore[no-any-return]
    if isinstance(subject, Ingredient):
        if kind in ("what_is", "benefits"):
            return subject.what
        family = knowledge.families.get(subject.family)
        if family and family.inherits and kind in family.facts:
            return family.facts[kind]
    return None


def exactly(
    knowledge: Knowledge, kind: str, subjects: Sequence[str], forms: Sequence[str] = (), needs: Sequence[str] = ()
) -> Advice | None:
    """The statement about two or more of these at once, as many as one speaks of: subjects, forms and needs together
    before fewer of them; of "a niacinamide serum and an ampoule" those of the two kinds of product."""
    for group in (
        [*subjects, *forms, *needs],
        [*subjects, *needs],
        [*forms, *needs],
        [*subjects, *forms],
        list(subjects),
        [one for one in (*subjects, *forms) if one in knowledge.product_types],
    ):
        if len(set(group)) > 1:
            fact = topic(knowledge, kind, group)
            if fact:
                return from_fact(knowledge, fact)
    return None


def stated(
    knowledge: Knowledge,
    kind: str,
    subjects: Sequence[str],
    forms: Sequence[str] = (),
    needs: Sequence[str] = (),
) -> Advice | None:
    """The statement about as much of the question as one speaks of: subjects, forms and needs together before fewer
    of them (see `exactly`); else one statement for each subject (three at most), else that of the form, else None.

    A subject without a statement of its own falls back on the form it comes in ("niacinamide toner": the toner's
    amount).
    """
    exact = exactly(knowledge, kind, subjects, forms, needs)
    if exact:
        return exact
    for group in (list(subjects)[:MOST_SUBJECTS], list(forms)[:1]):
        facts = [fact for subject_id in group if (fact := of_subject(knowledge, kind, subject_id))]
        parts = [from_fact(knowledge, fact) for fact in facts]
        if parts:
            return joined(parts)
    return None


def general(knowledge: Knowledge, kind: str) -> Advice | None:
    """What is said of this kind of question when no subject is named."""
    fact = topic(knowledge, kind, [])
    return from_fact(knowledge, fact) if fact else None
