"""On which nights of the week something is used: those of the person's own plan, else of a week with it alone."""

from __future__ import annotations

from bot.rules.advice import Profile
from bot.rules.knowledge import Knowledge
from bot.rules.layering import carrier
from bot.rules.schema import Ingredient
from bot.rules.steps import Step
from bot.rules.week import DAYS, plan

WITHOUT_SUBJECT = "ampoule"


def nights(knowledge: Knowledge, subject_id: str, profile: Profile) -> tuple[int, ...]:
    """Weekdays (0 is Monday) whose night has the subject, as `plan` spreads it; a family follows its most sparing
    member. Empty where this person should not use it, or a prescriber says when: then nobody should be reminded."""
    family = None if subject_id in knowledge.ingredients else knowledge.families.get(subject_id)
    if family:
        spread = [nights(knowledge, member, profile) for member in family.members if member in knowledge.ingredients]
        return min(spread, key=len, default=())
    subject = knowledge.subject(subject_id)
    if isinstance(subject, Ingredient) and subject.recommendable != "yes":
        return ()
    alone = Step(carrier(subject_id, (), knowledge), () if subject_id in knowledge.product_types else (subject_id,))
    mine = any(subject_id in step.ids for step in profile.routine)
    week = plan(knowledge, profile.routine if mine else (alone,), profile)
    found = tuple(number for number, day in enumerate(week.days) if any(subject_id in step.ids for step in day.night))
    in_the_morning = any(subject_id in step.ids for day in week.days for step in day.morning)
    return tuple(DAYS) if in_the_morning and not found else found
