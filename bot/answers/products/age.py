"""How old what the shop told last is: an answer about stock that rests on older news says so, once in a conversation."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Callable

from bot.answers.answer import Answer, Words
from bot.answers.turn import Turn
from bot.store.sync.state import read_state

OLD_STOCK = "old_stock"


def with_age(service: Callable[[Turn], Answer]) -> Callable[[Turn], Answer]:
    """The service, with a word on the age of stock where the shop's source could not be looked at for longer than a day."""

    def aged(turn: Turn) -> Answer:
        answer = service(turn)
        good = read_state(turn.resources.chosen.var)
        now = datetime.fromtimestamp(turn.now, timezone.utc) if turn.now else None
        if OLD_STOCK in answer.memory.told or not good.is_old(now) or good.good is None:
            return answer
        told = Words(turn.say("stock_as_of", day=f"{good.good:%B} {good.good.day}"))
        return replace(answer, parts=(*answer.parts, told), memory=replace(answer.memory, told=(*answer.memory.told, OLD_STOCK)))

    return aged
