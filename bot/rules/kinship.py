"""Which subjects stand near another: its family, umbrellas over it, and whether it is among others in that sense."""

from __future__ import annotations

from typing import Sequence

from bot.rules.knowledge import Knowledge
from bot.rules.schema import Ingredient

# What of a plant stands last in its name on labels.
OF_PLANTS = frozenset({"oil", "butter", "extract", "juice", "water", "powder", "flour"})


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


def is_the_same(knowledge: Knowledge, subject_id: str, other_id: str) -> bool:
    """True for two names of one substance or plant: what is won from it, other forms of it, its family."""
    if is_among(knowledge, subject_id, (other_id,)):
        return True
    family = knowledge.families.get(subject_id)
    if family is not None and family.members == [other_id]:
        return True
    subject, other = knowledge.ingredients.get(subject_id), knowledge.ingredients.get(other_id)
    if subject is None or other is None:
        return False
    if subject.inci == other.inci or plant(subject) == plant(other) != "":
        return True
    forms = subject.family == other.family and knowledge.families[subject.family].forms
    return forms or bool({subject_id, *subject.made_of} & {other_id, *other.made_of})


def kin(knowledge: Knowledge, subject_id: str) -> tuple[str, ...]:
    """The ingredient or family and all ingredients that are the same substance or plant."""
    others = (one for one in knowledge.ingredients if one != subject_id and is_the_same(knowledge, one, subject_id))
    return (subject_id, *others)


def plant(ingredient: Ingredient) -> str:
    """The plant that an ingredient is of, by its name on labels ("melaleuca alternifolia"); empty where it is of none."""
    words = ingredient.inci.lower().split()
    return " ".join(words[:2]) if len(words) > 2 and words[-1] in OF_PLANTS else ""


def named_after(knowledge: Knowledge, word: str) -> tuple[str, ...]:
    """The ingredients that begin with a name that is none of theirs: lavender oil for "lavender"."""
    told = word.lower()
    names = {one: (entry.name, *entry.aliases) for one, entry in knowledge.ingredients.items()}
    return tuple(one for one, called in names.items() if any(each.lower().startswith(f"{told} ") for each in called))
