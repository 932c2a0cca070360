"""Answers skincare questions whose subject is a product of the shop, through its kind and its label."""

from __future__ import annotations

import itertools
import logging
import re
from dataclasses import replace
from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, memory, spoken, wishes
from actions.alternatives import INSTEAD, show_alternatives
from actions.cards import price, sizes
from actions.catalogue import CANDIDATES, shop_types
from actions.companions import companions
from actions.comparing import show_comparison
from actions.items import carries, item, type_of
from actions.listing import still_to_show
from actions.resources import database, knowledge
from actions.wording import Wording, show
from bot.rules.advice import Advice, Question, line_of, merge
from bot.rules.products import about, both
from bot.rules.schema import Verdict
from bot.store.errors import StoreError
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView

logger = logging.getLogger(__name__)
COMPARED = frozenset({"difference", "better", "strength", "choose"})
COMPARE = re.compile(r"\b(compar\w*|versus|vs\.?|side by side|which( one| of \w+)?)\b|\bdifferen\w+ between\b", re.I)
GOES_WITH = re.compile(r"\b(goes?|pairs?|combines?|works?) (well |best |nicely )?with\b", re.I)
PAIRED = frozenset({"together", "order", "next_step", "avoid_mixing"})


def reply_about(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    domain: Dict[str, Any],
    asked: Question,
    goes_on: bool = False,
) -> List[EventType] | None:
    """Answers a skincare question about products of the shop; None where it is about none, or the database is away
    (what can be said without the product is said then). `goes_on`: the message goes on about the product in mind."""
    try:
        with database().session() as session:
            products = ProductRepository(session)
            cheapest = spoken.cheapest(tracker, products)
            if cheapest:
                dispatcher.utter_message(text=Wording(domain).say("cheapest", product=cheapest.title, price=price(cheapest)))
                return [SlotSet("times_lost", 0), memory.keep_in_mind(tracker, cheapest.handle)]
            found = _with_only_one(tracker, products, spoken.subject(tracker, products, goes_on))
            return _reply(dispatcher, tracker, Wording(domain), asked, found, products) if found else None
    except StoreError as error:
        logger.error("a product could not be looked up: %s", error)
        return None


def _with_only_one(tracker: Tracker, products: ProductRepository, found: List[ProductView]) -> List[ProductView]:
    """The products meant, before them the one that "your peptide ampoule" means where the shop has exactly one ampoule
    with peptide in its title: what its label holds is surer than what is said of peptides at large."""
    message = conversation.wording(tracker)
    contents, kinds = conversation.entities(tracker, "ingredient", "family"), conversation.entities(tracker, "product_type")
    for content, kind in itertools.product(contents, kinds):
        if not re.search(rf"\b(?:your|ur)\s+{re.escape(content['text'])}\s+{re.escape(kind['text'])}\b", message, re.I):
            continue
        sold = products.search(ProductQuery(product_type=shop_types((kind["value"],)), limit=CANDIDATES))
        titled = [one for one in sold if type_of(one) == kind["value"] and carries(one, [content["text"]])]
        if len(titled) == 1 and titled[0].handle not in [one.handle for one in found]:
            return [titled[0], *found]
    return found


def _reply(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    wording: Wording,
    asked: Question,
    found: List[ProductView],
    products: ProductRepository,
) -> List[EventType] | None:
    if len(found) > 1 and (asked.kind in COMPARED or COMPARE.search(conversation.wording(tracker))):
        show_comparison(dispatcher, wording, found, asked.profile)
        return _remember(tracker, asked, found)
    if GOES_WITH.search(conversation.wording(tracker)):
        asked = replace(asked, kind="together")
    if asked.kind == "packaging":
        dispatcher.utter_message(text=" ".join(sizes(wording, product) for product in found))
        return _remember(tracker, asked, found)
    if asked.kind == "allergy" and not asked.safety and found[0].ingredients:
        label = wording.say("ingredients_all", product=found[0].title, ingredients=", ".join(found[0].ingredients))
        dispatcher.utter_message(text=f"{label} {wording.say('allergy_label')}")
        return _remember(tracker, asked, found[:1])
    if asked.kind == "replace" and not INSTEAD.search(conversation.wording(tracker)):
        asked = replace(asked, kind="can_use")
    if asked.kind == "replace":
        return _remember(tracker, asked, show_alternatives(dispatcher, tracker, wording, products, found[0]))
    needs = conversation.values(tracker, *conversation.NEEDS)
    question = replace(asked, subjects=spoken.others(tracker, found), forms=(), needs=needs)
    items = [item(product) for product in found]
    if len(items) > 1 and asked.kind in PAIRED:
        advice = both(knowledge(), question, items[0], items[1])
    else:
        found = found[:1]
        advice = about(knowledge(), question, items[0])
    if advice is None:
        return None
    if GOES_WITH.search(conversation.wording(tracker)) and len(found) == 1 and not question.subjects:
        fitting = companions(products, found[0], asked.profile)
        advice = replace(advice, lines=(*advice.lines, fitting)) if fitting else advice
    advice = _doctor_first(asked, advice)
    show(dispatcher, wording, advice, polar=asked.polar)
    return memory.remember(tracker, question, advice) + _remember(tracker, asked, found)


def _doctor_first(asked: Question, advice: Advice) -> Advice:
    """With a skin condition named in the question ("does it work for melasma?") first what is to be minded with it."""
    entries = [knowledge().safety[one] for one in asked.safety if knowledge().safety[one].kind == "condition"]
    if not entries or advice.verdict is Verdict.DOCTOR:
        return advice
    lines = (line_of(knowledge(), entries[0].say), *advice.lines)
    return replace(advice, verdict=Verdict.DOCTOR, lines=lines, sources=merge(tuple(entries[0].sources), advice.sources))


def _remember(tracker: Tracker, asked: Question, found: List[ProductView]) -> List[EventType]:
    """The products spoken of; the list that they are out of can still be narrowed."""
    handles = [product.handle for product in found]
    of_list = set(handles) <= set(tracker.get_slot("last_products") or ())
    wish = wishes.kept(tracker) if of_list else None
    found_before = still_to_show(tracker)[1] if len(handles) > 1 and of_list else ()
    return [
        *memory.remember_profile(conversation.kept_profile(tracker)),
        SlotSet("times_lost", 0),
        SlotSet("last_products", handles),
        memory.keep_in_mind(tracker, handles[0] if len(handles) == 1 else None, found=found_before, wish=wish),
    ]
