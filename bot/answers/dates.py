"""What a date printed on a pack means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import List, Tuple

from bot.answers.answer import Answer, Statements
from bot.answers.turn import Turn
from bot.rules.label_dates import MADE, UNTIL, dated
from bot.understanding.frame import Frame

MEASURES = {"date_made": MADE, "date_until": UNTIL, "date": ""}
KIND = "shelf_life"


def date_on_pack(turn: Turn) -> Answer:
    """Whether a product is still good by the date printed on it, and what the words by the date mean."""
    advice = dated(turn.knowledge, printed(turn.frame), date.today(), turn.frame.has("asks_meaning"))
    if advice is None:
        return turn.reply(turn.say("date_marks_unknown"))
    return turn.answer(
        Statements(advice, polar=turn.frame.polar), memory=turn.remembered(advice, replace(turn.asked, kind=KIND))
    )


def printed(frame: Frame) -> List[Tuple[date, str]]:
    """The dates that a question copies from a pack, each with its mark."""
    return [(date.fromisoformat(one.value), MEASURES[one.measures]) for one in frame.quantities if one.measures in MEASURES]
