"""What a skin disease, a medicine or an allergy leaves open, beyond sending to a doctor."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from bot.rules import safety
from bot.rules.advice import Advice, Line, Profile, Question, joined, line_of, merge
from bot.rules.kinship import is_among
from bot.rules.knowledge import Knowledge
from bot.rules.names import numbered, several, with_article
from bot.rules.pairs import FORBIDDEN, rule_for
from bot.rules.routine_guard import IRRITATED, held_back, is_fitting, is_prescribed, not_to_add
from bot.rules.safety import is_strong
from bot.rules.schema import Verdict
from bot.rules.schema_safety import SafetyEntry

CONDITION = "condition"
MOST_MILD = 3
MOST_AVOIDED = 2


def medical(knowledge: Knowledge, question: Question) -> Advice | None:
    """What is said of the diseases and medicines named; where a kind of product is asked about, first what one may hold,
    so that nobody is refused what a mild one could do."""
    entries = leaving_first(knowledge, question, question.safety, safety.said_of(knowledge, question.safety, (*question.subjects, *question.forms)))
    mild = _mild_ones(knowledge, question) if entries else None
    return joined([mild, entries], verdict=Verdict.DOCTOR) if entries and mild else entries


def to_avoid(knowledge: Knowledge, question: Question) -> Advice | None:
    """What somebody with this disease, medicine, allergy or concern keeps away from."""
    parts: list[Advice] = []
    for one in question.safety or question.profile.safety:
        entry = knowledge.safety[one]
        texts = (entry.avoid or entry.say,)
        parts.append(Advice(None, tuple(line_of(knowledge, text) for text in texts), sources=tuple(entry.sources)))
    for one in question.needs if not parts else ():
        concern = knowledge.concerns.get(one)
        if concern and concern.avoid:
            params = {"concern": concern.name, "others": several(knowledge, concern.avoid)}
            line = Line(key="avoid_with_concern", params=params, mentions=tuple(concern.avoid))
            parts.append(Advice(None, (line,), sources=tuple(concern.sources)))
    return joined(parts[:MOST_AVOIDED]) if parts else medical(knowledge, question)


def against(knowledge: Knowledge, subject_id: str, question: Question) -> Advice | None:
    """Why a doctor is asked before this person uses it, or why they should leave it, but for a pregnancy, which has rules
    of its own; None where nothing is known."""
    person = replace(question.profile, pregnant=False)
    return held_back(knowledge, subject_id, person) or not_to_add(knowledge, subject_id, person)


def leaving_first(knowledge: Knowledge, question: Question, named: Sequence[str], found: Advice | None) -> Advice | None:
    """What is said of a medicine or disease, with which of the things asked about wait for the doctor in front."""
    treated = [entry for one in named if (entry := knowledge.safety[one]).kind in ("medicine", "condition")]
    asked = [one for one in question.subjects if one not in knowledge.product_types and not is_prescribed(knowledge, one)]
    asked = [one for one in asked if not allowed_beside(knowledge, one, question.subjects)]
    left = tuple(dict.fromkeys(one for one in asked if any(is_among(knowledge, one, entry.subjects) and not is_among(knowledge, one, entry.fine) for entry in treated)))
    beside = beside_medicine(knowledge, question, named) if found else []
    if found and beside:
        return replace(found, verdict=Verdict.DOCTOR, lines=(*beside, *found.lines))
    if found is None or not left or found.verdict is not Verdict.DOCTOR:
        return found
    return replace(found, lines=(Line(key="left_with_condition", params={"subjects": several(knowledge, left)}, mentions=left), *found.lines))


def beside_medicine(knowledge: Knowledge, question: Question, named: Sequence[str]) -> list[Line]:
    """Whom to ask before what was asked about goes beside a medicine named in the question, and what is mild all the same."""
    asked = [one for one in question.subjects if knowledge.is_content(one)]
    medicines = [one for one in named if knowledge.safety[one].kind == "medicine"]
    called = question.called_by_them(medicines[0]) if medicines else ""
    if not called or not asked or any(is_prescribed(knowledge, one) for one in asked):
        return []
    subjects = {"subjects": several(knowledge, asked)}
    lines = [Line(key="ask_beside", params={**subjects, "medicine": called}, mentions=tuple(asked))]
    entry = knowledge.safety[medicines[0]]
    mild = not any(is_strong(knowledge, one) or is_among(knowledge, one, entry.subjects) for one in asked)
    subjects.update(numbered(subjects["subjects"]))
    return [*lines, Line(key="ask_beside_mild", params=subjects, mentions=tuple(asked))] if mild and len(asked) == 1 else lines


def with_medicines(knowledge: Knowledge, advice: Advice, named: Sequence[str]) -> Advice:
    """The advice on skin that stays sore, and what is said of the medicines that were put on it."""
    entries = [knowledge.safety[one] for one in named if knowledge.safety[one].kind == "medicine"]
    lines = tuple(line_of(knowledge, entry.say) for entry in entries)
    return replace(advice, lines=(*advice.lines, *lines), sources=merge(advice.sources, *(entry.sources for entry in entries)))


def allowed_beside(knowledge: Knowledge, subject_id: str, asked: Sequence[str]) -> bool:
    """True where a pair rule lets something meet every prescribed medicine that is asked about with it."""
    given = [one for one in asked if one != subject_id and is_prescribed(knowledge, one)]
    rules = [rule_for(knowledge, subject_id, one) for one in given]
    return bool(given) and all(rule is not None and rule.verdict not in FORBIDDEN for rule in rules)


def leaving_it(knowledge: Knowledge, subject_id: str, why: Advice, person: Profile) -> Advice:
    """The reason to leave something with its name in front, where a disease or medicine speaks against it in words of its own."""
    entries = [entry for one in person.safety if (entry := knowledge.safety[one]).kind in ("medicine", "condition")]
    speaks = any(line.text in (entry.say for entry in entries) for line in why.lines) and any(is_among(knowledge, subject_id, entry.subjects) for entry in entries)
    if not speaks or why.verdict is not Verdict.DOCTOR or is_prescribed(knowledge, subject_id):
        return why
    line = Line(key="left_with_condition", params={"subjects": several(knowledge, [subject_id])}, mentions=(subject_id,))
    return replace(why, lines=(line, *why.lines))


def must_be_left(knowledge: Knowledge, subject_id: str, safety_ids: Sequence[str]) -> bool:
    """True where one of these speaks against the subject, which is no medicine that a doctor gave."""
    ingredient = knowledge.ingredients.get(subject_id)
    given = ingredient is not None and ingredient.recommendable != "yes"
    return not given and any(is_among(knowledge, subject_id, knowledge.safety[one].about) for one in safety_ids)


def _mild_ones(knowledge: Knowledge, question: Question) -> Advice | None:
    """Which actives a kind of product may hold for a skin disease that shows as a concern, and which it may not."""
    named = [knowledge.safety[one] for one in question.safety if knowledge.safety[one].kind == CONDITION]
    kinds = [one for one in question.subjects if one in knowledge.product_types and not knowledge.product_types[one].core]
    concerns = [knowledge.concerns[one] for one in question.needs if one in knowledge.concerns]
    if not concerns and any(entry.adding for entry in named):
        concerns = [knowledge.concerns[IRRITATED]]
    if not named or not kinds or not concerns:
        return None
    chosen = [one.ingredient for one in concerns[0].suggest if _is_mild(knowledge, one.ingredient, named, question)][:MOST_MILD]
    strong = [one for one in named[0].about if knowledge.subject(one) and one not in knowledge.product_types]
    if not chosen:
        return None
    params = {
        "subject": with_article(knowledge, kinds[0]),
        "mild": several(knowledge, chosen, last="or"),
        "strong": several(knowledge, strong, last="or"),
    }
    sources = merge(*(tuple(one.sources) for one in concerns[0].suggest if one.ingredient in chosen))
    line = Line(key="condition_mild", params=params, recommends=(kinds[0], *chosen), mentions=tuple(strong))
    return Advice(Verdict.DEPENDS, (line,), sources=sources)


def _is_mild(knowledge: Knowledge, ingredient_id: str, named: list[SafetyEntry], question: Question) -> bool:
    left = any(is_among(knowledge, ingredient_id, entry.subjects) for entry in named)
    return not left and is_fitting(knowledge, ingredient_id, question.profile)
