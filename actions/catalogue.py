"""What the product actions share: from message and profile to a query, and what a product means for this person."""

from __future__ import annotations

import asyncio
import logging
import re
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any, Dict, Iterator, List, Mapping, Sequence, Tuple

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, memory, wishes
from actions.cards import minor_units
from actions.items import closest, item, type_of
from actions.registry import action_named, action_of_intent
from actions.resources import database, knowledge, label_reader, shop
from actions.skincare import reply_bare
from actions.wording import Wording
from bot.rules.advice import Profile
from bot.rules.conflicts import Conflict, conflicts
from bot.rules.names import looked_for
from bot.rules.safety import CHILD, UNDER_13
from bot.store.errors import StoreError
from bot.store.repository import ProductRepository
from bot.store.text import type_slug
from bot.store.views import AnyOf, ProductQuery, ProductView

logger = logging.getLogger(__name__)
MOST_PRODUCTS = 3
CANDIDATES = 60
OTHER_KIND = "wish_kind"
YOUNG = frozenset({UNDER_13, "baby_under_6_months"})
USED = re.compile(r"\b(?:i|i'?ve|been|already|currently)\W+(?:\w+\W+){0,2}(?:us(?:e|ed|ing)|tr(?:ied|ying)|on)\W+(?:\w+\W+)?$", re.I)
FLAGS = {"vegan": "vegan", "cruelty free": "cruelty_free", "cruelty-free": "cruelty_free"}


class Listing(List[ProductView]):
    """The products shown of a list that may be longer."""

    def __init__(
        self,
        shown: Sequence[ProductView],
        found: Sequence[ProductView],
        wish: Mapping[str, Any] | None = None,
        counted: Sequence[str] = (),
    ) -> None:
        """
        Args:
            shown: what is in the reply.
            found: the whole list, which "show more" goes on with.
            wish: what it was looked for, which a short message narrows.
            counted: handles of the list that "the second one" still counts; empty for those shown.
        """
        super().__init__(shown)
        self.found = tuple(one.handle for one in found)
        self.wish = wish
        self.counted = list(counted)


def shop_types(type_ids: Tuple[str, ...]) -> Tuple[str, ...]:
    """The shop's own words for product types of the knowledge: slugs of every name they go by, and of the wider kinds
    under which a shop may file them (a toner pad under "Toner")."""
    types = knowledge().product_types
    texts = [text for one in type_ids for text in (one, types[one].name, *types[one].aliases, *types[one].sold_as)]
    names = {type_slug(entry.name) for entry in types.values()}
    wider = [word for one in type_ids for word in types[one].name.split() if type_slug(word) in names]
    return tuple(dict.fromkeys(type_slug(text) for text in (*texts, *wider)))


def of_kind(tracker: Tracker, products: Sequence[ProductView]) -> List[ProductView]:
    """Those of the kinds that the message names, the nearest to its wording where some are nearer; all of them where
    it names no kind."""
    types = named_types(tracker)
    wordings = [one["text"] for one in conversation.entities(tracker, "product_type")]
    return closest([one for one in products if type_of(one) in types], wordings) if types else list(products)


def named_types(tracker: Tracker) -> Tuple[str, ...]:
    """The product types that the message names, in whatever role."""
    return tuple(
        one for role in (None, "form", "negated") for one in conversation.values(tracker, "product_type", role=role)
    )


def inci_names(subject_id: str, kept_out: bool = False) -> Tuple[str, ...]:
    """Every label name under which an ingredient or a member of a family may stand; `kept_out`: to keep it out."""
    return label_reader().names_of(subject_id, kept_out)


def unwanted(tracker: Tracker, known: Profile) -> Tuple[str, ...]:
    """Ids that must not be in a product: those negated in the message, those the person avoids or is allergic to."""
    allergies = [knowledge().safety[one] for one in known.safety if knowledge().safety[one].kind == "allergy"]
    named = conversation.values(tracker, "ingredient", "family", role="negated")
    return tuple(dict.fromkeys((*named, *known.avoids, *(one for entry in allergies for one in entry.about))))


def query(tracker: Tracker, known: Profile) -> ProductQuery:
    """What the message looks for. The profile's skin type counts where the message names none."""
    types = named_types(tracker)
    message = wishes.said(tracker).lower()
    wanted: Tuple[AnyOf, ...] = tuple(
        inci_names(looked_for(knowledge(), one)) for one in contents(tracker)
    )
    return ProductQuery(
        product_type=shop_types(types) or None,
        concerns=conversation.values(tracker, "concern"),
        skin_types=conversation.values(tracker, "skin_type") or known.skin_types,
        with_ingredients=wanted,
        without_ingredients=tuple(name for one in unwanted(tracker, known) for name in inci_names(one, kept_out=True)),
        max_price=_amount(tracker, None),
        min_price=_amount(tracker, "min"),
        flags=tuple(dict.fromkeys(flag for word, flag in FLAGS.items() if word in message)),
        limit=CANDIDATES,
    )


def contents(tracker: Tracker) -> Tuple[str, ...]:
    """The ingredients and families looked for; not what somebody says that they use already ("been using niacinamide,
    no luck")."""
    message = conversation.text(tracker)
    found = conversation.entities(tracker, "ingredient", "family")
    used = {one["value"] for one in found if USED.search(message[: one.get("start", 0)])}
    return tuple(one for one in conversation.values(tracker, "ingredient", "family") if one not in used)


