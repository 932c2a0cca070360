"""What the shop has for each step of a routine, and products of the shop as steps."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Callable, Dict, FrozenSet, Iterable, Mapping, Sequence

from bot.answers.answer import Answer
from bot.answers.products.query import shop_types
from bot.answers.resources import Resources
from bot.answers.turn import Turn
from bot.rules.advice import Profile
from bot.rules.conflicts import conflicts, harsh_for_sensitive
from bot.rules.knowledge import Knowledge
from bot.rules.routine_building import Wish
from bot.rules.routine_use import is_exfoliating
from bot.rules.safety import is_strong
from bot.rules.steps import Step
from bot.store.errors import StoreError
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView, Sort
from bot.understanding.routine.reading import PRODUCT

logger = logging.getLogger(__name__)
CANDIDATES = 6
FALLBACK_TYPE = "serum"
PARTING = ("avoid", "refer", "alternate_nights", "separate_am_pm")


class Shelf:
    """The shop's products for wishes of a routine, with those offered so far by their handle."""

    def __init__(
        self,
        resources: Resources,
        products: ProductRepository | None,
        known: Profile,
        without: Sequence[str],
        sort: Sort = "best",
        has: Sequence[str] = (),
    ) -> None:
        """
        Args:
            products: None while the shop's database does not answer; then nothing is offered.
            known: the person the routine is for.
            without: ids of what must not be in a product.
            sort: which of the shop's products come first.
            has: kinds of product of which nothing is offered, as the person has one.
        """
        self._resources = resources
        self._products = products
        self._sort = sort
        self._has = frozenset(has)
        self._known = known
        self._without = tuple(name for one in without for name in resources.labels.names_of(one, True))
        self._mattering = mattering(resources.knowledge)
        self.offered: Dict[str, ProductView] = {}

    def offers(self, wish: Wish) -> Iterable[Step]:
        """Products in stock for a wish: with what it asks for and made for the concern and skin type first."""
        if self._products is None or wish.type in self._has:
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
                yield product_step(self._resources, product, self._mattering, wish.ingredients)

    def _fits(self, product: ProductView, wish: Wish) -> bool:
        """True for the kind of product wished for with nothing on its label against it for this person."""
        data, known = self._resources.knowledge, self._resources.items.item(product)
        if known.type != wish.type or conflicts(data, known, self._known):
            return False
        return not (self._known.sensitive and harsh_for_sensitive(data, known))

    def _queries(self, wish: Wish) -> Iterable[ProductQuery]:
        base = ProductQuery(
            product_type=shop_types(self._resources.knowledge, (wish.type,)),
            in_stock=True,
            without_ingredients=self._without,
            limit=CANDIDATES,
            sort=self._sort,
        )
        known, labels = self._known, self._resources.labels
        for_person = replace(base, concerns=known.concerns, skin_types=known.skin_types)
        if self._sort == "price":
            yield for_person
        for ingredient in wish.ingredients:
            names = labels.names_of(ingredient, False)
            yield replace(for_person, with_ingredients=(names,))
            if ingredient in known.wants:
                yield replace(base, with_ingredients=(names,))
        yield for_person
        if known.skin_types:
            yield replace(base, skin_types=known.skin_types)
        yield base


def product_step(resources: Resources, product: ProductView, matters: FrozenSet[str], wanted: Sequence[str] = ()) -> Step:
    """A product of the shop as a step: its type, and what on its label `matters`, after the one of `wanted` that it holds.
    A kind that the knowledge does not have goes on like a serum."""
    known = resources.items.item(product)
    first = [one for one in wanted if one in known.ingredients][:1]
    actives = dict.fromkeys([*first, *(one for one in known.ingredients if one in matters)])
    return Step(known.type or FALLBACK_TYPE, tuple(actives), title=product.title, handle=product.handle)


def mattering(knowledge: Knowledge) -> FrozenSet[str]:
    """Ingredients that are strong, exfoliate, or that a rule keeps apart from something."""
    parted = {side for pair in knowledge.pairs.values() if pair.verdict in PARTING for side in (pair.a, pair.b)}
    return frozenset(
        one
        for one, ingredient in knowledge.ingredients.items()
        if is_strong(knowledge, one) or one in parted or ingredient.family in parted
        or is_exfoliating(knowledge, Step(FALLBACK_TYPE, (one,)))
    )


def named_products(turn: Turn) -> Mapping[str, Step]:
    """The products of the shop that the question names, as steps by handle; none while the shop's database is away."""
    handles = turn.frame.ids(PRODUCT, role=None)
    if not handles:
        return {}
    matters = mattering(turn.knowledge)
    try:
        with turn.resources.database.session() as session:
            found = ProductRepository(session).by_handles(handles)
            return {one.handle: product_step(turn.resources, one, matters) for one in found}
    except StoreError as error:
        logger.error("products of a routine could not be read: %s", error)
        return {}


def with_shop(turn: Turn, reply: Callable[[Turn, ProductRepository | None], Answer]) -> Answer:
    """The reply with the shop's products; without any while its database is away, as a routine stands without them too."""
    try:
        with turn.resources.database.session() as session:
            return reply(turn, ProductRepository(session))
    except StoreError as error:
        logger.error("%s is answered without the shop's products: %s", turn.frame.kind, error)
        return reply(turn, None)
