"""What a customer thinks of a talk with a person, in one press once it ended."""

from __future__ import annotations

import logging
from dataclasses import replace

from bot.answers.answer import Answer, Words
from bot.answers.resources import Resources
from bot.answers.staff.offering import person_button
from bot.answers.turn import Turn
from bot.store.errors import StoreError
from bot.understanding.frame import Frame
from bot.understanding.support import RATES_BAD, RATES_ENDED, RATES_GOOD

logger = logging.getLogger(__name__)


def with_rating(frame: Frame, sender: str, resources: Resources) -> Frame:
    """The frame, with the cue `RATES_ENDED` where it says what a talk was worth that ended lately and has no rating."""
    if not sender or not frame.has(RATES_GOOD, RATES_BAD):
        return frame
    try:
        ended = resources.staff.talks.awaits_rating(sender)
    except StoreError as error:
        logger.error("whether a talk ended lately cannot be told: %s", error)
        return frame
    return replace(frame, cues=frame.cues | {RATES_ENDED}) if ended else frame


def rated(turn: Turn) -> Answer:
    """Notes it. To whom it did not help a person is offered again."""
    good = not turn.frame.has(RATES_BAD)
    turn.resources.staff.talks.rate(turn.sender, good)
    memory, text = replace(turn.memory, lost=0), turn.say("person_rated_good" if good else "person_rated_bad")
    return turn.answer(Words(text, buttons=[] if good else person_button(turn)), memory=memory)
