"""The last word before anything leaves: what this person must not be told to use, whatever was asked.

Every statement says by id what it recommends. Against the person (pregnant, young, with a medicine, a condition, an allergy,
irritated skin, after a procedure) what is recommended and must not be is taken out, with the reason in its place and what fits
instead; a plain yes never stands over what they must leave, over what nobody knows, or for somebody of whom nothing can be known.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Iterable, Sequence

from bot.rules.advice import Advice, FollowUp, Line, Profile, Question, joined, line_of, merge
from bot.rules.cautions import by_sort, said_once
from bot.rules.choosing import fitting_instead
from bot.rules.conditions import allowed_beside, beside_medicine
from bot.rules.facts import of_subject
from bot.rules.knowledge import Knowledge
from bot.rules.names import name, several
from bot.rules.pairs import is_gentle
from bot.rules.routine_guard import (
    held_back,
    is_allergic_to,
    is_fitting,
    is_prescribed,
    not_to_add,
    ruled_out_by_medicine,
)
from bot.rules.safety import SEVERE_ALLERGY, TEEN, USE_NOW, is_strong
from bot.rules.schema import Verdict

MOST_REASONS = 2
MOST_INSTEAD = 3
INSTEAD = "fits_instead"
MAY_STAY = "may_stay"
MEDICINE = "medicine"
PATCH_TEST = "patch_test"
# Kinds of question whose answer tells how to use something.
OF_USE = USE_NOW | {"patch_test", "rinse_off", "twice_a_day", "different_times", "plan_week", "results", "benefits"}
# Kinds that are about what must be left, or about the very reason to leave it.
ABOUT_LEAVING = frozenset({"irritation", "reaction", "calming", "purging", "restart", "replace", "replace_vegan", "age", "pregnancy", "pregnancy_used", "medical", "allergy", "side_effects", "changed_by", "avoid_mixing", "difference", "what_is"})
OF_RINSING = "rinse_off"
OF_HURT_SKIN = frozenset({"irritation", "reaction", "calming", "purging", "side_effects", "allergic_or_irritated"})
CHOOSING = frozenset({"for_concern", "choose", "find_product", "for_skin_type"})
# Needs for which hurt skin is cared for.
CALMING = frozenset({"damaged_barrier", "redness_sensitivity", "sensitive", "dryness", "dehydration"})
BASICS = frozenset({"water_cleanser", "oil_cleanser", "moisturizer", "sunscreen"})
COMPARING = frozenset({"difference", "better", "strength", "replace"})
YES = frozenset({Verdict.YES, Verdict.CAREFUL, Verdict.DEPENDS})


def held(knowledge: Knowledge, subject_id: str, person: Profile) -> Advice | None:
    """Why this person must not be told to use something; None where nothing speaks against it. The verdict is no or doctor."""
    return held_back(knowledge, subject_id, person) or not_to_add(knowledge, subject_id, person)


def is_held(knowledge: Knowledge, ids: Iterable[str], person: Profile) -> bool:
    """True where one of these must not be recommended to this person."""
    return any(held(knowledge, one, person) for one in ids)


def checked(knowledge: Knowledge, question: Question, advice: Advice, person: Profile, sure: bool = True) -> Advice:
    """The advice as this person may be given it.

    Args:
        question: what was asked.
        advice: what the rules say to it.
        person: whom it is for.
        sure: false where it may be another question, or the person could not be remembered.
    """
    advice = _about_held(knowledge, question, advice, person)
    advice = said_once(knowledge, _without_held(knowledge, question, advice, person))
    if advice.verdict is Verdict.YES and not sure:
        advice = replace(advice, verdict=None)
    if advice.verdict is Verdict.YES and question.unknown:
        advice = replace(advice, verdict=Verdict.UNKNOWN)
    if advice.verdict is Verdict.YES and len([one for one in question.subjects if is_strong(knowledge, one)]) > 1:
        advice = advice.with_cautions([Line(key="two_strong")])
    advice = _testing_nothing(knowledge, question, advice, person)
    advice = _minding_the_label(knowledge, question, _resting_first(knowledge, question, advice, person), person)
    return replace(advice, follow_ups=_questions(knowledge, question, advice, person))


def _testing_nothing(knowledge: Knowledge, question: Question, advice: Advice, person: Profile) -> Advice:
    """The advice with that nothing is tested at home after a severe reaction, where what may hold the allergen is asked about, or a test is."""
    asked = (*question.subjects, *question.forms)
    minds = question.kind == PATCH_TEST or any(is_allergic_to(knowledge, one, person) for one in asked)
    if SEVERE_ALLERGY not in person.safety or not minds:
        return advice
    entry = knowledge.safety[SEVERE_ALLERGY]
    line = line_of(knowledge, entry.say)
    lines = tuple(one for one in advice.lines if one != line)
    first = lines[:1] if advice.verdict in (Verdict.NO, Verdict.DOCTOR) else ()
    return replace(advice, lines=(*first, line, *lines[len(first):]), sources=merge(advice.sources, tuple(entry.sources)))


def _minding_the_label(knowledge: Knowledge, question: Question, advice: Advice, person: Profile) -> Advice:
    """Where something is to be used, what the person reacts to and no rule knows must be looked for in its ingredient list."""
    said = {*question.subjects, *(each for line in (*advice.lines, *advice.cautions) for each in line.mentions)}
    names = [one if knowledge.subject(one) is None else name(knowledge, one) for one in person.allergies if one not in said]
    names += [entry.triggers[0] for one in person.safety if (entry := knowledge.safety[one]).triggers and not entry.about and not set(entry.fine) & set(question.subjects)]
    uses = question.kind in OF_USE or any(line.recommends for line in advice.lines)
    if not names or not uses or advice.verdict in (Verdict.NO, Verdict.DOCTOR):
        return advice
    return advice.with_cautions([Line(key="allergy_read_label", params={"names": " and ".join(names)})])


def is_hurt(knowledge: Knowledge, person: Profile) -> bool:
    """True while skin must heal or calm down: nothing new is begun on it."""
    return person.irritated or bool(person.procedure) or any(knowledge.safety[one].hurt for one in person.safety)


def begins_something(knowledge: Knowledge, question: Question, person: Profile) -> bool:
    """True where hurt skin is asked to take on something new, other than what calms it."""
    if not is_hurt(knowledge, person) or question.kind not in CHOOSING or CALMING & set(question.needs):
        return False
    types = {*question.subjects, *question.forms} & set(knowledge.product_types)
    return bool(question.needs) or bool(types - BASICS)


def _resting_first(knowledge: Knowledge, question: Question, advice: Advice, person: Profile) -> Advice:
    begins = advice.lines and begins_something(knowledge, question, person)
    return replace(advice, lines=(Line(key="rest_first"), *advice.lines)) if begins else advice


def _without_held(knowledge: Knowledge, question: Question, advice: Advice, person: Profile) -> Advice:
    """The advice without lines that recommend what must be left; the reasons and what fits stand in their place."""
    advice = _undescribed(knowledge, question, advice, person)
    reasons: dict[str, Advice] = {}
    for line in (*advice.lines, *advice.cautions):
        for one in line.recommends:
            if one not in reasons and (why := _held_here(knowledge, question, one, person)):
                reasons[one] = why
    more, why_so = _fine(knowledge, question, advice.more, person), _fine(knowledge, question, advice.why, person)
    if not reasons:
        return replace(advice, more=more, why=why_so)
    said = list(reasons.values())
    lines = _fine(knowledge, question, advice.lines, person)
    fresh = [line for line in _first_lines(knowledge, said) if line not in lines]
    instead = () if any(line.key == INSTEAD for line in lines) else _instead(knowledge, question, person)
    verdict = min((one.verdict for one in said if one.verdict), key=(Verdict.NO, Verdict.DOCTOR).index)
    kept: Verdict | None = None if advice.verdict is Verdict.YES else advice.verdict
    if set(reasons) & {*question.subjects, *question.forms} and advice.verdict not in (Verdict.NO, Verdict.DOCTOR):
        kept = verdict
    return replace(
        advice,
        verdict=kept,
        lines=(*lines, *fresh, *instead),
        cautions=_fine(knowledge, question, advice.cautions, person),
        more=more,
        why=tuple(fresh) or why_so,
        sources=merge(*(one.sources for one in said), advice.sources),
    )


def _first_lines(knowledge: Knowledge, said: Sequence[Advice]) -> tuple[Line, ...]:
    """The reasons in as few sentences as their sorts allow."""
    return by_sort(knowledge, [one.lines[0] for one in said])[:MOST_REASONS]


def _instead(knowledge: Knowledge, question: Question, person: Profile) -> tuple[Line, ...]:
    """What fits this person for the concerns or the skin named; nothing is offered to skin that hurts."""
    young = person.age is not None and person.age < TEEN and not question.needs
    bland_only = any(knowledge.safety[one].bland_only for one in person.safety)
    if beside_medicine(knowledge, question, question.safety):
        return ()  # whoever asks about something beside a medicine asked for nothing else
    if question.kind in OF_HURT_SKIN or is_hurt(knowledge, person) or bland_only or young:
        return ()
    fitting = fitting_instead(knowledge, question, person)[:MOST_INSTEAD]
    if set(fitting) & {*question.subjects, *question.forms}:
        return ()  # what was asked about is itself what fits
    params = {"others": several(knowledge, fitting, last="or")}
    return (Line(key=INSTEAD, params=params, recommends=tuple(fitting)),) if fitting else ()


def _fine(knowledge: Knowledge, question: Question, lines: Sequence[Line], person: Profile) -> tuple[Line, ...]:
    return tuple(line for line in lines if not any(_held_here(knowledge, question, one, person) for one in line.recommends))


def _undescribed(knowledge: Knowledge, question: Question, advice: Advice, person: Profile) -> Advice:
    """The advice without what something that was asked about and must be left is: what it is good for would sound like advice."""
    if question.kind in ABOUT_LEAVING:
        return advice
    refused = {one: why for one in (*question.subjects, *question.forms) if (why := _held_here(knowledge, question, one, person))}
    described = {fact.say for one in refused if (fact := of_subject(knowledge, "what_is", one))}
    lines = tuple(line for line in advice.lines if line.text not in described)
    return replace(advice, lines=lines or tuple(why.lines[0] for why in refused.values())[:1]) if lines != advice.lines else advice


def _held_here(knowledge: Knowledge, question: Question, subject_id: str, person: Profile) -> Advice | None:
    """As `held`; but where a prescribed medicine is asked about, what is said of it may be said: it is what the doctor gave."""
    why = _held_beside(knowledge, question, subject_id, person)
    asked = any(is_prescribed(knowledge, one) for one in question.subjects)
    return None if why and asked and _is_own(knowledge, subject_id, why, person) else why


def _held_beside(knowledge: Knowledge, question: Question, subject_id: str, person: Profile) -> Advice | None:
    """As `held`; but of a pair with a prescribed medicine the rule for the pair has the word, not what is said of the medicine at large."""
    if allowed_beside(knowledge, subject_id, question.subjects):
        others = tuple(one for one in person.safety if one not in question.safety or knowledge.safety[one].kind != MEDICINE)
        person = replace(person, safety=others)
    return held(knowledge, subject_id, person)


def _about_held(knowledge: Knowledge, question: Question, advice: Advice, person: Profile) -> Advice:
    """With a subject that must be left no yes stands, and its reason comes first; the general answer would say how to use it."""
    if question.kind in COMPARING and len(question.subjects) > 1:
        against = [why.lines[0] for one in question.subjects if (why := held(knowledge, one, person)) and not _is_own(knowledge, one, why, person)]
        rest = advice.lines if len(against) < len(question.subjects) else ()  # of what must all be left nothing more is said
        return replace(advice, lines=(*by_sort(knowledge, against), *rest)) if against else advice
    if question.kind in ABOUT_LEAVING or question.kind not in OF_USE:
        return advice
    asked = question.subjects or question.forms
    found = [(one, why) for one in asked if (why := _held_beside(knowledge, question, one, person)) and not _is_own(knowledge, one, why, person)]
    of_each = question.kind == "can_use" and len([one for one in asked if knowledge.is_content(one)]) > 1
    says_no = advice.verdict is Verdict.NO and question.kind != OF_RINSING and not of_each  # not to rinse off is to leave on
    other_medicine = any(ruled_out_by_medicine(knowledge, one, person) for one, _ in found)
    if not found or says_no or (not of_each and not other_medicine and advice.verdict is Verdict.DOCTOR and all(why.verdict is Verdict.DOCTOR for _, why in found)):
        return advice
    said = [why for _, why in found]
    lines = by_sort(knowledge, joined(said).lines)
    verdict = Verdict.NO if any(why.verdict is Verdict.NO for why in said) else Verdict.DOCTOR
    rest = _others_asked(knowledge, asked, [one for one, _ in found], person) or _instead(knowledge, question, person)
    return replace(
        advice, verdict=verdict, lines=(*lines, *rest), cautions=(), more=(), sources=merge(*(why.sources for why in said)),
        why=tuple(line for why in said for line in why.lines),
    )


def _others_asked(knowledge: Knowledge, asked: Sequence[str], refused: Sequence[str], person: Profile) -> tuple[Line, ...]:
    """What was asked about beside what must be left and may be used: of several each is answered."""
    fine = [one for one in asked if one not in refused and one in knowledge.ingredients and is_fitting(knowledge, one, person) and is_gentle(knowledge, one)]
    return (Line(key=MAY_STAY, params={"others": several(knowledge, fine)}, recommends=tuple(fine)),) if fine else ()


def _is_own(knowledge: Knowledge, subject_id: str, why: Advice, person: Profile) -> bool:
    """True for a medicine that a doctor is to be asked about: it may be what the doctor gave, but not beside another that speaks against it."""
    given = why.verdict is Verdict.DOCTOR and is_prescribed(knowledge, subject_id)
    return given and not ruled_out_by_medicine(knowledge, subject_id, person)


def _questions(knowledge: Knowledge, question: Question, advice: Advice, person: Profile) -> tuple[FollowUp, ...]:
    """The questions that may come next: none about using what must be left, or what was just refused."""
    refused = set(question.subjects) if advice.verdict is Verdict.NO else set()
    return tuple(one for one in advice.follow_ups if may_ask(knowledge, one, person, refused))


def may_ask(knowledge: Knowledge, item: FollowUp, person: Profile, refused: Iterable[str] = ()) -> bool:
    """True for a question that may be offered as a button."""
    if item.kind not in OF_USE:
        return True
    return not set(item.subjects) & set(refused) and not is_held(knowledge, item.subjects, person)
