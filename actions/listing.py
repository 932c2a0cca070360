"""Lists of products, a few at a time: how many there are, "show more", "any cheaper ones?"."""

from __future__ import annotations

import re
from typing import List, Sequence

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, wishes
from actions.cards import price, show_list
from actions.catalogue import MOST_PRODUCTS, Listing, query
from actions.resources import knowledge
from actions.wording import Wording, inside
from bot.rules.names import several
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView

MORE = re.compile(r"\b(more|others?|next|rest|all of them|see all|show all|go on|continue|keep going)\b", re.I)
MOST_REASONS = 2
OF_ONE = re.compile(r"\b(like|similar|instead|this|it|its)\b", re.I)


def names_wishes(tracker: Tracker) -> bool:
    """True where the message says what is looked for: a kind, an ingredient, a need or a price."""
    return bool(conversation.entities(tracker, *conversation.ASKED_ABOUT, *conversation.NEEDS, "price"))


def goes_on_with_list(tracker: Tracker) -> bool:
    """True for "show me more" after a list; a new wish makes it a new search."""
    listed = bool(still_to_show(tracker)[1])
    message = conversation.wording(tracker)
    return listed and not names_wishes(tracker) and bool(MORE.search(message)) and not OF_ONE.search(message)


def reason(wording: Wording, product: ProductView, wanted: ProductQuery | None) -> str:
    """Why this product: the wishes it meets, else what the shop lists it for. Its skin types are told where one is asked
    for, or where there is nothing else to tell."""
    data = knowledge()
    concerns = [one for one in product.concerns if one in data.concerns]
    skin_types = [one for one in product.skin_types if one in data.skin_types]
    asked = [one for one in skin_types if wanted and one in wanted.skin_types]
    if wanted:
        concerns = [one for one in concerns if one in wanted.concerns] or concerns
    parts = []
    if concerns:
        parts.append(wording.say("reason_concerns", concerns=several(data, concerns[:MOST_REASONS])))
    if asked or not concerns:
        parts.append(wording.say("reason_skin", skin=several(data, asked or skin_types[:MOST_PRODUCTS])))
    return "; ".join(map(inside, parts)) if concerns or skin_types else ""


def show_products(
    dispatcher: CollectingDispatcher,
    wording: Wording,
    found: List[ProductView],
    intro: Sequence[str],
    hints: Sequence[str] = (),
    wanted: ProductQuery | None = None,
) -> Listing:
    """Shows the first of a list, each with its reason, and how many more there are. Returns those shown, which know the
    whole list."""
    return show_page(dispatcher, wording, found, found, intro, hints, wanted)


def show_page(
    dispatcher: CollectingDispatcher,
    wording: Wording,
    rest: Sequence[ProductView],
    found: Sequence[ProductView],
    intro: Sequence[str],
    hints: Sequence[str] = (),
    wanted: ProductQuery | None = None,
) -> Listing:
    """Shows the first of `rest`, which is what is still to be shown of `found`."""
    shown = rest[:MOST_PRODUCTS]
    left = len(rest) - len(shown)
    counted = [wording.say("products_count", count=str(len(found)), left=str(left))] if left else []
    rows = [(product, reason(wording, product, wanted)) for product in shown]
    show_list(dispatcher, wording, rows, intro, [*counted, *hints])
    return Listing(shown, found)


def still_to_show(tracker: Tracker) -> tuple[List[str], List[str]]:
    """Handles of the list shown last: those after the last one shown, and all of it. Empty where nothing was listed."""
    found = list((tracker.get_slot("in_mind") or {}).get("found") or [])
    shown = tracker.get_slot("last_products") or []
    after = found.index(shown[-1]) + 1 if shown and shown[-1] in found else 0
    return found[after:], found


def next_page(
    dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
) -> List[ProductView]:
    """The next products of the list shown last; that it was all where there are no more."""
    rest, found = still_to_show(tracker)
    if not rest:
        dispatcher.utter_message(text=wording.say("products_no_more"))
        return Listing([], [])
    listed = products.by_handles(found)
    left = [one for one in listed if one.handle in rest]
    return show_page(dispatcher, wording, left, listed, [wording.say("products_next")], wanted=looked_for(tracker))


def looked_for(tracker: Tracker) -> ProductQuery:
    """What the list shown last was looked for."""
    return query(wishes.narrowed(tracker), conversation.stored_profile(tracker))


def cheaper_ones(
    dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
) -> List[ProductView]:
    """Those of the whole list that cost less than any shown, the cheapest first; which is the cheapest where none does."""
    found = products.by_handles(still_to_show(tracker)[1])
    by_price = sorted(found, key=lambda one: (one.price_min, one.handle))
    listed_before = products.by_handles(tracker.get_slot("last_products") or [])
    lowest = min((one.price_min for one in listed_before), default=0)
    cheaper = [one for one in by_price if one.price_min < lowest]
    if cheaper:
        return show_products(dispatcher, wording, cheaper, [wording.say("products_cheaper")], wanted=looked_for(tracker))
    first = by_price[0]
    dispatcher.utter_message(text=wording.say("products_none_cheaper", product=first.title, price=price(first)))
    return Listing(listed_before, found)
