"""The order of a routine: thin to thick, as the product types' places say."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from bot.rules.advice import Advice, Line, Question, from_fact, merge
from bot.rules.facts import general, of_subject, stated, topic
from bot.rules.knowledge import Knowledge
from bot.rules.names import name, several, with_article
from bot.rules.schema import Verdict

CARRIER = "serum"
MOISTURIZER = "moisturizer"
FEWEST_TO_CHECK = 3
# How far a prescribed gel or cream goes on before a serum.
BEFORE = 0.5


def carrier(subject_id: str, forms: Sequence[str], knowledge: Knowledge) -> str:
    """The product type whose step a subject takes: itself, the form it was named in, else a serum's."""
    if subject_id in knowledge.product_types:
        return subject_id
    return forms[0] if forms else CARRIER


def step_of(knowledge: Knowledge, type_id: str) -> float:
    """Place of a product type in the routine; types without one go last."""
    order = knowledge.product_types[type_id].order
    return 99.0 if order is None else order


def sequence(knowledge: Knowledge, type_ids: Sequence[str]) -> list[str]:
    """Product types in the order they go on; equal places keep the order they were given in."""
    return sorted(type_ids, key=lambda type_id: step_of(knowledge, type_id))


def order(knowledge: Knowledge, subjects: Sequence[str], forms: Sequence[str]) -> Advice | None:
    """In what order subjects go on, or where a single one stands in the routine."""
    exact = topic(knowledge, "order", [*subjects, *forms]) or topic(knowledge, "order", subjects)
    if subjects and exact:
        return _with_rule(from_fact(knowledge, exact))
    if not subjects:
        return general(knowledge, "order")
    if len(subjects) == 1:
        return _place(knowledge, subjects[0], forms)
    placed = [
        (subject_id, carrier(subject_id, () if len(subjects) > 1 else forms, knowledge)) for subject_id in subjects
    ]
    places = {one: step_of(knowledge, type_id) - (BEFORE if is_medicine(knowledge, one) else 0) for one, type_id in placed}
    steps = set(places.values())
    if len(steps) == 1:
        params = {"subjects": several(knowledge, list(subjects))}
        line = Line(key="order_same_step", params=params, recommends=tuple(subjects))
        return Advice(Verdict.DEPENDS, (line,), sources=_order_sources(knowledge))
    ranked = sorted(places, key=lambda one: places[one])
    names = [name(knowledge, subject) for subject in ranked]
    params = {"first": names[0], "rest": ", then ".join(names[1:])}
    # What goes on as late as a moisturizer, or later, leaves nothing to be said of what follows.
    last = max(steps) >= step_of(knowledge, MOISTURIZER)
    sources = merge(*(tuple(knowledge.product_types[type_id].sources[:1]) for _, type_id in placed))
    key = "order_sequence_plain" if last else "order_sequence"
    return Advice(None, (Line(key=key, params=params, recommends=tuple(ranked)),), sources=sources)


def _place(knowledge: Knowledge, subject_id: str, forms: Sequence[str]) -> Advice | None:
    fact = of_subject(knowledge, "order", subject_id)
    if fact is None and forms:
        fact = of_subject(knowledge, "order", forms[0])
    if fact:
        return _with_rule(from_fact(knowledge, fact))
    if is_medicine(knowledge, subject_id):
        line = Line(key="order_medicine", params={"subject": name(knowledge, subject_id)}, mentions=(subject_id,))
        return Advice(None, (line,), sources=_order_sources(knowledge))
    if subject_id in knowledge.ingredients or subject_id in knowledge.families:
        params = {"subject": name(knowledge, subject_id)}
        line = Line(key="order_ingredient", params=params, recommends=(subject_id,))
        return Advice(None, (line, Line(key="order_serum")), sources=_order_sources(knowledge))
    return general(knowledge, "order")


def is_medicine(knowledge: Knowledge, subject_id: str) -> bool:
    """True for what a doctor or pharmacist gives: a gel or cream that goes on first."""
    subject = knowledge.ingredients.get(subject_id)
    return subject is not None and subject.recommendable != "yes"


def order_check(knowledge: Knowledge, subjects: Sequence[str], forms: Sequence[str]) -> Advice | None:
    """Whether subjects stand in the order they go on in, with that order."""
    right = order(knowledge, subjects, forms)
    steps = [step_of(knowledge, carrier(one, (), knowledge)) for one in subjects]
    if right is None or len(steps) < FEWEST_TO_CHECK:
        return right
    well = steps == sorted(steps)
    line = Line(key="order_right" if well else "order_not_quite")
    return replace(right, verdict=Verdict.YES if well else Verdict.NO, lines=(line, *right.lines))


def waiting_time(knowledge: Knowledge, question: Question) -> Advice | None:
    """How long to wait between two: what is said of the one that goes on first, else of any wait."""
    types = [carrier(one, (), knowledge) for one in question.subjects]
    exact = topic(knowledge, "waiting_time", [*question.subjects, *question.forms])
    if exact:
        return from_fact(knowledge, exact)
    subjects: Sequence[str] = question.subjects
    if len(set(types)) > 1:
        subjects = [min(subjects, key=lambda one: step_of(knowledge, carrier(one, (), knowledge)))]
    return stated(knowledge, "waiting_time", subjects, question.forms) or general(knowledge, "waiting_time")


def next_step(knowledge: Knowledge, subjects: Sequence[str], forms: Sequence[str]) -> Advice | None:
    """What goes on after a subject; with two subjects, which of them goes first."""
    types = [carrier(subject_id, forms, knowledge) for subject_id in subjects]
    if len(set(types)) >= 2:
        exact = topic(knowledge, "next_step", subjects) or topic(knowledge, "order", subjects)
        if exact:
            return _with_rule(from_fact(knowledge, exact))
        ranked = sorted(zip(subjects, types), key=lambda item: step_of(knowledge, item[1]))
        (first, first_type), (last, last_type) = ranked[0], ranked[-1]
        params = {"first": with_article(knowledge, first), "last": name(knowledge, last)}
        sources = merge(*(tuple(knowledge.product_types[one].sources[:1]) for one in (last_type, first_type)))
        line = Line(key="next_step_follows", params=params, recommends=(first, last))
        return _with_rule(Advice(None, (line,), sources=sources))
    for subject_id in (*subjects, *forms, *types):
        fact = of_subject(knowledge, "next_step", subject_id)
        if fact:
            return from_fact(knowledge, fact)
    return general(knowledge, "next_step")


def _with_rule(advice: Advice) -> Advice:
    """The advice with the general rule behind it, unless it says so itself."""
    if any("thick" in line.text for line in advice.lines):
        return advice
    return replace(advice, lines=(*advice.lines, Line(key="order_rule")))


def _order_sources(knowledge: Knowledge) -> tuple[str, ...]:
    fact = topic(knowledge, "order", [])
    return tuple(fact.sources) if fact else ()
