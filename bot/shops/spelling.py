"""How a shop writes the numbers of its orders, as one of them tells it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.store.orders.records import folded_number

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
