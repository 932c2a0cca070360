"""Which product or ingredient: for a concern, a skin type, an age."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from bot.rules.advice import Advice, FollowUp, Line, Profile, Question, from_fact, joined, line_of, merge
from bot.rules.facts import general, of_subject, stated, topic
from bot.rules.kinship import is_among
from bot.rules.knowledge import Knowledge
from bot.rules.names import name, several
from bot.rules.pairs import is_gentle, is_irritant
from bot.rules.routine_guard import held_back, is_fitting
from bot.rules.safety import BABY, CHILD, UNDER_13, entries, is_strong, of_age, said_of
from bot.rules.schema import Ingredient, Verdict

MOST_CONCERNS = 3
MOST_ALTERNATIVES = 3
MOST_FITTING = 4
MOST_SUGGESTIONS = 3
COMBINATION = "combination"
TEEN = 20
ADULT = 18


def for_concern(knowledge: Knowledge, question: Question) -> Advice | None:
    """What helps with the concerns named (or told before), most medical first, with the skin type's note."""
    exact = topic(knowledge, "for_concern", [*question.subjects, *question.forms, *question.needs])
    told = _told(question)
    unheld = not (told.pregnant or told.safety)
    if exact and unheld and len(question.needs) + len(question.subjects) + len(question.forms) > 1:
        return from_fact(knowledge, exact)
    concerns = [one for one in question.needs if one in knowledge.concerns]
    if told.age is not None and told.age < CHILD:
        return _young(knowledge, told.age, (*question.subjects, *question.forms))
    asked = [one for one in question.subjects if knowledge.is_content(one)]
    if concerns and asked:
        return joined([_does_it_help(knowledge, one, concerns) for one in asked[:2]])
    if not concerns:
        found = stated(knowledge, "for_concern", question.subjects, question.forms, question.needs)
        if found:
            return found
        concerns = list(question.profile.concerns)
    if concerns and told.age is not None and told.age < ADULT:
        return _of_a_teenager(knowledge, concerns)
    skin_types = [one for one in question.needs if one in knowledge.skin_types]
    if not concerns:
        known = skin_types or question.profile.skin_types
        if not question.subjects and (said := stated(knowledge, "for_concern", tuple(known))):
            return said
        return for_skin_type(knowledge, question) if known else general(knowledge, "for_concern")
    concerns.sort(key=lambda one: not knowledge.concerns[one].medical)
    parts = [part for one in concerns[:MOST_CONCERNS] if (part := _for_one(knowledge, one, told))]
    return joined(parts) if parts else general(knowledge, "choose")


def _of_a_teenager(knowledge: Knowledge, concerns: Sequence[str]) -> Advice | None:
    """What helps a teenager with these: what is said of it at that age, else the basics."""
    found = [from_fact(knowledge, fact) for one in concerns if (fact := topic(knowledge, "age", [one]))]
    return found[0] if found else general(knowledge, "age_teen")


def _told(question: Question) -> Profile:
    """The person with what the question says of them."""
    known = question.profile
    return replace(known, pregnant=known.pregnant or "pregnancy" in question.safety, safety=merge(known.safety, question.safety))


def _for_one(knowledge: Knowledge, concern_id: str, profile: Profile) -> Advice | None:
    """What helps with one concern; where this person must leave out some of what is commonly chosen for it, only the
    rest of that, and what is left out at the end."""
    fact = of_subject(knowledge, "for_concern", concern_id)
    concern = knowledge.concerns[concern_id]
    chosen = [one.ingredient for one in concern.suggest]
    left_out = [why for one in chosen if (why := held_back(knowledge, one, profile)) and why.verdict is Verdict.NO]
    if fact is None or not left_out:
        return _asking_first(knowledge, chosen, from_fact(knowledge, fact), profile) if fact else None
    fitting = [one for one in concern.suggest if is_fitting(knowledge, one.ingredient, profile)]
    if profile.sensitive:
        mild = [one for one in fitting if "sensitive" in knowledge.ingredients[one.ingredient].suits and not is_strong(knowledge, one.ingredient)]
        fitting = mild or fitting
    fitting = fitting[:MOST_FITTING]
    ids = tuple(one.ingredient for one in fitting)
    params = {"concern": concern.name, "others": several(knowledge, ids, last="or")}
    lines = [Line(key="concern_fitting" if fitting else "concern_none_fitting", params=params, recommends=ids)]
    lines += [line_of(knowledge, text) for text in concern.advice]
    cautions = (*left_out[0].lines, *([Line(key="ask_dermatologist")] if concern.medical else []))
    sources = merge(*(one.sources for one in fitting), left_out[0].sources, concern.sources)
    verdict = Verdict.DOCTOR if concern.medical else None
    advice = _asking_first(knowledge, chosen, Advice(verdict, tuple(lines), cautions=cautions, sources=sources), profile)
    return advice if advice.cautions == cautions else replace(advice, verdict=Verdict.DOCTOR)


