"""What the product actions share: from message and profile to a query, and what a product means for this person."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any, Dict, Iterator, List, Tuple

from babel.numbers import get_currency_precision
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation
from actions.answer import reply_bare
from actions.resources import database, knowledge, shop
from actions.wording import Wording
from bot.labels.inci import normalise_inci
from bot.rules.advice import Profile
from bot.rules.safety import pregnancy_status
from bot.store.errors import StoreError
from bot.store.repository import ProductRepository
from bot.store.text import type_slug
from bot.store.views import AnyOf, ProductQuery, ProductView

logger = logging.getLogger(__name__)
MOST_PRODUCTS = 3
CANDIDATES = 12
FLAGS = {"vegan": "vegan", "cruelty free": "cruelty_free", "cruelty-free": "cruelty_free"}


def units(amount: int, currency: str) -> str:
    """Minor units as an amount with the currency's own decimals: 1800 USD is "18.00", 1800 KRW is "1800"."""
    decimals = get_currency_precision(currency)
    return f"{amount / 10**decimals:.{decimals}f}"


def price(product: ProductView) -> str:
    """The price with its ISO currency, a span where sizes differ: "18.00 USD", "18.00 to 32.00 USD"."""
    low, high = units(product.price_min, product.currency), units(product.price_max, product.currency)
    return f"{low if low == high else f'{low} to {high}'} {product.currency}"


def shop_types(type_ids: Tuple[str, ...]) -> Tuple[str, ...]:
    """The shop's own words for product types of the knowledge: slugs of every name they go by."""
    types = knowledge().product_types
    texts = [text for one in type_ids for text in (one, types[one].name, *types[one].aliases)]
    return tuple(dict.fromkeys(type_slug(text) for text in texts))


def named_types(tracker: Tracker) -> Tuple[str, ...]:
    """The product types that the message names, in whatever role."""
    return tuple(
        one for role in (None, "form", "negated") for one in conversation.values(tracker, "product_type", role=role)
    )


def inci_names(subject_id: str) -> Tuple[str, ...]:
    """Every label name under which an ingredient or a member of a family may stand."""
    data = knowledge()
    members = data.families[subject_id].members if subject_id in data.families else [subject_id]
    return tuple(data.ingredients[one].inci for one in members if one in data.ingredients)


def unwanted(tracker: Tracker, known: Profile) -> Tuple[str, ...]:
    """Ids that must not be in a product: those negated in the message, those the person avoids or is allergic to."""
    allergies = [knowledge().safety[one] for one in known.safety if knowledge().safety[one].kind == "allergy"]
    named = conversation.values(tracker, "ingredient", "family", role="negated")
    return tuple(dict.fromkeys((*named, *known.avoids, *(one for entry in allergies for one in entry.about))))


def query(tracker: Tracker, known: Profile) -> ProductQuery:
    """What the message looks for. The profile's skin type counts where the message names none."""
    types = named_types(tracker)
    prices = conversation.values(tracker, "price")
    message = conversation.text(tracker).lower()
    wanted: Tuple[AnyOf, ...] = tuple(inci_names(one) for one in conversation.values(tracker, "ingredient", "family"))
    return ProductQuery(
        product_type=shop_types(types) or None,
        concerns=conversation.values(tracker, "concern"),
        skin_types=conversation.values(tracker, "skin_type") or known.skin_types,
        with_ingredients=wanted,
        without_ingredients=tuple(name for one in unwanted(tracker, known) for name in inci_names(one)),
        max_price=int(float(prices[0]) * 10 ** get_currency_precision(shop().currency)) if prices else None,
        flags=tuple(dict.fromkeys(flag for word, flag in FLAGS.items() if word in message)),
        limit=CANDIDATES,
    )


def relaxed(wanted: ProductQuery) -> Iterator[Tuple[ProductQuery, str]]:
    """The query, then the same with one wish after another dropped, each with the key of the wish's name. What must
    not be in a product is never dropped."""
    yield wanted, ""
    if wanted.skin_types:
        yield replace(wanted, skin_types=()), "wish_skin"
    if wanted.max_price is not None:
        yield replace(wanted, skin_types=(), max_price=None), "wish_price"
    if wanted.concerns:
        yield replace(wanted, skin_types=(), max_price=None, concerns=()), "wish_concern"


def avoided_in_pregnancy(product: ProductView) -> str | None:
    """The name of an ingredient on the label that is to be avoided in pregnancy, or None."""
    label = set(product.inci)
    for ingredient_id, ingredient in knowledge().ingredients.items():
        status = pregnancy_status(knowledge(), ingredient_id)
        if status and status[0] == "avoid" and normalise_inci(ingredient.inci) in label:
            return ingredient.name
    return None


def warnings(wording: Wording, found: List[ProductView], known: Profile) -> List[str]:
    """What a pregnant person must know of these products."""
    if not known.pregnant:
        return []
    return [
        wording.say("product_pregnancy", product=product.title, ingredient=ingredient)
        for product in found
        if (ingredient := avoided_in_pregnancy(product))
    ]


class ProductAction(Action, ABC):
    """Reads products in one short session, in a thread of its own so that other conversations go on; a database
    that does not answer in time gets a clear reply and a log line."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        instead = reply_bare(dispatcher, tracker, domain)
        if instead is not None:
            return instead
        wording = Wording(domain)
        shown: List[ProductView] = []
        try:
            shown = await asyncio.to_thread(self._reply, dispatcher, tracker, wording)
        except StoreError as error:
            logger.error("%s: %s", self.name(), error)
            dispatcher.utter_message(text=wording.say("shop_unreachable"))
        events = [SlotSet("times_lost", 0), *conversation.remember_profile(conversation.profile(tracker))]
        if shown:
            events.append(SlotSet("last_products", [product.handle for product in shown]))
        return events

    def _reply(self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording) -> List[ProductView]:
        with database().session() as session:
            return self.reply(dispatcher, tracker, wording, ProductRepository(session))

    @abstractmethod
    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> List[ProductView]:
        """Answers from the repository; returns the products it spoke of."""


def meant(tracker: Tracker, products: ProductRepository) -> List[ProductView]:
    """The products that the message names; where it names none and no kind of product, the one spoken of last."""
    named = products.named_in(conversation.text(tracker))[:MOST_PRODUCTS]
    last = tracker.get_slot("last_products") or []
    if named or not last or named_types(tracker):
        return named
    found = products.by_handle(last[0])
    return [found] if found else []
