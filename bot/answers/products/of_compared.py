"""Products behind a comparison of two ingredients, for who has little to spend: the cheapest of the kind named with each of them."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import List

from bot.answers.answer import Offer, Offers
from bot.answers.products.against import against
from bot.answers.products.query import of_kind, query
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.rules.names import looked_for, several
from bot.store.errors import StoreError, as_store_errors
from bot.understanding.frame import CONTENT
from bot.understanding.shopping import named_types

logger = logging.getLogger(__name__)
COMPARED = frozenset({"better", "difference"})
CANDIDATES, MOST = 12, 3


def of_compared(turn: Turn) -> List[Offers]:
    """The cheapest with each, within the price where one was named; none where no kind and no budget were, or the shop has none."""
    frame, contents = turn.frame, turn.frame.ids(*CONTENT)
    spares = frame.has("cheaper", "short_of_money") or frame.number("price") is not None
    if frame.kind not in COMPARED or len(contents) < 2 or not spares or not named_types(frame):
        return []
    try:
        with as_store_errors():
            found = [offer for one in contents[:MOST] for offer in _cheapest(turn, one)]
    except StoreError as error:
        logger.error("products of what was compared could not be read: %s", error)
        return []
    once = list({one.product.handle: one for one in found}.values())
    return [Offers([turn.say("compared_cheapest")], once)] if once else []


def _cheapest(turn: Turn, content: str) -> List[Offer]:
    wanted = query(turn.frame, turn.person, turn.resources, turn.currency)
    names = turn.resources.labels.names_of(looked_for(turn.knowledge, content), False)
    cheap = replace(wanted, with_ingredients=(names,), concerns=(), skin_types=(), in_stock=True, sort="price", limit=CANDIDATES)
    fitting = [one for one in of_kind(turn.frame, turn.products.search(cheap), turn.resources.items) if not against(turn, one)]
    return [Offer(one, inside(turn.say("compared_with", ingredient=several(turn.knowledge, [content])))) for one in fitting[:1]]
