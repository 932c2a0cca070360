"""What comes before every other answer: red flags, and what pregnancy, medicines and conditions change."""

from __future__ import annotations

from dataclasses import replace
from typing import AbstractSet, Sequence

from bot.rules.advice import Advice, Line, Profile, Question, joined, line_of, merge
from bot.rules.facts import general, of_subject, stated
from bot.rules.kinship import is_among
from bot.rules.knowledge import Knowledge
from bot.rules.names import name, numbered
from bot.rules.schema import Family, Ingredient, Verdict
from bot.rules.schema_safety import SafetyEntry

URGENCY = ("emergency", "urgent", "soon", "ask_doctor", "limit", "avoid", "refuse", "advice")
VERDICT_OF = {"limit": Verdict.NO, "avoid": Verdict.NO, "refuse": Verdict.NO, "advice": None}
# Urgency of what can wait for an appointment.
SOON = "soon"
MOST_ASKED = 2
TEEN = 18
CHILD = 13
UNDER_13 = "child_under_13"
BABY = "baby_under_6_months"
# Somebody who reacted so badly that no patch test at home is for them.
SEVERE_ALLERGY = "severe_allergy"
# Of a medicine without a name; one with a name says more.
ANY_MEDICINE = "prescribed_treatment"
# Kinds of question about putting something on; of these, those whose answer could be a plain yes.
MAY_I = frozenset({"can_use", "frequency", "need", "for_skin_type", "age"})
USE_NOW = MAY_I | {
    "together", "time_of_day", "amount", "how_to_apply", "next_step", "order", "percent", "choose", "for_concern", "replace",
    "irritation", "waiting_time", "how_many_at_once", "routine", "better",
}
LETS = frozenset({Verdict.YES, Verdict.CAREFUL, Verdict.DEPENDS})
PREGNANCY_STRICTEST = ("avoid", "ask_doctor", "ok")


def red_flags(knowledge: Knowledge) -> set[str]:
    """Ids of the safety entries that come before every other answer: red flags, and what must be refused."""
    return {
        key for key, entry in knowledge.safety.items() if entry.kind == "red_flag" or entry.urgency == "refuse"
    }


def red_flag(knowledge: Knowledge, safety_ids: Sequence[str]) -> Advice | None:
    """The answer to the most urgent red flag among the safety entries found in a message, if there is one."""
    flags = red_flags(knowledge) & set(safety_ids)
    in_order = [entry for key, entry in knowledge.safety.items() if key in flags]  # of equal urgency the first in the file
    if not in_order:
        return None
    entry = min(in_order, key=lambda entry: URGENCY.index(entry.urgency))
    found = replace(_entry_advice(knowledge, entry), emergency=entry.urgency == URGENCY[0])
    used = [one for one in safety_ids if knowledge.safety[one].kind == "medicine"]
    beside = entries(knowledge, used) if used and entry.urgency == SOON else None  # what was put on it meanwhile
    return found.with_cautions(beside.lines[:1], beside.sources) if beside else found


def asked_of_it(knowledge: Knowledge, advice: Advice, safety_ids: Sequence[str], cues: AbstractSet[str], first: bool) -> Advice:
    """The answer to a red flag with what it says of the very thing asked ("should I wait?"), before its own instruction where that was said already."""
    texts = dict.fromkeys(text for one in safety_ids for cue, text in knowledge.safety[one].asked.items() if cue in cues)
    lines = tuple(line_of(knowledge, text) for text in [*texts][:MOST_ASKED])
    rest = tuple(one for one in advice.lines if one not in lines)
    return replace(advice, lines=(*lines, *rest) if first else (*rest, *lines))


def after_red_flag(knowledge: Knowledge, question: Question, advice: Advice) -> Advice:
    """The advice for somebody who told of a red flag a while ago: what must be minded comes first, and nothing is
    recommended as if nothing had happened."""
    after = knowledge.safety[question.profile.red_flag].after if question.profile.red_flag else None
    if after is None or question.kind not in USE_NOW:
        return advice
    entry = knowledge.safety[question.profile.red_flag]
    rest = () if question.kind in MAY_I else advice.lines
    return replace(
        advice,
        verdict=Verdict.NO if advice.verdict is Verdict.NO else Verdict.DOCTOR,
        lines=(line_of(knowledge, after), *rest),
        sources=merge(entry.sources, advice.sources if rest else ()),
        follow_ups=(),
    )


