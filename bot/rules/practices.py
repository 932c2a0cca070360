"""What is done to skin beside putting something on it: a massage, a wax, a sauna, and for whom it is not."""

from __future__ import annotations

from typing import Sequence

from bot.rules.advice import Advice, Profile, Question, line_of
from bot.rules.knowledge import Knowledge
from bot.rules.routine_guard import IRRITATED
from bot.rules.schema_safety import Practice

KIND = "practice"
PREGNANCY, MEDICINE = "pregnancy", "medicine"


def rule_for(knowledge: Knowledge, practices: Sequence[str], person: Profile) -> Practice | None:
    """What speaks against one of these for this person; None where nothing is known."""
    health = {*person.safety} | ({PREGNANCY} if person.pregnant else set())
    lasting = {one for one in health if one == PREGNANCY or knowledge.safety[one].kind == MEDICINE}
    hurt = {person.procedure} | ({IRRITATED} if person.irritated else set())
    of_these = [one for one in knowledge.practices.values() if {*one.practices} & {*practices}]
    # What somebody takes or has speaks against it longer than skin that heals.
    return next((one for told in (lasting, health, hurt) for one in of_these if told & {*one.people}), None)


def practice(knowledge: Knowledge, question: Question) -> Advice | None:
    """Whether the person may have done to their skin what they ask about."""
    found = rule_for(knowledge, question.practices, question.profile)
    if found is None:
        return None
    line = line_of(knowledge, found.say)
    return Advice(found.verdict, (line,), sources=tuple(found.sources), why=(line,))
