"""Products of the shop that go with one: in stock, of the next kind in a short routine, with nothing on their labels
that must be kept apart from it."""

from __future__ import annotations

from typing import List, Sequence, Tuple

from bot.answers.products.cards import price
from bot.answers.products.query import CANDIDATES, shop_types
from bot.answers.turn import Turn
from bot.rules.advice import Line
from bot.rules.items import Item, strong
from bot.rules.knowledge import Knowledge
from bot.rules.layering import sequence, step_of
from bot.rules.names import with_article
from bot.rules.ranking import Wants, rank
from bot.store.views import ProductQuery, ProductView

ROUTINE = "short"
MOST_NAMED = 2


def companions(turn: Turn, product: ProductView) -> Line | None:
    """One sentence that names what goes on after the product (before it, where nothing comes after), nothing of it against
    the person; None where the knowledge does not know its kind or the shop has nothing that fits."""
    subject = turn.resources.items.item(product)
    if not subject.type:
        return None
    kind, after = _beside(turn.knowledge, subject)
    wanted = ProductQuery(product_type=shop_types(turn.knowledge, (kind,)), in_stock=True, limit=CANDIDATES)
    found = _fitting(turn, subject, kind, [view for view in turn.products.search(wanted) if view.handle != product.handle])
    named = " or ".join(f"{one.title} ({price(one)})" for one in found)
    key = "goes_with_after" if after else "goes_with_before"
    return Line(key=key, params={"kind": with_article(turn.knowledge, kind), "products": named}) if named else None


def _beside(knowledge: Knowledge, subject: Item) -> Tuple[str, bool]:
    """The next kind in the routine and True, or the kind before it and False."""
    kinds = sequence(knowledge, knowledge.routines[ROUTINE].morning)
    place = step_of(knowledge, subject.type)
    later = [one for one in kinds if step_of(knowledge, one) > place]
    earlier = [one for one in kinds if step_of(knowledge, one) < place]
    return (later[0], True) if later else (earlier[-1], False)


def _fitting(turn: Turn, subject: Item, kind: str, views: Sequence[ProductView]) -> List[ProductView]:
    """The best ones: for the same concerns where there are such, with nothing to be careful about beside the product."""
    in_use = strong(turn.knowledge, subject)
    by_handle = {view.handle: view for view in views}
    for concerns in (subject.concerns, ()):
        wants = Wants(types=(kind,), concerns=concerns, profile=turn.person, in_use=in_use)
        ranked = rank(turn.knowledge, wants, map(turn.resources.items.item, views))
        found = [by_handle[fit.item.handle] for fit in ranked if not fit.cautions]
        if found:
            return found[:MOST_NAMED]
    return []
