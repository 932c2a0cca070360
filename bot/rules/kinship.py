"""Which subjects stand near another: its family, umbrellas over it, and whether it is among others in that sense."""

from __future__ import annotations

from typing import Sequence

from bot.rules.knowledge import Knowledge
from bot.rules.schema import Ingredient


def circles(knowledge: Knowledge, subject_id: str) -> list[list[str]]:
    """The ids under which rules may speak of a subject, the most specific circle first."""
    subject = knowledge.subject(subject_id)
    if isinstance(subject, Ingredient):
        family = knowledge.families.get(subject.family)
        return [[subject_id], [subject.family] if family and family.inherits else []]
    if subject_id in knowledge.families:
        return [[subject_id], _member_families(knowledge, subject_id)]
    return [[subject_id], []]


def _member_families(knowledge: Knowledge, family_id: str) -> list[str]:
    """For an umbrella ("exfoliating acids") the families its members follow; nothing for a plain family."""
    members = knowledge.families[family_id].members
    return list(dict.fromkeys(
        knowledge.ingredients[member].family
        for member in members
        if member in knowledge.ingredients and knowledge.ingredients[member].family != family_id
    ))


def is_among(knowledge: Knowledge, subject_id: str, ids: Sequence[str]) -> bool:
    """True where the subject, its family, an umbrella over it or, for an umbrella, a family of its members is among the ids, or
    all members of a family are."""
    if any(one in ids for circle in circles(knowledge, subject_id) for one in circle):
        return True
    family = knowledge.families.get(subject_id)
    if family is not None and family.members and set(family.members) <= set(ids):
        return True
    return any(subject_id in knowledge.families[one].members for one in ids if one in knowledge.families)
