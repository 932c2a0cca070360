"""The door of the rules: a question in, advice out."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, Mapping

from bot.rules import (
    apart,
    choosing,
    comparing,
    conditions,
    keeping,
    layering,
    pairs,
    practices,
    safety,
    strong_sun,
    unknown,
    usage,
    youth,
)
from bot.rules.advice import Advice, Line, Question, from_fact, joined, line_of
from bot.rules.at_once import how_many_at_once
from bot.rules.evidence import evidence
from bot.rules.facts import general, stated, topic
from bot.rules.gate import held
from bot.rules.kinship import is_among
from bot.rules.knowledge import Knowledge, Subject
from bot.rules.names import name, with_article
from bot.rules.pregnancy_used import used
from bot.rules.purging import purging
from bot.rules.resting import resting_first
from bot.rules.schema import Verdict
from bot.rules.situations import SITUATION, told
from bot.rules.terms import of_terms, without_terms

Rule = Callable[[Knowledge, Question], "Advice | None"]


def answer(knowledge: Knowledge, question: Question) -> Advice:
    """Answers one question for one person.

    A red flag among `question.safety` wins over everything. Where nothing is known the advice says so
    (verdict unknown); it is never empty.
    """
    flag = safety.red_flag(knowledge, question.safety)
    if flag:
        return flag
    if question.unknown and question.kind in OF_UNKNOWN:
        return unknown.no_better(answer(knowledge, replace(question, unknown=())), unknown.beside(knowledge, question))
    together = apart.meeting(knowledge, question)
    if together:
        return apart.neither_first(knowledge, question, together, answer(knowledge, together))
    question = _about_pregnancy(knowledge, question)
    said = of_terms(knowledge, question) if question.kind not in OF_PREGNANCY else None
    terms = tuple(one for one in question.subjects if one in knowledge.terms)
    question = without_terms(knowledge, question)
    if question.forms and not question.subjects:
        question = replace(question, subjects=question.forms, forms=())
    advice = said or youth.no_laxer(knowledge, question, _ruled) or _described(knowledge, question) or _unknown(knowledge, question)
    advice = _with_conditions(knowledge, question, advice)
    if question.kind not in OF_PREGNANCY:
        lines, sources = safety.cautions(knowledge, (*question.subjects, *terms), question.profile)
        advice = safety.asking_first(question, advice, lines).with_cautions(lines, sources)
    if not advice.follow_ups:
        advice = replace(advice, follow_ups=choosing.suggestions(knowledge, advice, question))
    advice = resting_first(knowledge, question, advice)
    return safety.after_red_flag(knowledge, question, advice)


def _ruled(knowledge: Knowledge, question: Question) -> Advice | None:
    """What the rule for this kind of question says, else what helps with the needs named."""
    advice = RULES.get(question.kind, _stated)(knowledge, question)
    return choosing.for_concern(knowledge, question) if advice is None and question.needs else advice


def _about_pregnancy(knowledge: Knowledge, question: Question) -> Question:
    """A question about using something is one about pregnancy where it names it, or where the person told of it and
    the subject is to be avoided then."""
    statuses = [safety.pregnancy_status(knowledge, one) for one in question.subjects] if question.profile.pregnant else []
    avoid = any(status and status[0] == "avoid" for status in statuses)
    if question.kind in ABOUT_USE and (PREGNANCY in question.safety or avoid):
        return replace(question, kind="pregnancy")
    return question


def kinds(knowledge: Knowledge) -> set[str]:
    """All kinds of question that the rules and the knowledge can answer; a situation is none by itself."""
    subjects: list[Subject] = [
        *knowledge.product_types.values(),
        *knowledge.ingredients.values(),
        *knowledge.families.values(),
        *knowledge.concerns.values(),
        *knowledge.skin_types.values(),
    ]
    facts = {kind for subject in subjects for kind in subject.facts}
    return set(RULES) - {SITUATION} | facts | {entry.kind for entry in knowledge.topics.values()}


def _can_use(knowledge: Knowledge, question: Question) -> Advice | None:
    """May this person use it: by skin type and age where they are known, else for most people, slowly with strong
    actives; with how often."""
    if not question.subjects:
        return choosing.choose(knowledge, question)
    if question.profile.age is not None and question.profile.age < safety.CHILD:
        return choosing.age(knowledge, question)
    for medicine_id in question.subjects:
        medicine = knowledge.ingredients.get(medicine_id)
        if medicine and medicine.recommendable != "yes":
            line = Line(key="can_use_doctor", params={"subject": medicine.name}, mentions=(medicine_id,))
            what = medicine.what
            return Advice(Verdict.DOCTOR, (line, line_of(knowledge, what.say)), sources=tuple(what.sources))
    first = question.subjects[0]
    against = conditions.against(knowledge, first, question)
    if against:
        return conditions.leaving_it(knowledge, first, against, question.profile)
    if question.needs or question.profile.skin_types:
        return choosing.for_skin_type(knowledge, question)
    described = stated(knowledge, "what_is", [first])
    key = "can_use_slowly" if safety.is_strong(knowledge, first) else "can_use"
    found = stated(knowledge, "frequency", [first]) or described
    if found is None:
        return None
    line = Line(key=key, params={"subject": with_article(knowledge, first)}, recommends=(first,))
    more = described.lines if described and described is not found else ()
    return Advice(Verdict.YES, (line, *found.lines[:1]), more=more, sources=found.sources)


def _stated(knowledge: Knowledge, question: Question) -> Advice | None:
    """The statement about the subjects, else about the needs named, else the general one where it can stand alone."""
    found = stated(knowledge, question.kind, question.subjects, question.forms, question.needs)
    if found is None and question.needs:
        found = stated(knowledge, question.kind, question.needs)
    if found or (question.kind in NEEDS_SUBJECT and (question.subjects or question.needs)):
        return found
    return general(knowledge, question.kind)


def _described(knowledge: Knowledge, question: Question) -> Advice | None:
    """Nothing stands for this kind: what is known of the subject is better than nothing; whether the person may use it comes first."""
    if against := next((why for one in question.subjects if (why := held(knowledge, one, question.profile))), None):
        return against
    what = stated(knowledge, "what_is", question.subjects, question.forms, question.needs)
    if not what:
        return None
    subject = (*question.subjects, *question.forms)[0]
    lines = (Line(key="not_that_but", params={"subject": name(knowledge, subject)}, mentions=(subject,)),)
    return replace(what, verdict=Verdict.UNKNOWN, lines=lines + what.lines)


def _unknown(knowledge: Knowledge, question: Question) -> Advice:
    if question.subjects:
        subject = question.subjects[0]
        line = Line(key="unknown_subject", params={"subject": name(knowledge, subject)}, mentions=(subject,))
        return Advice(Verdict.UNKNOWN, (line,))
    return Advice(Verdict.UNKNOWN, (Line(key="which_subject"),))


def _with_conditions(knowledge: Knowledge, question: Question, advice: Advice) -> Advice:
    """A condition, medicine or allergy named in the question comes first, and sends to whoever may decide."""
    named = [one for one in question.safety if knowledge.safety[one].kind in COMES_FIRST and one != PREGNANCY]
    if question.kind in OF_PREGNANCY and not _is_of_a_concern(knowledge, question):
        return advice
    if not named or question.kind in SPEAKS_OF_CONDITIONS:
        return conditions.with_medicines(knowledge, advice, named) if question.kind == "lasting_irritation" else advice
    asked = (*question.subjects, *question.forms)
    # Of what is fine all the same nothing need be said first.
    named = [one for one in named if not asked or not all(is_among(knowledge, each, knowledge.safety[one].fine) for each in asked)]
    found = conditions.leaving_first(knowledge, question, named, safety.said_of(knowledge, named, asked))
    if found and [line.key for line in advice.lines] == ["which_subject"]:
        return found
    if found and question.kind == "together" and advice.verdict is not Verdict.UNKNOWN and advice.lines:
        return joined([advice, found], verdict=Verdict.NO if advice.verdict is Verdict.NO else found.verdict or advice.verdict)
    if found and question.kind in OF_USING and any(conditions.must_be_left(knowledge, one, named) for one in question.subjects):
        return found
    return joined([found, advice], verdict=found.verdict or advice.verdict) if found else advice


def _together(knowledge: Knowledge, question: Question) -> Advice | None:
    subjects = question.subjects or question.forms
    against = safety.allergies_to(knowledge, subjects, (*question.safety, *question.profile.safety))
    if against:  # whether two things may meet is no question where one of them must be left out
        return safety.entries(knowledge, against)
    found = pairs.together(knowledge, subjects, question.profile)
    milder = apart.rinsed_off(knowledge, subjects, question.forms) if len(subjects) > 1 else None
    if found and milder and found.verdict is not Verdict.YES:
        found = replace(found, lines=(*found.lines, milder))
    return found or general(knowledge, "avoid_mixing" if subjects else "together")


def _age(knowledge: Knowledge, question: Question) -> Advice | None:
    """What an age changes; of something that no statement bounds by age, whether grown-ups can use it."""
    found = choosing.age(knowledge, question)
    years = question.number if question.number is not None else question.profile.age
    grown = years is None or years >= safety.TEEN
    contents = [one for one in question.subjects if knowledge.is_content(one)]
    said = found is not None and found.lines and general(knowledge, "age") not in (None, found)
    if not grown or not contents or said:
        return found
    return _can_use(knowledge, replace(question, kind="can_use")) or found


def _avoid_mixing(knowledge: Knowledge, question: Question) -> Advice | None:
    parts = []
    for one in question.subjects[:2]:
        fact = topic(knowledge, "avoid_mixing", [one])
        found = from_fact(knowledge, fact) if fact else pairs.clashes(knowledge, one) or stated(knowledge, "avoid_mixing", [one])
        parts += [found] if found else []
    return joined(parts) if parts else general(knowledge, "avoid_mixing")


def _medical(knowledge: Knowledge, question: Question) -> Advice | None:
    return conditions.medical(knowledge, question) or _stated(knowledge, replace(question, kind="medical"))


def _irritation(knowledge: Knowledge, question: Question) -> Advice | None:
    """What is said of the ingredient that stings, before what is said of the product that it comes in."""
    actives = [one for one in question.subjects if knowledge.is_content(one)]
    return stated(knowledge, "irritation", actives, (), question.needs) or _stated(knowledge, replace(question, kind="irritation"))


def _is_of_a_concern(knowledge: Knowledge, question: Question) -> bool:
    """True where a concern is named and nothing that is in a product."""
    concerns = any(one in knowledge.concerns for one in question.needs)
    return concerns and all(one in knowledge.product_types for one in question.subjects)


def _pregnancy(knowledge: Knowledge, question: Question) -> Advice | None:
    """May these be used in pregnancy; where only a concern is named, what may be used for it then."""
    if _is_of_a_concern(knowledge, question):
        pregnant = replace(question, kind="for_concern", profile=replace(question.profile, pregnant=True))
        found = choosing.for_concern(knowledge, pregnant)
        return replace(found, verdict=found.verdict or Verdict.DOCTOR, cautions=(*found.cautions, Line(key="pregnancy_check"))) if found else None
    return safety.pregnancy(knowledge, question.subjects, question.forms)


def _allergy(knowledge: Knowledge, question: Question) -> Advice | None:
    return safety.entries(knowledge, question.safety) or _stated(knowledge, replace(question, kind="allergy"))


ABOUT_USE = frozenset({
    "what_is", "benefits", "frequency", "amount", "together", "time_of_day", "need", "side_effects", "evidence", "for_skin_type", "irritation",
    "percent", "better", "choose", "allergy", "medical", "age", "how_to_apply", "can_use", "next_step", "order", "for_concern", "avoid_mixing",
})
# With something unknown beside them these have no answer.
OF_UNKNOWN = frozenset({
    "together", "can_use", "order", "next_step", "different_times", "avoid_mixing", "replace", "for_skin_type", "frequency", "waiting_time",
    "how_to_apply", "time_of_day", "need", "medical", "pregnancy", "age", "twice_a_day", "side_effects", "allergy", "better",
})
COMES_FIRST = frozenset({"allergy", "medicine", "condition", "group"})
# Their answers say themselves what a condition, medicine or allergy asks for.
SPEAKS_OF_CONDITIONS = frozenset({"situation", "medical", "allergy", "to_avoid", "on_hurt_skin", "lasting_irritation", "strong_sun", "practice", "child_reacted"})
# How and when to use something is no question where it must be left.
OF_USING = frozenset({"together", "order", "how_to_apply", "amount", "frequency", "time_of_day", "next_step", "order_check"})
PREGNANCY = "pregnancy"
OF_PREGNANCY = frozenset({"pregnancy", "pregnancy_used"})
NEEDS_SUBJECT = frozenset({"what_is", "benefits", "texture", "packaging"})

RULES: Mapping[str, Rule] = {
    "frequency": usage.frequency,
    "time_of_day": usage.time_of_day,
    "percent": usage.percent,
    "twice_a_day": usage.twice_a_day,
    "waiting_time": layering.waiting_time,
    "shelf_life": keeping.shelf_life,
    "gone_off": keeping.gone_off,
    "order_check": lambda knowledge, question: layering.order_check(knowledge, question.subjects, question.forms),
    "need": usage.need,
    "not_working": usage.not_working,
    "side_effects": usage.side_effects,
    "order": lambda knowledge, question: layering.order(knowledge, question.subjects, question.forms),
    "results": usage.results,
    "next_step": lambda knowledge, question: layering.next_step(knowledge, question.subjects, question.forms),
    "together": _together,
    "different_times": lambda knowledge, question: pairs.different_times(knowledge, question.subjects, question.profile, question.nights),
    "how_many_at_once": how_many_at_once,
    "irritation": _irritation, "reaction": _irritation,
    "avoid_mixing": _avoid_mixing,
    "difference": comparing.compared,
    "better": comparing.compared,
    "replace": comparing.compared,
    "replace_vegan": comparing.without_animals,
    "strength": comparing.compared,
    "pregnancy": _pregnancy,
    "pregnancy_used": used,
    "for_concern": choosing.for_concern,
    "for_skin_type": choosing.for_skin_type,
    "choose": choosing.choose,
    "prevent": choosing.prevent,
    "age": _age,
    "can_use": _can_use,
    "evidence": evidence,
    "medical": _medical,
    "to_avoid": conditions.to_avoid,
    "allergy": _allergy,
    "purging": purging,
    "sunscreen": strong_sun.sunscreen,
    SITUATION: told, practices.KIND: practices.practice, strong_sun.KIND: strong_sun.strong_sun,
}
