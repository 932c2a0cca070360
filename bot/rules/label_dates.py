"""What dates printed on a pack mean: when it was made (제조) and until when it may be used (까지), as Korean labels mark them."""

from __future__ import annotations

from datetime import date
from typing import Sequence, Tuple

from bot.rules.advice import Advice, Line, line_of, merge
from bot.rules.facts import general
from bot.rules.knowledge import Knowledge
from bot.rules.schema import Verdict

KIND = "date_marks"
KEEPS = "keeps_unopened"
MADE, UNTIL = "made", "until"


def dated(
    knowledge: Knowledge, printed: Sequence[Tuple[date, str]], today: date, asks_meaning: bool = False
) -> Advice | None:
    """What the dates on a pack mean, and whether it is still good by them, the one that is asked for first.

    Args:
        printed: each date with `MADE`, `UNTIL`, or an empty mark.
        today: against which they are held.
        asks_meaning: whether the meaning of the marks is asked for, so that it comes first.

    Returns:
        None where the knowledge says nothing of such dates.
    """
    meaning = general(knowledge, KIND)
    if meaning is None:
        return None
    until = next((day for day, mark in printed if mark == UNTIL), None)
    made = next((day for day, mark in printed if mark == MADE), None)
    if until:
        past = until < today
        line = Line(key="date_past" if past else "date_ahead", params={"date": until.isoformat()})
        lines = (*meaning.lines, line) if asks_meaning else (line, *meaning.lines)
        return Advice(Verdict.NO if past else Verdict.YES, lines, more=meaning.more, sources=meaning.sources)
    if made:
        keeps = knowledge.guidelines[KEEPS]
        years = keeps.number or 0
        old = made.replace(day=1, year=made.year + years) < today
        said = [Line(key="date_made", params={"date": made.isoformat()}), line_of(knowledge, keeps.say)]
        said += [Line(key="date_made_long_ago", params={"years": str(years)})] if old else []
        sources = merge(tuple(keeps.sources), meaning.sources)
        return Advice(Verdict.NO if old else None, tuple(said), more=tuple(meaning.lines), sources=sources)
    return meaning
