"""More spots since a product: purging only where something in it makes skin renew itself faster."""

from __future__ import annotations

from dataclasses import replace

from bot.rules.advice import Advice, Line, Question, from_fact
from bot.rules.facts import general, stated, topic
from bot.rules.knowledge import Knowledge
from bot.rules.names import name
from bot.rules.pairs import family_of
from bot.rules.schema import Verdict

NOT_EXPECTED = "purging_not_expected"


def purging(knowledge: Knowledge, question: Question) -> Advice | None:
    """Whether more spots may be purging: the subject's statement, else that it is not to be expected of it, else in
    general. Where one of several subjects may purge, the answer is about that one."""
    able = tuple(one for one in question.subjects if may_purge(knowledge, one))
    found = stated(knowledge, "purging", able or question.subjects, question.forms)
    if found or able or not question.subjects:
        return found or general(knowledge, "purging")
    fact = topic(knowledge, NOT_EXPECTED, [])
    if fact is None:
        return general(knowledge, "purging")
    subject = question.subjects[0]
    line = Line(key=NOT_EXPECTED, params={"subject": name(knowledge, subject)}, mentions=(subject,))
    stated_so = from_fact(knowledge, fact)
    return replace(stated_so, verdict=Verdict.NO, lines=(line, *stated_so.lines))


def may_purge(knowledge: Knowledge, subject_id: str) -> bool:
    """True for what makes skin renew itself faster, and for products that may hold such an active."""
    kind, family = knowledge.product_types.get(subject_id), family_of(knowledge, subject_id)
    return bool(kind and kind.may_purge or family and family.may_purge)
