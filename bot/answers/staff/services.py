"""The services of who looks for a person, by kind."""

from __future__ import annotations

from typing import Callable, Mapping

from bot.answers.answer import Answer
from bot.answers.staff.asking import back, human, no_human, open_request, share
from bot.answers.staff.next_steps import what_next
from bot.answers.staff.rating import rated
from bot.answers.staff.transcript import mailed
from bot.answers.turn import Turn
from bot.understanding.next_steps import NEXT
from bot.understanding.support import BACK, HUMAN, NO_HUMAN, OPEN, RATE, SHARE, TRANSCRIPT

SERVICES: Mapping[str, Callable[[Turn], Answer]] = {
    HUMAN: human, NO_HUMAN: no_human, BACK: back, SHARE: share, RATE: rated, TRANSCRIPT: mailed, OPEN: open_request, NEXT: what_next,
}
