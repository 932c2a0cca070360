"""How big the products of a kind are: "spot patches, how many in a pack?"."""

from __future__ import annotations

import logging
import re
from typing import List

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, spoken, wishes
from actions.cards import sizes
from actions.catalogue import MOST_PRODUCTS, Listing, named_types, of_kind, query, remember_shown
from actions.resources import database
from actions.wording import Wording
from bot.rules.advice import Profile
from bot.store.errors import StoreError
from bot.store.repository import ProductRepository
from bot.store.views import ProductView

logger = logging.getLogger(__name__)
OF_SIZE = re.compile(r"\b(?:how (?:many|big|large|small|much)|sizes?|what sizes?|which sizes?|ml|packs?|packets?|pieces)\b", re.I)
PACKAGING = "ask_packaging"


def _asked_about(tracker: Tracker, products: ProductRepository) -> List[ProductView]:
    """Those of the kind named; where none is named those listed last, unless one of them is talked of."""
    if named_types(tracker):
        return of_kind(tracker, products.search(query(tracker, Profile())))
    listed = spoken.listed(tracker) if wishes.kept(tracker) and not spoken.in_mind(tracker) else []
    counted = spoken.named(tracker, products) if listed else []
    return counted or products.by_handles(listed)


def asks_for_sizes(tracker: Tracker) -> bool:
    """True where the message asks how big something is that it does not name as a product."""
    asks = conversation.intent(tracker) == PACKAGING and OF_SIZE.search(conversation.wording(tracker))
    return bool(asks) and not conversation.entities(tracker, "product")


def say_sizes(dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording) -> List[EventType] | None:
    """The sizes of the shop's products of the kind that the message names, or of those listed last; None where it asks no
    such thing, the shop has none, or the database is away."""
    if not asks_for_sizes(tracker):
        return None
    try:
        with database().session() as session:
            found = _asked_about(tracker, ProductRepository(session))
    except StoreError as error:
        logger.error("sizes could not be read: %s", error)
        return None
    shown = [one for one in found if one.in_stock][:MOST_PRODUCTS]
    if not shown:
        return None
    dispatcher.utter_message(text=" ".join(sizes(wording, one) for one in shown))
    if not named_types(tracker):
        return [SlotSet("times_lost", 0)]
    remembered = remember_shown(conversation.as_intent(tracker, conversation.LOOKED_FOR), Listing(shown, shown), None)
    return [SlotSet("times_lost", 0), *remembered]
