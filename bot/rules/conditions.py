"""What a skin disease, a medicine or an allergy leaves open, beyond sending to a doctor."""

from __future__ import annotations

from dataclasses import replace

from bot.rules import safety
from bot.rules.advice import Advice, Line, Question, joined, line_of, merge
from bot.rules.kinship import is_among
from bot.rules.knowledge import Knowledge
from bot.rules.names import several, with_article
from bot.rules.routine_guard import IRRITATED, held_back, is_fitting, not_to_add
from bot.rules.schema import Verdict
from bot.rules.schema_safety import SafetyEntry

CONDITION = "condition"
MOST_MILD = 3
MOST_AVOIDED = 2


def medical(knowledge: Knowledge, question: Question) -> Advice | None:
    """What is said of the diseases and medicines named; where a kind of product is asked about, first what one may hold,
    so that nobody is refused what a mild one could do."""
    entries = safety.said_of(knowledge, question.safety, (*question.subjects, *question.forms))
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