def entries(knowledge: Knowledge, safety_ids: Sequence[str]) -> Advice | None:
    """What is said of the allergies, medicines, conditions and groups found in a message, most urgent first."""
    named = [knowledge.safety[one] for one in _telling(knowledge, safety_ids)]
    found = sorted(named, key=lambda entry: URGENCY.index(entry.urgency))
    return joined([_entry_advice(knowledge, entry) for entry in found[:2]]) if found else None


def of_age(years: float) -> str:
    """The entry on what somebody under thirteen needs: under a year old that is hardly anything, and no sunscreen unasked."""
    return BABY if years < 1 else UNDER_13


def said_of(knowledge: Knowledge, safety_ids: Sequence[str], asked: Sequence[str]) -> Advice | None:
    """The same where these things are asked about: yes, where they may be used all the same."""
    found = entries(knowledge, safety_ids)
    fine = bool(asked) and all(is_among(knowledge, one, knowledge.safety[entry].fine) for entry in safety_ids for one in asked)
    return replace(found, verdict=Verdict.YES) if found and fine else found


def _telling(knowledge: Knowledge, safety_ids: Sequence[str]) -> list[str]:
    """The safety entries without the one of any medicine where a medicine is named."""
    medicines = [one for one in safety_ids if knowledge.safety[one].kind == "medicine"]
    return [one for one in safety_ids if one != ANY_MEDICINE or len(set(medicines)) < 2]


def _entry_advice(knowledge: Knowledge, entry: SafetyEntry) -> Advice:
    return Advice(
        verdict=VERDICT_OF.get(entry.urgency, Verdict.DOCTOR),
        lines=(line_of(knowledge, entry.say),),
        more=tuple(line_of(knowledge, text) for text in entry.more),
        sources=tuple(entry.sources),
        why=(line_of(knowledge, entry.say),),
    )


def pregnancy(knowledge: Knowledge, subjects: Sequence[str], forms: Sequence[str]) -> Advice | None:
    """May these be used in pregnancy or while breastfeeding: the strictest status wins, and "ok" is only said
    where a source with an address says so."""
    told = [one for one in subjects if pregnancy_status(knowledge, one)]  # a kind of product has no status of its own
    parts = [part for one in told if (part := _pregnancy_of(knowledge, one, len(told) == 1))]
    if parts:
        parts.sort(key=lambda advice: (Verdict.NO, Verdict.DOCTOR, Verdict.YES).index(advice.verdict or Verdict.YES))
        return joined(parts, verdict=parts[0].verdict)
    return stated(knowledge, "pregnancy", subjects, forms) or general(knowledge, "pregnancy")


def pregnancy_status(knowledge: Knowledge, subject_id: str) -> tuple[str, tuple[str, ...]] | None:
    """("ok" | "avoid" | "ask_doctor", source keys) of an ingredient, or of a family by its strictest member."""
    subject = knowledge.subject(subject_id)
    if isinstance(subject, Ingredient):
        status, sources = subject.pregnancy.status, tuple(subject.pregnancy.sources)
        if status == "ok" and not any(knowledge.sources[key].address for key in sources):
            status = "ask_doctor"
        return status, sources
    if isinstance(subject, Family):
        statuses = [found for member in subject.members if (found := pregnancy_status(knowledge, member))]
        return min(statuses, key=lambda found: PREGNANCY_STRICTEST.index(found[0])) if statuses else None
    return None


def _pregnancy_of(knowledge: Knowledge, subject_id: str, alone: bool) -> Advice | None:
    """What its status says, and where it is asked about alone what is known besides."""
    found = pregnancy_status(knowledge, subject_id)
    if not found:
        return None
    status, sources = found
    verdict = {"ok": Verdict.YES, "avoid": Verdict.NO, "ask_doctor": Verdict.DOCTOR}[status]
    named, ids = name(knowledge, subject_id), (subject_id,)
    params = {"subject": named, **numbered(named)}
    if status == "ok":
        return Advice(verdict, (Line(key="pregnancy_ok", params=params, recommends=ids),), sources=sources)
    lines = [Line(key=f"pregnancy_{status}", params=params, mentions=ids)]
    why = (Line(key=f"why_pregnancy_{status}", params=params, mentions=ids),)
    fact = of_subject(knowledge, "pregnancy", subject_id)
    if alone and fact and any(knowledge.sources[key].address for key in fact.sources):  # a statement of this kind must stand on somebody named
        lines, sources = [*lines, replace(line_of(knowledge, fact.say), recommends=())], merge(sources, fact.sources)
    return Advice(verdict, tuple(lines), sources=sources, why=why)


