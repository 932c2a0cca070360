"""Two things side by side: how they differ, which is better or stronger, and what can take the place of one."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Sequence

from bot.rules import choosing, safety
from bot.rules.advice import Advice, Line, Question, from_fact, joined, line_of, merge
from bot.rules.facts import exactly, general, of_subject, stated, topic
from bot.rules.knowledge import Knowledge
from bot.rules.names import name, several
from bot.rules.pairs import rule_for
from bot.rules.routine_guard import held_back, is_prescribed
from bot.rules.schema import Verdict
from bot.rules.usage import percent

PREGNANCY = "pregnancy"
STRENGTH, LOWER_FIRST = "strength", "lower_strength_first"


def compared(knowledge: Knowledge, question: Question) -> Advice | None:
    """Difference, better, replace, strength: the statement about exactly these, else each described."""
    left = _left_to_choose(knowledge, question) if question.kind == "better" else None
    if left:
        return left
    plainly = _for_a_need(knowledge, question) or exactly(knowledge, question.kind, (*question.subjects, *question.forms) or question.needs)
    if plainly:
        return plainly
    question = _most_specific(knowledge, question)
    everything = [*question.subjects, *question.forms]
    exact = exactly(knowledge, question.kind, everything)
    if exact is None and len(everything) > 1:  # which is gentler or better is part of how they differ
        told_in = {STRENGTH: ("better", "difference"), "better": ("difference",)}.get(question.kind, ())
        exact = next((found for kind in told_in if (found := exactly(knowledge, kind, everything))), None)
    if exact is None and len(question.subjects) == 1:
        exact = stated(knowledge, question.kind, question.subjects)
    if question.kind in ("difference", "better") and len(everything) == 1 and len(question.called) > 1:
        return _of_one_kind(knowledge, question, everything[0])
    if exact:
        return exact
    chosen = _chosen_for(knowledge, question) if question.kind == "better" else None
    if chosen:
        return chosen
    described = stated(knowledge, "what_is", question.subjects) if len(question.subjects) > 1 else None
    if described and question.kind in ("better", "replace"):
        both = (Line(key="compare_both", recommends=question.subjects),) if question.kind == "better" and _mild(knowledge, question.subjects) else ()
        return replace(described, verdict=Verdict.DEPENDS, lines=(Line(key="compare_depends"), *described.lines, *both))
    if described or not question.subjects:
        return described or general(knowledge, question.kind)
    if question.kind == "replace" and (PREGNANCY in question.safety or question.profile.pregnant):
        return _in_pregnancy_instead(knowledge, question)
    if question.kind == "replace":
        return choosing.alternatives(knowledge, question) or general(knowledge, "replace")
    return _of_one_active(knowledge, question) if question.kind == STRENGTH else None


def _of_one_active(knowledge: Knowledge, question: Question) -> Advice | None:
    """Which of two strengths of the same active: the lower to begin with, and what is usual."""
    contents = [one for one in question.subjects if knowledge.is_content(one)]
    if len(contents) != 1:
        return None
    rule = knowledge.guidelines[LOWER_FIRST]
    first = replace(line_of(knowledge, rule.say), recommends=(contents[0],))
    usual = percent(knowledge, replace(question, kind="percent", subjects=(contents[0],), number=None)) if contents[0] in knowledge.ingredients else None
    return joined([Advice(None, (first,), sources=tuple(rule.sources)), *([usual] if usual else [])])


def _mild(knowledge: Knowledge, subjects: Sequence[str]) -> bool:
    """True for ingredients and families that anybody may use, none of them strong and none with a rule against another."""
    known = [one in knowledge.families or (one in knowledge.ingredients and knowledge.ingredients[one].recommendable == "yes") for one in subjects]
    gentle = all(known) and not any(safety.is_strong(knowledge, one) for one in subjects)
    return gentle and all(rule_for(knowledge, first, second) is None for first, second in combinations(subjects, 2))


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


def _chosen_for(knowledge: Knowledge, question: Question) -> Advice | None:
    """Which of the ingredients named is commonly chosen for the concern named, what serves more of several concerns before the
    others, then the gentler before the stronger; None where no concern is named or none of them is chosen for it."""
    asked = [one for one in question.subjects if one in knowledge.ingredients]
    named = [one for one in question.needs if one in knowledge.concerns] or question.profile.concerns
    served = [one.ingredient for concern in named for one in knowledge.concerns[concern].suggest]
    for concern in (knowledge.concerns[one] for one in named):
        usual = [one.ingredient for one in concern.suggest if one.ingredient in asked]
        if len(asked) < 2 or not usual:
            continue
        usual.sort(key=lambda one: (-served.count(one), safety.is_strong(knowledge, one)))
        kin = {knowledge.ingredients[one.ingredient].family for one in concern.suggest}
        others = [one for one in asked if one not in usual]
        if any(knowledge.ingredients[one].family in kin for one in others):
            continue  # another form of what is chosen is no poorer choice
        params = {"concern": concern.name, "first": name(knowledge, usual[0]), "others": several(knowledge, others or usual[1:])}
        line = Line(key="better_one_chosen" if others else "better_all_chosen", params=params, recommends=tuple(usual[:1]), mentions=tuple(asked))
        facts = [fact for one in asked if (fact := of_subject(knowledge, "what_is", one))]
        sources = merge(*(tuple(one.sources) for one in concern.suggest if one.ingredient in usual))
        return Advice(None, (line, *(line_of(knowledge, fact.say) for fact in facts[:2])), sources=sources)
    return None


def _left_to_choose(knowledge: Knowledge, question: Question) -> Advice | None:
    """The one that is left of several for somebody who must leave out the others, and why; None where more are left, or none."""
    asked = [one for one in question.subjects if knowledge.is_content(one)]
    held = {one: why for one in asked if (why := held_back(knowledge, one, question.profile))}
    left = [one for one in asked if one not in held]
    if not held or len(left) != 1 or any(is_prescribed(knowledge, one) for one in held):
        return None  # what a doctor prescribed nobody else takes away
    reasons = list(held.values())
    params = {"first": several(knowledge, left), "others": several(knowledge, [*held])}
    first = Line(key="better_left_to_choose", params=params, recommends=tuple(left), mentions=tuple(held))
    fact = of_subject(knowledge, "what_is", left[0])
    lines = (first, *((line_of(knowledge, fact.say),) if fact else ()))
    sources = merge(*(one.sources for one in reasons), tuple(fact.sources) if fact else ())
    cautions: list[Line] = []
    for line in (line for one in reasons for line in one.lines):
        cautions += [] if line in cautions else [line]
    return Advice(Verdict.DEPENDS, lines, cautions=tuple(cautions), sources=sources)


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