def _asking_first(knowledge: Knowledge, chosen: Sequence[str], advice: Advice, profile: Profile) -> Advice:
    """The advice, with whom this person asks before the first of the actives that it names; irritated skin changes nothing of that."""
    profile = replace(profile, irritated=False)
    asked = next((why for one in chosen if (why := held_back(knowledge, one, profile)) and why.verdict is Verdict.DOCTOR), None)
    return advice.with_cautions(asked.lines, asked.sources) if asked else advice


def _does_it_help(knowledge: Knowledge, subject_id: str, concerns: Sequence[str]) -> Advice:
    members = [subject_id] if subject_id in knowledge.ingredients else knowledge.families[subject_id].members
    ingredients = [knowledge.ingredients[member] for member in members if member in knowledge.ingredients]
    helped = [one for one in concerns if any(one in ingredient.helps for ingredient in ingredients)]
    what = of_subject(knowledge, "benefits", subject_id)
    lines, sources = [], tuple(what.sources) if what else ()
    params = {"subject": name(knowledge, subject_id)}
    if helped:
        params["concerns"] = several(knowledge, helped)
        lines.append(Line(key="helps_with", params=params, recommends=(subject_id,)))
    else:
        params["concerns"] = several(knowledge, concerns, last="or")
        lines.append(Line(key="helps_unknown", params=params, mentions=(subject_id,)))
    if what:
        lines.append(line_of(knowledge, what.say))
    cautions = tuple(line_of(knowledge, text) for ingredient in ingredients[:1] for text in ingredient.cautions[:1])
    medical = [one for one in concerns if knowledge.concerns[one].medical]
    if medical:
        cautions = (*cautions, Line(key="ask_dermatologist"))
    sources = merge(sources, *(ingredient.helps_sources[:1] for ingredient in ingredients[:1]))
    return Advice(Verdict.YES if helped else Verdict.UNKNOWN, tuple(lines), cautions=cautions, sources=sources)


def for_skin_type(knowledge: Knowledge, question: Question) -> Advice | None:
    """Whether a subject suits a skin type, or what the skin type wants when no subject is named; for a child the basics alone."""
    if not question.subjects and question.profile.age is not None and question.profile.age < CHILD:
        return _young(knowledge, question.profile.age, question.forms)
    skin_types = [one for one in question.needs if one in knowledge.skin_types] or list(question.profile.skin_types)
    if not skin_types and any(one in knowledge.concerns for one in question.needs):
        return for_concern(knowledge, question)
    subjects = question.subjects
    if COMBINATION in skin_types:  # an oily zone and dry cheeks are what makes it one
        skin_types = [one for one in skin_types if one not in ("oily", "dry")]
    exact = topic(knowledge, "for_skin_type", [*subjects, *question.forms, *skin_types])
    if exact:
        return from_fact(knowledge, exact)
    parts = []
    for subject_id in subjects[:2]:
        if subject_id in knowledge.ingredients and skin_types:
            parts.append(_suits(knowledge, subject_id, skin_types))
        elif fact := of_subject(knowledge, "for_skin_type", subject_id):
            parts.append(from_fact(knowledge, fact))
    for skin_type in skin_types[:2]:
        if fact := of_subject(knowledge, "for_skin_type", skin_type):
            parts.append(from_fact(knowledge, fact))
    if not parts:
        return general(knowledge, "for_skin_type") or general(knowledge, "choose")
    return joined(parts, verdict=parts[0].verdict)


