"""Two things side by side: how they differ, which is better or stronger, and what can take the place of one."""

from __future__ import annotations

from dataclasses import replace

from bot.rules import choosing, safety
from bot.rules.advice import Advice, Line, Question, from_fact, joined, line_of, merge
from bot.rules.facts import exactly, general, of_subject, stated, topic
from bot.rules.knowledge import Knowledge
from bot.rules.names import name
from bot.rules.schema import Verdict

PREGNANCY = "pregnancy"
STRENGTH = "strength"
WITHOUT_ANIMALS = "replace_vegan"


def compared(knowledge: Knowledge, question: Question) -> Advice | None:
    """Difference, better, replace, strength: the statement about exactly these, else each described."""
    plainly = _for_a_need(knowledge, question) or exactly(knowledge, question.kind, (*question.subjects, *question.forms) or question.needs)
    if plainly:
        return plainly
    question = _most_specific(knowledge, question)
    everything = [*question.subjects, *question.forms]
    exact = exactly(knowledge, question.kind, everything)
    if exact is None and question.kind == STRENGTH and len(everything) > 1:  # which is gentler is part of which is better
        exact = exactly(knowledge, "better", everything)
    if exact is None and len(question.subjects) == 1:
        exact = stated(knowledge, question.kind, question.subjects)
    if question.kind in ("difference", "better") and len(everything) == 1 and len(question.called) > 1:
        return _of_one_kind(knowledge, question, everything[0])
    if exact:
        return exact
    described = stated(knowledge, "what_is", question.subjects) if len(question.subjects) > 1 else None
    if described and question.kind in ("better", "replace"):
        return replace(described, verdict=Verdict.DEPENDS, lines=(Line(key="compare_depends"), *described.lines))
    if described or not question.subjects:
        return described or general(knowledge, question.kind)
    if question.kind == "replace" and (PREGNANCY in question.safety or question.profile.pregnant):
        return _in_pregnancy_instead(knowledge, question)
    if question.kind == "replace":
        return choosing.alternatives(knowledge, question) or general(knowledge, "replace")
    return None


def without_animals(knowledge: Knowledge, question: Question) -> Advice | None:
    """What a vegan can take instead: that it comes from an animal, where it does, and what else there is."""
    if not question.subjects:
        return general(knowledge, "replace")
    said = stated(knowledge, "vegan", question.subjects)
    others = choosing.alternatives(knowledge, replace(question, kind="replace"), vegan=True)
    if others is None:
        return said or general(knowledge, "replace")
    return replace(others, sources=merge(others.sources, said.sources if said else ()), more=said.lines if said else ())


def _for_a_need(knowledge: Knowledge, question: Question) -> Advice | None:
    """The statement about these for one of the concerns or skin types named."""
    for need in question.needs:
        fact = topic(knowledge, question.kind, [*question.subjects, *question.forms, need])
        if fact and len(question.subjects) > 1:
            return from_fact(knowledge, fact)
    return None


def _of_one_kind(knowledge: Knowledge, question: Question, subject_id: str) -> Advice | None:
    """Two names that the knowledge keeps under one head ("emulsion or lotion"): said so, with how its forms differ."""
    params = {"names": " and ".join(question.called[:2]), "subject": name(knowledge, subject_id)}
    kinds = ("for_skin_type",) if question.needs else ("texture", "for_skin_type")
    kinds = kinds if subject_id in knowledge.product_types else ("what_is",)
    key = "of_one_kind" if subject_id in knowledge.product_types else "same_thing"
    facts = [fact for kind in kinds if (fact := of_subject(knowledge, kind, subject_id))]
    lines = (Line(key=key, params=params, mentions=(subject_id,)), *(line_of(knowledge, fact.say) for fact in facts))
    return Advice(None, lines, sources=merge(*(tuple(fact.sources) for fact in facts))) if facts else None


def _most_specific(knowledge: Knowledge, question: Question) -> Question:
    """Without the families whose members are named too: "bee products, propolis" is about propolis alone."""
    members = {one for family in question.subjects if family in knowledge.families for one in knowledge.families[family].members}
    named = [one for one in question.subjects if one in members and one not in knowledge.families]
    kept = [one for one in question.subjects if one not in knowledge.families or not set(named) & set(knowledge.families[one].members)]
    return replace(question, subjects=tuple(kept))


def _in_pregnancy_instead(knowledge: Knowledge, question: Question) -> Advice | None:
    """What cannot be used in pregnancy, and what for the same concerns is considered fine then."""
    question = replace(question, profile=replace(question.profile, pregnant=True))
    may = safety.pregnancy(knowledge, question.subjects[:1], ())
    others = choosing.alternatives(knowledge, question)
    return joined([part for part in (may, others) if part], verdict=Verdict.DOCTOR) if may else others
