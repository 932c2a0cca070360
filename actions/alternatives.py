"""Something like a product, or the same for less: by its actives, from the shop's own stock."""

from __future__ import annotations

import re
from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, spoken
from actions.cards import card, price, show_list, units
from actions.catalogue import Listing, ProductAction, shop_types
from actions.items import item
from actions.listing import cheaper_ones, goes_on_with_list, next_page, still_to_show
from actions.resources import knowledge
from actions.routine_talk import go_on, spoken_of
from actions.wording import Wording, inside
from bot.rules.advice import Profile
from bot.rules.items import key_ingredients
from bot.rules.names import several
from bot.rules.similar import Alternative, alternatives
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView

MOST_SHOWN = 3
MOST_INSTEAD = 2
CANDIDATES = 300
INSTEAD = re.compile(
    r"\b(similar|like|alternatives?|dupes?|instead|in place|comparable|cheaper|less expensive|affordable|substitut\w+"
    r"|replace\w*|swap\w*|switch\w*|rather than)\b",
    re.I,
)
CHEAPER = re.compile(
    r"\b(cheap\w*|less expensive|lower price\w*|affordable|budget|save|dupes?|for less|costs? less|too (expensive|pricey|much)"
    r"|pricey|expensive)\b",
    re.I,
)


def asks_for_cheaper(tracker: Tracker, products: ProductRepository) -> bool:
    """True for "any cheaper ones?" after a list: the same search for less, not something like one of its products."""
    message = conversation.wording(tracker)
    listed = len(still_to_show(tracker)[1]) > 1 and len(tracker.get_slot("last_products") or []) > 1
    return listed and bool(CHEAPER.search(message)) and not spoken.named(tracker, products) and not spoken.THIS.search(message)


class ActionFindSimilar(ProductAction):
    """ "Something like this but cheaper"."""

    recommends = True

    def name(self) -> str:
        return "action_find_similar"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        cheaper = CHEAPER.search(conversation.wording(tracker)) and not conversation.entities(tracker, "product")
        if cheaper and spoken_of(tracker) == "build_routine" and not conversation.entities(tracker, *conversation.SUBJECTS):
            return await go_on(dispatcher, tracker, domain, "build_routine")
        return await super().run(dispatcher, tracker, domain)

    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> List[ProductView]:
        cheapest = spoken.cheapest(tracker, products)
        if cheapest:
            dispatcher.utter_message(text=wording.say("cheapest", product=cheapest.title, price=price(cheapest)))
            return [cheapest]
        if goes_on_with_list(tracker):
            return next_page(dispatcher, tracker, wording, products)
        if asks_for_cheaper(tracker, products):
            return cheaper_ones(dispatcher, tracker, wording, products)
        found = spoken.meant(tracker, products)
        if not found:
            dispatcher.utter_message(text=wording.say("similar_which"))
            return []
        return show_alternatives(dispatcher, tracker, wording, products, found[0])

    def subject(self, tracker: Tracker, products: ProductRepository, shown: List[ProductView]) -> str | None:
        """The product that something like it was looked for."""
        if len(shown) == 1:
            return shown[0].handle
        if isinstance(shown, Listing):
            return None
        found = spoken.meant(tracker, products)
        return found[0].handle if found else None


def show_alternatives(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    wording: Wording,
    products: ProductRepository,
    wanted: ProductView,
) -> List[ProductView]:
    """Up to three products of the same kind with the same actives; says plainly when the shop has none. Returns them,
    or the product asked about."""
    cheaper = bool(CHEAPER.search(conversation.wording(tracker)))
    known = conversation.profile(tracker)
    views = {view.handle: view for view in _candidates(products, wanted, cheaper)}
    found = alternatives(knowledge(), item(wanted), map(item, views.values()), known, cheaper)[:MOST_SHOWN]
    if not found:
        _say_none(dispatcher, wording, products, wanted, known, cheaper)
        return [wanted]
    main = several(knowledge(), key_ingredients(knowledge(), item(wanted)))
    concerns = several(knowledge(), item(wanted).concerns)
    key = "similar_cheaper" if cheaper else "similar_found"
    key = key if any(one.shared for one in found) else "similar_concerns"
    intro = wording.say(key, product=wanted.title, main=main, concerns=concerns)
    rows = [(views[one.item.handle], _reason(wording, wanted, views[one.item.handle], one)) for one in found]
    show_list(dispatcher, wording, rows, [intro])
    return [view for view, _ in rows]


def in_stock_instead(products: ProductRepository, wanted: ProductView, known: Profile) -> List[ProductView]:
    """What is in stock and likest to a product that is sold out."""
    views = {view.handle: view for view in _candidates(products, wanted, cheaper=False)}
    found = alternatives(knowledge(), item(wanted), map(item, views.values()), known)[:MOST_INSTEAD]
    return [views[one.item.handle] for one in found]


def say_instead(wording: Wording, products: ProductRepository, wanted: ProductView, known: Profile) -> str:
    """What is in stock in place of a product that is sold out, in one sentence; empty where it is not sold out, or nothing
    is like it."""
    found = [] if wanted.in_stock else in_stock_instead(products, wanted, known)
    names = [f"{one.title} ({price(one)})" for one in found]
    return wording.say("stock_instead", products=" and ".join(names)) if names else ""


def _candidates(products: ProductRepository, wanted: ProductView, cheaper: bool) -> List[ProductView]:
    subject = item(wanted)
    kinds = (wanted.product_type, *(shop_types((subject.type,)) if subject.type else ()))
    query = ProductQuery(
        product_type=tuple(dict.fromkeys(kinds)),
        max_price=max(0, wanted.price_min - 1) if cheaper else None,
        in_stock=True,
        limit=CANDIDATES,
    )
    return products.search(query)


def _say_none(
    dispatcher: CollectingDispatcher,
    wording: Wording,
    products: ProductRepository,
    wanted: ProductView,
    known: Profile,
    cheaper: bool,
) -> None:
    """Nothing: where only the price stands in the way, the likest product at any price is named."""
    text = wording.say("similar_none_cheaper" if cheaper else "similar_none", product=wanted.title)
    views = {view.handle: view for view in _candidates(products, wanted, cheaper=False)} if cheaper else {}
    likest = alternatives(knowledge(), item(wanted), map(item, views.values()), known)[:1]
    cards = []
    for one in likest:
        view = views[one.item.handle]
        text = f"{text} {wording.say('similar_closest', product=view.title, price=units(view.price_min, view.currency), currency=view.currency)}"
        cards.append(card(view))
    dispatcher.utter_message(text=text, json_message={"body": text, "products": cards, "sources": []})


def _reason(wording: Wording, wanted: ProductView, other: ProductView, found: Alternative) -> str:
    """What both have, and the difference in price."""
    shared = several(knowledge(), found.shared)
    for_same = several(knowledge(), [one for one in item(other).concerns if one in item(wanted).concerns])
    parts = [wording.say("similar_shared", ingredients=shared) if shared else wording.say("reason_concerns", concerns=for_same)]
    difference = wanted.price_min - other.price_min
    if difference > 0 and wanted.currency == other.currency:
        parts.append(wording.say("similar_less", amount=units(difference, other.currency), currency=other.currency))
    return "; ".join(map(inside, parts))
