"""What speaks against products for the person who asks."""

from __future__ import annotations

from typing import List, Sequence

from bot.answers.turn import Turn
from bot.rules.conflicts import Conflict, conflicts
from bot.store.views import ProductView


def against(turn: Turn, product: ProductView) -> List[Conflict]:
    """What speaks against a product for this person, the gravest first."""
    return conflicts(turn.knowledge, turn.resources.items.item(product), turn.person)


def warnings(turn: Turn, found: Sequence[ProductView]) -> List[str]:
    """What the person must know of these products before they buy: one sentence a product at most."""
    return [turn.wording.line(reasons[0].line) for product in found if (reasons := against(turn, product))]