def _suits(knowledge: Knowledge, subject_id: str, skin_types: Sequence[str]) -> Advice:
    ingredient = knowledge.ingredients[subject_id]
    suits = [one for one in skin_types if one in ingredient.suits]
    verdict: Verdict | None
    params = {"subject": ingredient.name, "skin": several(knowledge, skin_types)}
    if suits == list(skin_types):
        lines = [Line(key="suits_skin", params=params, recommends=(subject_id,))]
        verdict = Verdict.CAREFUL if "sensitive" in skin_types else Verdict.YES
    elif is_strong(knowledge, subject_id):
        lines = [Line(key="suits_careful", params=params, recommends=(subject_id,))]
        verdict = Verdict.CAREFUL
    elif "sensitive" in skin_types and is_irritant(knowledge, subject_id):
        sensitive = {**params, "skin": name(knowledge, "sensitive")}
        lines = [Line(key="suits_not", params=sensitive, mentions=(subject_id,))]
        return Advice(Verdict.NO, tuple(lines), sources=tuple(ingredient.sources[:2]))
    else:
        lines = [Line(key="suits_nothing_against", params=params, recommends=(subject_id,))]
        verdict = None
    if "sensitive" in skin_types:
        lines.append(Line(key="start_gently"))
    cautions = tuple(line_of(knowledge, text) for text in ingredient.cautions[:1])
    return Advice(verdict, tuple(lines), cautions=cautions, sources=tuple(ingredient.sources[:2]))


def _young(knowledge: Knowledge, years: float, asked: Sequence[str]) -> Advice | None:
    """What a child of that age needs; of a baby's cleanser or cream what holds for every child's."""
    mild = asked and all(is_among(knowledge, one, knowledge.safety[UNDER_13].fine) and not is_among(knowledge, one, knowledge.safety[BABY].about) for one in asked)
    return said_of(knowledge, [UNDER_13 if mild else of_age(years)], asked)


def age(knowledge: Knowledge, question: Question) -> Advice | None:
    """What the age asked about changes. Under thirteen only the basics; that wins over any subject."""
    years = question.number if question.number is not None else question.profile.age
    if years is not None and years < CHILD:
        return _young(knowledge, years, (*question.subjects, *question.forms))
    if years is not None and years < TEEN:
        found, of_need = stated(knowledge, "age", question.subjects), stated(knowledge, "age", question.needs)
        if of_need and not (question.subjects and found):
            return replace(of_need, verdict=Verdict.DOCTOR) if any(is_strong(knowledge, one) for one in question.subjects) else of_need
        teen = general(knowledge, "age_teen")
        both = joined([found, teen], verdict=found.verdict) if found and teen else teen
        strong = any(is_strong(knowledge, one) for one in question.subjects)
        return replace(both, verdict=Verdict.DOCTOR) if both and strong else both
    found = stated(knowledge, "age", question.subjects, question.forms, question.needs) or stated(knowledge, "age", question.needs)
    found = found or stated(knowledge, "need", question.subjects)
    of_adults = general(knowledge, "age_adult") if years is not None else None
    return found or of_adults or general(knowledge, "age")


def alternatives(knowledge: Knowledge, question: Question, vegan: bool = False) -> Advice | None:
    """Ingredients of other families that are used for the most of the same concerns, theirs where they told of one, without what this person should
    leave out (irritated or sensitive skin, pregnancy, age, allergies); nothing strong in place of something gentle, and
    with `vegan` nothing that comes from an animal."""
    first_id = question.subjects[0]
    helps, kin = _helped_by(knowledge, first_id)
    if not helps:
        return None
    told = _told(question)
    sensitive = told.sensitive or "sensitive" in question.needs
    aims = helps & {*question.needs, *told.concerns} or helps
    shared = {
        other_id: len(set(other.helps) & aims)
        for other_id, other in knowledge.ingredients.items()
        if other_id not in kin and other.recommendable == "yes" and other.helps
        and is_fitting(knowledge, other_id, told)
        and (is_strong(knowledge, first_id) or not is_strong(knowledge, other_id))
        and (not sensitive or ("sensitive" in other.suits and not is_strong(knowledge, other_id)))
        and not (vegan and (marked := other.facts.get("vegan")) and marked.verdict is Verdict.NO)
    }
    usual = [one.ingredient for aim in sorted(aims) if aim in knowledge.concerns for one in knowledge.concerns[aim].suggest]
    first_choice = {one: place for place, one in reversed(list(enumerate(usual)))}
    found = [one for one in shared if shared[one]]
    best = sorted(found, key=lambda one: (-shared[one], first_choice.get(one, len(usual)), one))[:MOST_ALTERNATIVES]
    if not best:
        return None
    subject = knowledge.subject(first_id)
    params = {"subject": subject.name if subject else first_id, "others": several(knowledge, best, last="or")}
    sources = merge(*(knowledge.ingredients[one].helps_sources[:1] for one in best))
    line = Line(key="replace_with", params=params, recommends=tuple(best), mentions=(first_id,))
    return Advice(None, (line,), sources=sources)


