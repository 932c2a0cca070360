"""What is new in the shop and what came back, by the dates in its database; none is ever made up."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import List

from babel.dates import format_date
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, spoken
from actions.cards import show_list
from actions.catalogue import MOST_PRODUCTS, ProductAction, of_kind, query
from actions.wording import Wording, inside
from bot.rules.advice import Profile
from bot.store.repository import ProductRepository
from bot.store.views import ProductView

CAME_BACK = re.compile(r"\b(back|restock\w*|return\w*|again)\b", re.I)
LOCALE = "en"


def day(moment: datetime) -> str:
    """The day of a moment as people write it: "24 November 2026"."""
    return str(format_date(moment.date(), "d MMMM y", locale=LOCALE))


class ActionArrivals(ProductAction):
    """The newest products, or with "back" those that were sold out and came back; of one product, its own dates."""

    def name(self) -> str:
        return "action_arrivals"

    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> List[ProductView]:
        named = spoken.meant(tracker, products)[:1]
        back = bool(CAME_BACK.search(conversation.wording(tracker)))
        if named and (conversation.REFERS_BACK.search(conversation.wording(tracker)) or spoken.named(tracker, products)):
            dispatcher.utter_message(text=_dates(wording, named[0], back))
            return named
        wanted = replace(query(tracker, Profile()), sort="restocked" if back else "newest")
        found = of_kind(tracker, products.search(wanted))
        if not found:
            dispatcher.utter_message(text=wording.say("restocked_none" if back else "products_none"))
            return []
        if not back and len({product.added_at.date() for product in found}) == 1 and len(found) > MOST_PRODUCTS:
            dispatcher.utter_message(text=wording.say("new_all_same", date=day(found[0].added_at), count=str(products.count(wanted))))
            return []
        rows = [(product, _since(wording, product, back)) for product in found[:MOST_PRODUCTS]]
        show_list(dispatcher, wording, rows, [wording.say("restocked_found" if back else "new_found")])
        return [product for product, _ in rows]


def _since(wording: Wording, product: ProductView, back: bool) -> str:
    if back and product.restocked_at:
        return inside(wording.say("back_since", date=day(product.restocked_at)))
    return inside(wording.say("new_since", date=day(product.added_at)))


def _dates(wording: Wording, product: ProductView, back: bool) -> str:
    if product.restocked_at and back:
        return wording.say("product_back", product=product.title, date=day(product.restocked_at))
    text = wording.say("product_added", product=product.title, date=day(product.added_at))
    return f"{text} {wording.say('product_never_back')}" if back else text
