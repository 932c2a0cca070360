"""What to do in a situation that a person tells of."""

from __future__ import annotations

import re

from bot.rules.advice import Advice, Question, from_fact
from bot.rules.knowledge import Knowledge
from bot.rules.names import is_nameable
from bot.rules.schema import Situation

SITUATION = "situation"
"""The kind of question that tells of one."""

AGAINST = re.compile(r"^(?:please )?(?:never|do not|don't|no[,:. ]|not |stop |leave |better (?:not|leave)|keep away|stay away)", re.I)
"""How a text begins that tells to leave something."""


def advises_against(entry: Situation) -> bool:
    """True where the advice begins with what not to do."""
    return bool(AGAINST.match(entry.fact.say))


def told(knowledge: Knowledge, question: Question) -> Advice | None:
    """What is advised in the situation of the question; None where it is none."""
    entry = knowledge.situations.get(question.situation)
    return from_fact(knowledge, entry.fact) if entry else None


def as_asked(knowledge: Knowledge, question: Question) -> Question:
    """The question as the conversation goes on with it: of the kind that comes nearest, and of what can be spoken of: what the situation
    is about, else what was named. A disease or a medicine that a situation is about is known of the person and is no subject."""
    entry = knowledge.situations.get(question.situation)
    if entry is None or question.kind != SITUATION:
        return question
    about = tuple(one for one in entry.about if is_nameable(knowledge, one))
    named = tuple(one for one in question.subjects if is_nameable(knowledge, one))
    return Question(entry.kind, about or named, () if about else question.forms, question.needs, profile=question.profile)
