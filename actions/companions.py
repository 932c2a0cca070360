"""Products of the shop that go with one: in stock, of the next kind in a short routine, with nothing on their labels
that must be kept apart from it."""

from __future__ import annotations

from typing import List

from actions.cards import price
from actions.catalogue import CANDIDATES, shop_types
from actions.items import item
from actions.resources import knowledge
from bot.rules.advice import Line, Profile
from bot.rules.items import Item, strong
from bot.rules.layering import sequence, step_of
from bot.rules.names import with_article
from bot.rules.ranking import Wants, rank
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView

ROUTINE = "short"
MOST_NAMED = 2


def companions(products: ProductRepository, product: ProductView, known: Profile) -> Line | None:
    """One sentence that names what goes on after the product (before it, where nothing comes after); None where the
    knowledge does not know its kind or the shop has nothing that fits.

    Args:
        products: where they are looked for.
        product: what they shall go with.
        known: what the person told; nothing that speaks against it is named.
    """
    subject = item(product)
    if not subject.type:
        return None
    kind, after = _beside(subject)
    query = ProductQuery(product_type=shop_types((kind,)), in_stock=True, limit=CANDIDATES)
    views = {view.handle: view for view in products.search(query) if view.handle != product.handle}
    found = _fitting(subject, kind, known, list(views.values()))
    named = " or ".join(f"{views[one].title} ({price(views[one])})" for one in found)
    key = "goes_with_after" if after else "goes_with_before"
    return Line(key=key, params={"kind": with_article(knowledge(), kind), "products": named}) if named else None


def _beside(subject: Item) -> tuple[str, bool]:
    """The next kind in the routine and True, or the kind before it and False."""
    kinds = sequence(knowledge(), knowledge().routines[ROUTINE].morning)
    place = step_of(knowledge(), subject.type)
    later = [one for one in kinds if step_of(knowledge(), one) > place]
    earlier = [one for one in kinds if step_of(knowledge(), one) < place]
    return (later[0], True) if later else (earlier[-1], False)


def _fitting(subject: Item, kind: str, known: Profile, views: List[ProductView]) -> List[str]:
    """Handles of the best ones: for the same concerns where there are such, with nothing to be careful about beside
    the product."""
    in_use = strong(knowledge(), subject)
    for concerns in (subject.concerns, ()):
        wants = Wants(types=(kind,), concerns=concerns, profile=known, in_use=in_use)
        found = [fit.item.handle for fit in rank(knowledge(), wants, map(item, views)) if not fit.cautions]
        if found:
            return found[:MOST_NAMED]
    return []
