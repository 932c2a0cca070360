"""What a person must not be given now: pregnancy, age, medicines, allergies, what they avoid, irritated skin; and what
must not be added before their doctor is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, Sequence

from bot.rules.advice import Advice, Line, Profile, line_of, merge
from bot.rules.kinship import is_among, is_the_same
from bot.rules.knowledge import Knowledge
from bot.rules.names import name, several
from bot.rules.pairs import is_gentle
from bot.rules.safety import SEVERE_ALLERGY, TEEN, VERDICT_OF, allergies_to, is_strong, pregnancy_status
from bot.rules.schema import Ingredient, Verdict
from bot.rules.schema_safety import SafetyEntry
from bot.rules.steps import Step

IRRITATED = "damaged_barrier"
UNDER_AGE = "under_thirteen"
REST = "rest_when_irritated"
BASICS_ONLY = 13

Guard = Callable[[Knowledge, str, Profile], "Advice | None"]


def held_back(knowledge: Knowledge, subject_id: str, profile: Profile) -> Advice | None:
    """Why this person should leave a product type, ingredient or family out for now; None where nothing is known
    against it. The verdict is no or doctor, and a reason to say no wins."""
    found = [why for guard in GUARDS if (why := guard(knowledge, subject_id, profile))] or _of_most_members(knowledge, subject_id, profile)
    return min(found, key=lambda why: why.verdict is not Verdict.NO) if found else None


def _of_most_members(knowledge: Knowledge, family_id: str, profile: Profile) -> list[Advice]:
    """Why a family is left out though nothing is known against it by its own name: most of its members are."""
    family = knowledge.families.get(family_id)
    members = family.members if family is not None and family_id not in knowledge.ingredients else []
    found = [why for member in members if (why := held_back(knowledge, member, profile))]
    if len(found) * 2 <= len(members):
        return []
    called = {"subject": name(knowledge, family_id)}
    return [
        replace(why, lines=tuple(replace(line, params={**line.params, **called}, mentions=(family_id,)) if "subject" in line.params else line for line in why.lines))
        for why in found
    ]


def resting(knowledge: Knowledge, subject_id: str, profile: Profile) -> Advice | None:
    """That a product type, ingredient or family waits until irritated skin is calm, or until the clinic allows it after a
    procedure, with what skin needs meanwhile; None where it need not wait."""
    found = [why for guard in RESTS if (why := guard(knowledge, subject_id, profile))]
    if not found:
        return None
    meanwhile, wordings = _meanwhile(knowledge, profile), {"held_resting": "rest_until_calm"}
    firsts = [replace(why.lines[0], key=wordings.get(why.lines[0].key, why.lines[0].key)) for why in found]
    lines = (*firsts, *(line_of(knowledge, text) for text, _ in meanwhile))
    verdict = Verdict.DOCTOR if is_prescribed(knowledge, subject_id) else Verdict.NO
    return Advice(verdict, lines, sources=merge(*(sources for _, sources in meanwhile)))


def _meanwhile(knowledge: Knowledge, profile: Profile) -> list[tuple[str, tuple[str, ...]]]:
    """What the knowledge says of skin that rests, each with its sources."""
    rest, procedure = knowledge.guidelines[REST], knowledge.safety.get(profile.procedure)
    said = [(rest.say, tuple(rest.sources))] if irritated(profile) else []
    return said + ([(procedure.say, tuple(procedure.sources))] if procedure else [])


def is_fitting(knowledge: Knowledge, ingredient_id: str, profile: Profile) -> bool:
    """True for an ingredient that may be offered to this person: nothing is known against it, in pregnancy a source calls
    it fine, and skin that rests gets only what is mild."""
    if (irritated(profile) or profile.procedure) and not _is_mild(knowledge, ingredient_id):
        return False
    status = pregnancy_status(knowledge, ingredient_id) if profile.pregnant else None
    against = held_back(knowledge, ingredient_id, profile) or not_to_add(knowledge, ingredient_id, profile)
    return not against and (status is None or status[0] == "ok")


def _is_mild(knowledge: Knowledge, ingredient_id: str) -> bool:
    chosen = [one.ingredient for one in knowledge.concerns[IRRITATED].suggest]
    mild = ingredient_id in chosen or is_gentle(knowledge, ingredient_id)
    return mild and "sensitive" in knowledge.ingredients[ingredient_id].suits


def not_to_add(knowledge: Knowledge, subject_id: str, profile: Profile) -> Advice | None:
    """Why nobody should suggest it to this person before their doctor is asked; None where nothing is known against
    it. What they use already stays, as it may be what the doctor gave them."""
    for entry in _of_doctors(knowledge, profile):
        if is_among(knowledge, subject_id, entry.adding) and not is_among(knowledge, subject_id, entry.fine):
            return Advice(Verdict.DOCTOR, (line_of(knowledge, entry.say),), sources=tuple(entry.sources))
    return None


def is_prescribed(knowledge: Knowledge, subject_id: str) -> bool:
    """True for what only a doctor or pharmacist gives out."""
    subject = knowledge.subject(subject_id)
    if isinstance(subject, Ingredient):
        return subject.recommendable == "no"
    family = knowledge.families.get(subject_id)
    return family is not None and all(is_prescribed(knowledge, one) for one in family.members)


def is_own_medicine(knowledge: Knowledge, subject_id: str, entry: SafetyEntry) -> bool:
    """True where an entry for medicines is of this very one, so that it may be what the doctor gave: what is said of prescribed retinoids
    holds nobody from theirs, but what is said of isotretinoin tablets does."""
    if entry.kind != "medicine" or not is_prescribed(knowledge, subject_id):
        return False
    family = knowledge.families.get(subject_id)
    members = family.members if family is not None else [subject_id]
    return all(name(knowledge, one) in entry.phrases for one in members)


def ruled_out_by_medicine(knowledge: Knowledge, subject_id: str, profile: Profile) -> bool:
    """True for a prescribed medicine that another medicine of this person speaks against."""
    return any(_rules_out(knowledge, subject_id, knowledge.safety[one]) for one in profile.safety)


def _rules_out(knowledge: Knowledge, subject_id: str, entry: SafetyEntry) -> bool:
    given = entry.kind == "medicine" and is_prescribed(knowledge, subject_id)
    return given and is_among(knowledge, subject_id, entry.about) and not is_own_medicine(knowledge, subject_id, entry)


def irritated(profile: Profile) -> bool:
    """True while skin needs a rest."""
    return profile.irritated or IRRITATED in profile.concerns


def background(knowledge: Knowledge, profile: Profile, steps: Sequence[Step]) -> list[Advice]:
    """What stands behind several reasons at once, said once: what a doctor must be asked before, the rest of irritated
    skin, the basics for children."""
    rules = [REST] if irritated(profile) else []
    rules += [UNDER_AGE] if profile.age is not None and profile.age < BASICS_ONLY else []
    found = [knowledge.guidelines[one] for one in rules]
    return [
        *before_adding(knowledge, profile, steps),
        *(Advice(None, (line_of(knowledge, rule.say),), sources=tuple(rule.sources)) for rule in found),
    ]


def before_adding(knowledge: Knowledge, profile: Profile, steps: Sequence[Step] = ()) -> list[Advice]:
    """What this person must ask a doctor before they add to their routine. The verdict is doctor where one of the steps
    is such a thing; about gentle basics nobody needs to be asked, and the advice is only for later."""
    ids = merge(*(step.ids for step in steps))
    return [
        Advice(
            Verdict.DOCTOR if any(is_among(knowledge, one, entry.adding) for one in ids) else None,
            (line_of(knowledge, entry.say),),
            sources=tuple(entry.sources),
        )
        for entry in _of_doctors(knowledge, profile)
    ]


def _of_doctors(knowledge: Knowledge, profile: Profile) -> list[SafetyEntry]:
    return [entry for one in profile.safety if (entry := knowledge.safety[one]).adding]


def _by_age(knowledge: Knowledge, subject_id: str, profile: Profile) -> Advice | None:
    if profile.age is None or not (is_strong(knowledge, subject_id) or subject_id == "exfoliant"):
        return None
    params = {"subject": name(knowledge, subject_id)}
    if profile.age < BASICS_ONLY:
        line = Line(key="held_child", params=params, mentions=(subject_id,))
        return Advice(Verdict.NO, (line,), sources=tuple(knowledge.guidelines[UNDER_AGE].sources))
    if profile.age < TEEN:
        return Advice(Verdict.DOCTOR, (Line(key="caution_teen", params=params, mentions=(subject_id,)),))
    return None


def _by_pregnancy(knowledge: Knowledge, subject_id: str, profile: Profile) -> Advice | None:
    found = pregnancy_status(knowledge, subject_id) if profile.pregnant else None
    if found is None or found[0] == "ok" or (found[0] == "ask_doctor" and not is_strong(knowledge, subject_id)):
        return None
    if _is_umbrella(knowledge, subject_id):  # its strictest member does not speak for all of them
        return None
    params = {"subject": name(knowledge, subject_id)}
    line = Line(key=f"caution_pregnancy_{found[0]}", params=params, mentions=(subject_id,))
    return Advice(Verdict.NO if found[0] == "avoid" else Verdict.DOCTOR, (line,), sources=found[1])


def _is_umbrella(knowledge: Knowledge, subject_id: str) -> bool:
    family = knowledge.families.get(subject_id)
    return family is not None and all(knowledge.ingredients[one].family != subject_id for one in family.members)


def is_allergic_to(knowledge: Knowledge, subject_id: str, profile: Profile) -> bool:
    """True for something that an allergy of this person speaks against: what it names, and what is won from that."""
    return _by_allergy(knowledge, subject_id, profile) is not None or bool(allergies_to(knowledge, (subject_id,), profile.safety))


def _by_safety(knowledge: Knowledge, subject_id: str, profile: Profile) -> Advice | None:
    kind = knowledge.product_types.get(subject_id)
    if kind is not None and kind.core:  # what is named there is sunscreen, as what helps
        return None
    found = None
    for safety_id in profile.safety:
        entry = knowledge.safety[safety_id]
        verdict = VERDICT_OF.get(entry.urgency, Verdict.DOCTOR)
        if entry.kind == "allergy" and SEVERE_ALLERGY in profile.safety:
            verdict = Verdict.NO
        if verdict is None or is_own_medicine(knowledge, subject_id, entry) or not is_among(knowledge, subject_id, entry.about):
            continue
        if found is None or verdict is Verdict.NO:
            lines: tuple[Line, ...] = (line_of(knowledge, entry.say),)
            if _rules_out(knowledge, subject_id, entry):
                lines = (Line(key="held_beside_medicine", params={"subject": name(knowledge, subject_id)}, mentions=(subject_id,)), *lines)
            found = Advice(verdict, lines, sources=tuple(entry.sources))
    return found


def _by_wish(knowledge: Knowledge, subject_id: str, profile: Profile) -> Advice | None:
    if not is_among(knowledge, subject_id, profile.avoids):
        return None
    line = Line(key="held_avoided", params={"subject": name(knowledge, subject_id)}, mentions=(subject_id,))
    return Advice(Verdict.NO, (line,))


def _by_allergy(knowledge: Knowledge, subject_id: str, profile: Profile) -> Advice | None:
    """An allergy that the person told of, to the subject itself, to its family, or to another form of the same thing."""
    told = [one for one in profile.allergies if is_the_same(knowledge, subject_id, one)]
    if not told:
        return None
    line = Line(key="held_allergy", params={"subject": name(knowledge, subject_id)}, mentions=(subject_id,))
    if subject_id not in told:
        params = {"subject": name(knowledge, subject_id), "told": several(knowledge, told)}
        line = Line(key="held_allergy_kin", params=params, mentions=(subject_id, *told))
    return Advice(Verdict.NO, (line,))


def _by_irritation(knowledge: Knowledge, subject_id: str, profile: Profile) -> Advice | None:
    resting = (*knowledge.concerns[IRRITATED].avoid, "exfoliant")
    if not irritated(profile) or not (is_strong(knowledge, subject_id) or is_among(knowledge, subject_id, resting)):
        return None
    rule, params = knowledge.guidelines[REST], {"subject": name(knowledge, subject_id)}
    if is_prescribed(knowledge, subject_id):
        line = Line(key="held_resting_prescribed", params=params, mentions=(subject_id,))
        return Advice(Verdict.DOCTOR, (line,), sources=tuple(rule.sources))
    line = Line(key="held_resting", params=params, mentions=(subject_id,))
    return Advice(Verdict.NO, (line,), sources=tuple(rule.sources))


def _by_procedure(knowledge: Knowledge, subject_id: str, profile: Profile) -> Advice | None:
    entry = knowledge.safety[profile.procedure] if profile.procedure else None
    if entry is None:
        return None
    opened = entry.hurt and not is_among(knowledge, subject_id, entry.fine)  # on skin that it opened only what is fine by name
    if not (opened or is_strong(knowledge, subject_id) or is_among(knowledge, subject_id, (*entry.about, "exfoliant"))):
        return None
    line = Line(key="held_procedure", params={"subject": name(knowledge, subject_id)}, mentions=(subject_id,))
    return Advice(Verdict.NO, (line,), sources=tuple(entry.sources))


GUARDS: Sequence[Guard] = (_by_pregnancy, _by_age, _by_safety, _by_irritation, _by_procedure, _by_wish, _by_allergy)
RESTS: Sequence[Guard] = (_by_irritation, _by_procedure)
