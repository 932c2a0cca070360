"""How often a step is used, what in it is strong, and how many strong actives a week has room for."""

from __future__ import annotations

from typing import Sequence

from bot.rules.advice import Profile
from bot.rules.knowledge import Knowledge
from bot.rules.safety import is_strong
from bot.rules.schema import Family, Frequency, Ingredient, Use
from bot.rules.steps import Step

WEEK = 7
ACIDS = "exfoliating_acid"
SUNSCREEN = "sunscreen"


def counts_as_strong(knowledge: Knowledge, subject_id: str) -> bool:
    """True for a strong active, and for acids in general, of which most are strong."""
    return subject_id == ACIDS or is_strong(knowledge, subject_id)


def strong_in(knowledge: Knowledge, steps: Sequence[Step]) -> tuple[str, ...]:
    """The strong actives of the steps that stay on skin, one for each family."""
    families: dict[str, str] = {}
    for step in steps:
        if knowledge.product_types[step.type].rinse_off:
            continue
        for one in step.actives:
            if counts_as_strong(knowledge, one):
                subject = knowledge.subject(one)
                families.setdefault(subject.family if isinstance(subject, Ingredient) else one, one)
    return tuple(families.values())


def acid_ids(knowledge: Knowledge) -> frozenset[str]:
    """Exfoliating acids and their families."""
    members = knowledge.families[ACIDS].members
    return frozenset((*members, *(knowledge.ingredients[one].family for one in members), ACIDS))


def is_exfoliating(knowledge: Knowledge, step: Step) -> bool:
    """True for an exfoliant or anything with an exfoliating acid."""
    return step.type == "exfoliant" or bool(acid_ids(knowledge).intersection(step.actives))


def crowding(knowledge: Knowledge, steps: Sequence[Step], profile: Profile) -> list[tuple[str, tuple[str, ...], int]]:
    """What there may be too much of: the guideline, the actives it counts, and how many are enough for this person.
    The stricter guideline of the two that hold for sensitive skin and beginners comes last."""
    strong = strong_in(knowledge, steps)
    acids = tuple(one for one in strong if one in acid_ids(knowledge))
    named = [one for one in acids if one != ACIDS]
    rules = [("acids_at_most", tuple(named) or acids), ("actives_at_most", strong)]
    if profile.sensitive or profile.beginner:
        rules += [(f"{rule_id}_gently", counted) for rule_id, counted in rules]
    return [(rule_id, counted, knowledge.guidelines[rule_id].number or WEEK) for rule_id, counted in rules]


def uses(knowledge: Knowledge, step: Step) -> list[Use]:
    """How often and when its strong actives, else its other ones, are used; an umbrella counts as its members."""
    strong = [one for one in step.actives if is_strong(knowledge, one)]
    return [use for one in strong or step.actives for use in _uses_of(knowledge, one)]


def _uses_of(knowledge: Knowledge, subject_id: str) -> list[Use]:
    subject = knowledge.subject(subject_id)
    if isinstance(subject, Ingredient):
        return [subject.use] if subject.use else []
    if isinstance(subject, Family):
        return [use for member in subject.members for use in _uses_of(knowledge, member)]
    return []


def per_week(knowledge: Knowledge, step: Step, profile: Profile) -> Frequency:
    """Uses a week in a half of the day: the strictest of its type's, its actives' and the skin type's own figures.
    Sunscreen is for every day, whatever else is in it."""
    kind = knowledge.product_types[step.type]
    bounds = [kind.first_weeks if profile.beginner and kind.first_weeks else kind.per_week]
    if not kind.rinse_off and step.type != SUNSCREEN and (strong_in(knowledge, [step]) or not kind.core):
        bounds += [use.per_week for use in uses(knowledge, step)]
    if not kind.rinse_off and is_exfoliating(knowledge, step):
        bounds += [knowledge.skin_types[one].exfoliate_per_week for one in profile.skin_types]
        bounds += [knowledge.skin_types["sensitive"].exfoliate_per_week for _ in [1] if profile.sensitive]
    high = max(1, min(WEEK, *(bound.high for bound in bounds)))
    return Frequency(low=min(max(1, min(bound.low for bound in bounds)), high), high=high)
