"""How long a product keeps once it is open, and how to tell that it is no longer good."""

from __future__ import annotations

from bot.rules.advice import Advice, Line, Question, line_of, merge
from bot.rules.facts import general, topic
from bot.rules.knowledge import Knowledge
from bot.rules.names import with_article
from bot.rules.schema import Ingredient, ShelfLife, Verdict

MOST_KINDS = 2


def shelf_life(knowledge: Knowledge, question: Question) -> Advice | None:
    """How long it keeps after opening: the entry for the exact subject and form, of two kinds of product that of each,
    else the general rule."""
    kinds = [entry for one in question.subjects if one in knowledge.product_types and (entry := _keeps(knowledge, one))]
    if len(kinds) > 1 and question.number is None:
        lines = tuple(line_of(knowledge, entry.say) for entry in kinds[:MOST_KINDS])
        return Advice(None, lines, sources=merge(*(tuple(entry.sources) for entry in kinds[:MOST_KINDS])))
    for subject_id in (*question.subjects, *question.forms):
        entry = _keeps(knowledge, subject_id)
        if entry:
            label = topic(knowledge, "shelf_life", [])
            more = (line_of(knowledge, label.say),) if label else ()
            signs = tuple(Line(key="discard_signs", params={"signs": ", ".join(entry.signs)}) for _ in entry.signs[:1])
            judged = _judged(knowledge, subject_id, entry, question.number)
            lines = (*([judged[1]] if judged else []), line_of(knowledge, entry.say), *signs)
            return Advice(judged[0] if judged else None, lines, more=more, sources=tuple(entry.sources))
    return general(knowledge, "shelf_life")


def gone_off(knowledge: Knowledge, question: Question) -> Advice | None:
    """How to tell that it is no longer good: by the signs it shows, then by its age."""
    for subject_id in (*question.subjects, *question.forms):
        entry = _keeps(knowledge, subject_id)
        if entry and entry.signs:
            params = {"subject": with_article(knowledge, subject_id), "signs": " or ".join(entry.signs)}
            line = Line(key="gone_off", params=params, mentions=(subject_id,))
            return Advice(None, (line, line_of(knowledge, entry.say)), sources=tuple(entry.sources))
    return shelf_life(knowledge, question)


def _judged(
    knowledge: Knowledge, subject_id: str, entry: ShelfLife, months: float | None
) -> tuple[Verdict, Line] | None:
    """Whether something open for so many months is still good; None where nobody said how long it has been."""
    if months is None:
        return None
    place = "past" if months > entry.high else "late" if months > entry.low else "fresh"
    verdict = {"past": Verdict.NO, "late": Verdict.CAREFUL, "fresh": Verdict.YES}[place]
    figures = {"months": f"{months:.2g}", "low": str(entry.low), "high": str(entry.high)}
    params = {"subject": with_article(knowledge, subject_id), **figures}
    fresh = verdict is not Verdict.NO
    recommends, mentions = ((subject_id,), ()) if fresh else ((), (subject_id,))
    return verdict, Line(key=f"shelf_{place}", params=params, recommends=recommends, mentions=mentions)


def _keeps(knowledge: Knowledge, subject_id: str) -> ShelfLife | None:
    subject = knowledge.subject(subject_id)
    wanted = [subject_id] + ([subject.family] if isinstance(subject, Ingredient) else [])
    for one in wanted:
        for entry in knowledge.shelf_life.values():
            if one in entry.subjects:
                return entry
    return None
