"""What the shop has for each step of a routine to build."""

from __future__ import annotations

from dataclasses import replace
from typing import Dict, Iterable, Sequence

from actions.catalogue import inci_names, shop_types
from actions.items import item as item_of
from actions.resources import knowledge
from actions.routine_steps import product_step
from bot.rules.advice import Profile
from bot.rules.conflicts import conflicts, harsh_for_sensitive
from bot.rules.routine_building import Wish
from bot.rules.steps import Step
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView, Sort

CANDIDATES = 6


class Shelf:
    """The shop's products for wishes of a routine, with those offered so far by their handle."""

    def __init__(
        self, products: ProductRepository | None, known: Profile, without: Sequence[str], sort: Sort = "best"
    ) -> None:
        self._products = products
        self._sort = sort
        self._known = known
        self._without = tuple(name for one in without for name in inci_names(one))
        self.offered: Dict[str, ProductView] = {}

    def offers(self, wish: Wish) -> Iterable[Step]:
        """Products in stock for a wish: with what it asks for and made for the concern and skin type first."""
        if self._products is None:
            return
        seen: set[str] = set()
        for query in self._queries(wish):
            for product in self._products.search(query):
                if product.handle in seen:
                    continue
                seen.add(product.handle)
                if not self._fits(product, wish):
                    continue
                self.offered[product.handle] = product
                yield product_step(product, wish.ingredients)

    def _fits(self, product: ProductView, wish: Wish) -> bool:
        """True for the kind of product wished for with nothing on its label against it for this person."""
        known = item_of(product)
        if known.type != wish.type or conflicts(knowledge(), known, self._known):
            return False
        return not (self._known.sensitive and harsh_for_sensitive(knowledge(), known))

    def _queries(self, wish: Wish) -> Iterable[ProductQuery]:
        base = ProductQuery(
            product_type=shop_types((wish.type,)), in_stock=True, without_ingredients=self._without, limit=CANDIDATES,
            sort=self._sort,
        )
        known = self._known
        if self._sort == "price":
            yield replace(base, concerns=known.concerns, skin_types=known.skin_types)
        for ingredient in wish.ingredients:
            yield replace(
                base, with_ingredients=(inci_names(ingredient),), concerns=known.concerns, skin_types=known.skin_types
            )
            if ingredient in known.wants:
                yield replace(base, with_ingredients=(inci_names(ingredient),))
        yield replace(base, concerns=known.concerns, skin_types=known.skin_types)
        if known.skin_types:
            yield replace(base, skin_types=known.skin_types)
        yield base