def cautions(knowledge: Knowledge, subjects: Sequence[str], profile: Profile) -> tuple[list[Line], tuple[str, ...]]:
    """What must be added to any answer about these subjects for this person, with the sources of it."""
    lines: list[Line] = []
    sources: tuple[str, ...] = ()
    for subject_id in dict.fromkeys(subjects):
        params = {"subject": name(knowledge, subject_id)}
        found = pregnancy_status(knowledge, subject_id) if profile.pregnant else None
        if found and found[0] != "ok":
            lines.append(Line(key=f"caution_pregnancy_{found[0]}", params=params, mentions=(subject_id,)))
            sources = merge(sources, found[1])
        if profile.age is not None and profile.age < TEEN and is_strong(knowledge, subject_id):
            key = "held_child" if profile.age < CHILD else "caution_teen"
            lines.append(Line(key=key, params=params, mentions=(subject_id,)))
        for safety_id in _telling(knowledge, profile.safety):
            entry = knowledge.safety[safety_id]
            if _speaks_of(knowledge, entry, subject_id) or _lets_an_active(knowledge, entry, subject_id):
                lines.append(line_of(knowledge, entry.say))
                sources = merge(sources, entry.sources)
    return lines, sources


def _lets_an_active(knowledge: Knowledge, entry: SafetyEntry, subject_id: str) -> bool:
    """True for what an allergy is mistaken to speak against, and for an active that goes with a disease when begun with care."""
    if entry.kind == "allergy":
        return subject_id in entry.fine
    return entry.kind == "condition" and is_among(knowledge, subject_id, entry.fine) and is_strong(knowledge, subject_id)


def asking_first(question: Question, advice: Advice, cautions: Sequence[Line]) -> Advice:
    """The advice to somebody pregnant who asks whether they may use something: nothing that
    lets them stands before whom to ask about it."""
    asked = tuple(line for line in cautions if line.key == "caution_pregnancy_ask_doctor")
    if question.kind not in MAY_I or advice.verdict not in LETS or not asked:
        return advice
    return replace(advice, verdict=Verdict.DOCTOR, lines=(*asked, *advice.lines))


def is_strong(knowledge: Knowledge, subject_id: str) -> bool:
    """True for a strong active: one of a family that the knowledge marks so, and an umbrella over such families alone."""
    subject = knowledge.subject(subject_id)
    family = knowledge.families.get(subject.family if isinstance(subject, Ingredient) else subject_id)
    if family is None or isinstance(subject, Ingredient):
        return family is not None and family.active
    return family.active or all(knowledge.families[knowledge.ingredients[one].family].active for one in family.members)


def allergies_to(knowledge: Knowledge, subjects: Sequence[str], safety_ids: Sequence[str]) -> tuple[str, ...]:
    """Those of the safety entries that are an allergy to one of the subjects, to its family or to a member of it."""
    return tuple(
        one
        for one in dict.fromkeys(safety_ids)
        if (entry := knowledge.safety[one]).kind == "allergy"
        and any(_speaks_of(knowledge, entry, each) or _has_member(knowledge, entry, each) for each in subjects)
    )


def _has_member(knowledge: Knowledge, entry: SafetyEntry, subject_id: str) -> bool:
    family = knowledge.families.get(subject_id)
    return family is not None and all(member in entry.subjects for member in family.members)


def _speaks_of(knowledge: Knowledge, entry: SafetyEntry, subject_id: str) -> bool:
    subject = knowledge.subject(subject_id)
    family = subject.family if isinstance(subject, Ingredient) else subject_id
    return subject_id in entry.subjects or family in entry.subjects
