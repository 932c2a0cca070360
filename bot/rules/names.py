"""How subjects are called in a sentence."""

from __future__ import annotations

from typing import Sequence

from bot.rules.knowledge import Knowledge
from bot.rules.schema import Ingredient
from bot.rules.steps import Step

SINGULAR_ENDINGS = ("ss", "us", "is", "myces")


def name(knowledge: Knowledge, subject_id: str) -> str:
    """The subject's name as people say it: "niacinamide", "vitamin C", "dark spots".

    Raises:
        KeyError: when the knowledge has no such subject.
    """
    subject = knowledge.subject(subject_id) or knowledge.conditions.get(subject_id)
    if subject is None:
        raise KeyError(subject_id)
    return subject.name


def is_nameable(knowledge: Knowledge, subject_id: str) -> bool:
    """True for what has a name to be spoken of by: an entry on safety has none."""
    return knowledge.subject(subject_id) is not None or subject_id in knowledge.conditions


def looked_for(knowledge: Knowledge, subject_id: str) -> str:
    """What somebody looks for who names this: the whole family where its members are forms of one substance
    ("hyaluronic acid" is sodium hyaluronate too), else the subject itself."""
    subject = knowledge.subject(subject_id)
    family = knowledge.families.get(subject.family) if isinstance(subject, Ingredient) else None
    return subject.family if isinstance(subject, Ingredient) and family is not None and family.forms else subject_id


def with_article(knowledge: Knowledge, subject_id: str) -> str:
    """The name with its article where it takes one: "an ampoule", but "niacinamide"."""
    subject = knowledge.subject(subject_id)
    plain = name(knowledge, subject_id)
    return f"{subject.article} {plain}" if subject is not None and subject.article else plain


def several(knowledge: Knowledge, subject_ids: Sequence[str], last: str = "and") -> str:
    """The names in one phrase: "toner, essence and serum"."""
    return listed([name(knowledge, subject_id) for subject_id in subject_ids], last)


def listed(names: Sequence[str], last: str = "and") -> str:
    """Names in one phrase: "A, B and C"."""
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)


def step_name(knowledge: Knowledge, step: Step) -> str:
    """A step as people say it: the product's title, else "vitamin C serum", "cleanser with BHA and niacinamide"; only
    what is in it where its form was not said.

    Raises:
        KeyError: when the knowledge does not know the step's type or actives.
    """
    if step.title:
        return step.title
    form = name(knowledge, step.type)
    actives = [_one_of(knowledge, one) for one in step.actives]
    if step.implied:
        return " and ".join(actives)
    return f"{form} with {' and '.join(actives)}" if len(actives) > 1 else " ".join([*actives, form])


def _one_of(knowledge: Knowledge, subject_id: str) -> str:
    """The name before a form: "AHA toner", not "AHAs toner"."""
    plain = name(knowledge, subject_id)
    return plain[:-1] if subject_id in knowledge.families and plain.endswith("s") else plain


def numbered(name_of_it: str, several_named: bool = False) -> dict[str, str]:
    """The words that go with a name in a sentence about it: "AHAs are", "retinol is"; `several_named` where it is a list."""
    plural = several_named or (name_of_it.endswith("s") and not name_of_it.endswith(SINGULAR_ENDINGS))
    return {"be": "are", "them": "them"} if plural else {"be": "is", "them": "it"}