def _helped_by(knowledge: Knowledge, subject_id: str) -> tuple[set[str], set[str]]:
    """The concerns that an ingredient helps with, or a family all of whose members that help with any do, with the ids of its kin;
    of a medicine of which nothing is said what its family is for; nothing of all else."""
    ingredient, family = knowledge.ingredients.get(subject_id), knowledge.families.get(subject_id)
    if ingredient is not None and not ingredient.helps and ingredient.recommendable == "no":
        return _helped_by(knowledge, ingredient.family)
    if ingredient is not None:
        return set(ingredient.helps), {one for one, other in knowledge.ingredients.items() if other.family == ingredient.family}
    members = [knowledge.ingredients[one] for one in (family.members if family else ()) if one in knowledge.ingredients]
    helped = [set(one.helps) for one in members if one.helps]
    kin = {one for one, other in knowledge.ingredients.items() if other.family in {member.family for member in members}}
    return (set.intersection(*helped) if helped else set()), {*kin, *(family.members if family else ())}


def fitting_instead(knowledge: Knowledge, question: Question, person: Profile) -> list[str]:
    """Ingredients that may be offered to this person for what the question is about: its concerns, what its subjects help
    with, its skin types or theirs; the best first."""
    if person.age is not None and person.age < CHILD:
        return []  # nothing but the basics, which stand in the reason
    concerns = [one for one in question.needs if one in knowledge.concerns]
    helped = [one for subject in question.subjects if subject in knowledge.ingredients for one in knowledge.ingredients[subject].helps]
    chosen = [item.ingredient for one in (concerns or helped[:2] or person.concerns) for item in knowledge.concerns[one].suggest]
    if not chosen:
        skin = [one for one in question.needs if one in knowledge.skin_types] or list(person.skin_types)
        chosen = [one for skin_type in skin for one in knowledge.skin_types[skin_type].good_ingredients]
    treated = any(knowledge.safety[one].adding for one in person.safety)
    found = [one for one in dict.fromkeys(chosen) if one in knowledge.ingredients and is_fitting(knowledge, one, person)]
    return [one for one in found if not treated or is_gentle(knowledge, one)]  # skin under treatment gets nothing that may sting


def choose(knowledge: Knowledge, question: Question) -> Advice | None:
    """How to choose; when the person's concern or skin type is known, what to look for; for a child the basics alone."""
    young = question.profile.age is not None and question.profile.age < CHILD
    if young or any(one in knowledge.concerns for one in question.needs):
        return for_concern(knowledge, question)
    if question.needs:
        return for_skin_type(knowledge, question)
    found = stated(knowledge, "choose", question.subjects, question.forms, question.needs) or general(knowledge, "choose")
    told = entries(knowledge, [one for one in question.profile.safety if knowledge.safety[one].kind in ("medicine", "condition")])
    if told:
        return joined([told, found], verdict=told.verdict) if found else told
    if found and question.profile.skin_types:
        note = for_skin_type(knowledge, question)
        return joined([found, note], verdict=found.verdict) if note else found
    return found


def prevent(knowledge: Knowledge, question: Question) -> Advice | None:
    """How to keep a need from coming up; what helps with it where that is all that is known."""
    return stated(knowledge, "prevent", question.needs) or choose(knowledge, replace(question, subjects=(), forms=()))


def suggestions(knowledge: Knowledge, advice: Advice, question: Question) -> tuple[FollowUp, ...]:
    """Questions that often come next about the first subject, as buttons; never the one just answered."""
    if advice.verdict is Verdict.DOCTOR or not question.subjects:
        return ()
    first = question.subjects[0]
    kinds: tuple[str, ...] = ()
    if first in knowledge.product_types:
        kinds = ("frequency", "order", "amount", "how_to_apply")
    elif isinstance(knowledge.subject(first), Ingredient):
        kinds = ("together", "time_of_day", "pregnancy", "frequency")
    return tuple(FollowUp(kind, (first,)) for kind in kinds if kind != question.kind)[:MOST_SUGGESTIONS]
