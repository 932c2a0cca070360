"""How a shop writes the numbers of its orders, as one of them tells it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.store.orders.records import folded_number

LEARNED_FOR_S = 600.0
"""So long counts what was learned of a shop."""
LAST_DIGITS = re.compile(r"[0-9]+(?=[^0-9]*$)")


@dataclass(frozen=True)
class Spelling:
    """How a shop writes its numbers: what stands before and behind the counted digits, or that they are the ids."""

    before: str = ""
    behind: str = ""
    are_ids: bool = True

    @classmethod
    def of(cls, number: str, order_id: str) -> Spelling:
        """As an order has it."""
        digits = LAST_DIGITS.search(number)
        if digits is None or number == order_id:
            return cls(are_ids=number == order_id)
        return cls(number[: digits.start()], number[digits.end() :], are_ids=False)

    def written(self, asked: str) -> str:
        """A number as the shop writes it, whatever marks and capitals it was typed with."""
        digits = LAST_DIGITS.search(asked)
        tried = f"{self.before}{digits.group()}{self.behind}" if digits else ""
        return tried if folded_number(tried) == folded_number(asked) else asked.strip().lstrip("#").strip()


class Learned:
    """How a shop writes its numbers, learned from its newest order, and anew after a while."""

    def __init__(self, newest: Callable[[], tuple[str, str] | None], clock: Callable[[], float]) -> None:
        """
        Args:
            newest: the number and the id of the newest order, None where there is none; an id that numbers never are may be empty.
            clock: seconds that only go on.
        """
        self._newest, self._clock = newest, clock
        self._spelling: Spelling | None = None
        self._learned_at = 0.0

    def spelling(self) -> Spelling | None:
        """As the newest order has it; None where there is no order."""
        if self._spelling is None or self._clock() - self._learned_at > LEARNED_FOR_S:
            newest = self._newest()
            self._spelling = Spelling.of(*newest) if newest is not None else None
            self._learned_at = self._clock()
        return self._spelling