def _amount(tracker: Tracker, role: str | None) -> int | None:
    """A bound of the price in minor units: the highest wanted, or with "min" the lowest."""
    found = conversation.values(tracker, "price", role=role)
    return minor_units(float(found[-1]), shop().currency) if found else None


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
    if wanted.product_type and wanted.with_ingredients:
        yield replace(wanted, skin_types=(), max_price=None, concerns=(), product_type=None), OTHER_KIND


def nearest_kinds(tracker: Tracker, products: Sequence[ProductView]) -> List[ProductView]:
    """Products of any kind, those first whose place in the routine is nearest to that of the kind named; what is washed
    off stands in for nothing that stays on."""
    types, kinds = knowledge().product_types, named_types(tracker)
    place = types[kinds[0]].order if kinds else None
    found = [one for one in products if type_of(one) in types and place is not None]
    stays = [one for one in found if not types[type_of(one)].rinse_off or (kinds and types[kinds[0]].rinse_off)]
    return sorted(stays, key=lambda one: abs((types[type_of(one)].order or 0) - (place or 0)))


def against(product: ProductView, known: Profile) -> List[Conflict]:
    """What speaks against a product for this person, the gravest first."""
    return conflicts(knowledge(), item(product), known)


def warnings(wording: Wording, found: List[ProductView], known: Profile) -> List[str]:
    """What a person must know of these products before they buy: one sentence a product at most."""
    return [wording.line(reasons[0].line) for product in found if (reasons := against(product, known))]


class ProductAction(Action, ABC):
    """Reads products in one short session, in a thread of its own so that other conversations go on; a database
    that does not answer in time gets a clear reply and a log line. `recommends`: what it shows is meant to be put on."""

    recommends = False

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        shop = talked_of(tracker) if conversation.goes_on(tracker) else None
        if shop and shop != conversation.intent(tracker):
            return await run_for(shop, dispatcher, tracker, domain)
        instead = reply_bare(dispatcher, tracker, domain)
        if instead is not None:
            return instead
        wording = Wording(domain)
        shown: List[ProductView] = []
        subject: str | None = None
        try:
            shown, subject = await asyncio.to_thread(self._reply, dispatcher, tracker, wording)
        except StoreError as error:
            logger.error("%s: %s", self.name(), error)
            dispatcher.utter_message(text=wording.say("shop_unreachable"))
        if self.recommends:
            _be_careful(dispatcher, conversation.profile(tracker), conversation.values(tracker, "safety"))
        events = [SlotSet("times_lost", 0), *memory.remember_profile(conversation.kept_profile(tracker))]
        return [*events, *remember_shown(tracker, shown, subject)]

    def _reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording
    ) -> Tuple[List[ProductView], str | None]:
        with database().session() as session:
            products = ProductRepository(session)
            shown = self.reply(dispatcher, tracker, wording, products)
            return shown, self.subject(tracker, products, shown)

    def subject(self, tracker: Tracker, products: ProductRepository, shown: List[ProductView]) -> str | None:
        """The handle of the product that "it" means after the reply: the one it spoke of, None after a list."""
        return shown[0].handle if len(shown) == 1 else None

    @abstractmethod
    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> List[ProductView]:
        """Answers from the repository; returns the products it spoke of."""


def _be_careful(dispatcher: CollectingDispatcher, known: Profile, named: Sequence[str]) -> None:
    """Says first what somebody must mind who told of a red flag lately, or who names a skin condition or a child."""
    data = knowledge().safety
    young = [UNDER_13] if known.age is not None and known.age < CHILD else []
    minded = [data[one].say for one in (*named, *young) if data[one].kind == "condition" or one in YOUNG]
    after = data[known.red_flag].after if known.red_flag else minded[0] if minded else None
    if after and dispatcher.messages:
        first = dispatcher.messages[0]
        first["text"] = f"{after}\n\n{first['text']}"
        body = first.get("custom", {}).get("body")
        if body:
            first["custom"]["body"] = f"{after}\n\n{body}"


def talked_of(tracker: Tracker) -> str | None:
    """The intent of the question about the shop's products that was answered last; None after a skincare answer."""
    shop = (tracker.get_slot("in_mind") or {}).get("shop") or ""
    action = action_of_intent().get(shop)
    return shop if action and isinstance(action_named(action), ProductAction) else None


async def run_for(
    intent: str, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
) -> List[EventType]:
    """Answers the latest message as if it had this intent, by the action of that intent's rule."""
    action = action_named(action_of_intent()[intent])
    events = await action.run(dispatcher, conversation.as_intent(tracker, intent), domain)
    return list(events or [])


def remember_shown(tracker: Tracker, shown: List[ProductView], subject: str | None) -> List[EventType]:
    """What was shown, which product "it" is from now on, and that the talk is about the shop."""
    if not shown:
        return []
    counted = shown.counted if isinstance(shown, Listing) else []
    handles = counted or [product.handle for product in shown]
    found = shown.found if isinstance(shown, Listing) else ()
    wish = shown.wish if isinstance(shown, Listing) else None
    if wish is None and set(handles) <= set(tracker.get_slot("last_products") or ()):
        wish = wishes.kept(tracker)
    return [
        SlotSet("last_products", handles),
        memory.keep_in_mind(tracker, subject, shop=conversation.intent(tracker), found=found, wish=wish),
    ]
