"""What speaks against products for the person who asks."""

from __future__ import annotations

from typing import List, Sequence

from bot.answers.turn import Turn
from bot.rules.conflicts import Conflict, conflicts
from bot.rules.items import Item, covers
from bot.store.views import ProductView
from bot.understanding.frame import ALLERGIC, CONTENT, NEGATED


def against(turn: Turn, product: ProductView) -> List[Conflict]:
    """What speaks against a product for this person, the gravest first."""
    return conflicts(turn.knowledge, turn.resources.items.item(product), turn.person)


def warnings(turn: Turn, found: Sequence[ProductView]) -> List[str]:
    """What the person must know of these products before they buy: one sentence a product at most."""
    return [turn.wording.line(reasons[0].line) for product in found if (reasons := against(turn, product))]


def is_free_of_unwanted(turn: Turn, product: ProductView) -> bool:
    """Whether a product's list is known and has nothing that the question wants to do without; true where it wants that of nothing."""
    unwanted = [one.id for one in turn.frame.of(*CONTENT) if one.role in (NEGATED, ALLERGIC)]
    item = turn.resources.items.item(product)
    return not unwanted or (bool(product.inci) and not any(_holds(turn, product, item, one) for one in unwanted))


def _holds(turn: Turn, product: ProductView, item: Item, one: str) -> bool:
    names = set(turn.resources.labels.names_of(one, True))
    return covers(turn.knowledge, item, one) or not names.isdisjoint(product.inci)
