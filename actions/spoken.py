"""Which products a message speaks of: those it names, those listed last, the one in mind, or the page's.

A product named in the message wins over the page's. "It" is what was spoken of last on the same page; on a page of
another product it is that page's.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from rasa_sdk import Tracker

from actions import conversation
from actions.catalogue import shop_types
from actions.items import type_of
from actions.resources import database
from bot.store.errors import StoreError
from bot.store.repository import ProductRepository
from bot.store.text import words
from bot.store.views import ProductQuery, ProductView

logger = logging.getLogger(__name__)
MOST_PRODUCTS = 3
ORDINALS = (
    re.compile(r"\b(first|1st)\b(?!\s+(time|step|week|ingredient))|\bnumber (one|1)\b|\bno\.? ?1\b", re.I),
    re.compile(r"\b(second|2nd)\b|\bnumber (two|2)\b|\bno\.? ?2\b", re.I),
    re.compile(r"\b(third|3rd|last one)\b|\bnumber (three|3)\b|\bno\.? ?3\b", re.I),
)
FIRST_TWO = re.compile(r"\b(first|1st) (two|2)\b|\btop two\b", re.I)
CHEAPEST = re.compile(r"\b(cheapest|cheaper one|least expensive|lowest price)\b|\bwhich\b.{0,20}\b(cheaper|costs? less)\b", re.I)
SEVERAL = re.compile(r"\b(them|these|those|all three|both|the two|they|which( one)?)\b", re.I)
THIS = re.compile(r"\bthis( one| product)?\b", re.I)
EXPLETIVE = re.compile(
    r"\b(is|was|would|will)\s+(it|that|this)\s+(really |still |also |always |even )?(ok|okay|fine|safe|bad|good|true|possible|normal"
    r"|better|worth|necessary|important|wise|smart|wrong|right|harmful|dangerous|alright|enough|best)\b[^?.!]*?\b(to|if|that|when)\b"
    r"|\bit (matters?|depends|takes?)\b|\bdoes it matter\b|\bis it (just|only) me\b",
    re.I,
)


def listed(tracker: Tracker) -> list[str]:
    """Handles of the products shown last, in their order."""
    return list(tracker.get_slot("last_products") or [])


def in_mind(tracker: Tracker) -> str | None:
    """The handle of the product that "it" means; None where the talk was of something else."""
    kept: dict[str, Any] = tracker.get_slot("in_mind") or {}
    here = conversation.page(tracker)
    if here is None or kept.get("page") == here:
        this = here if THIS.search(conversation.wording(tracker)) else None
        return kept.get("handle") or this if kept else here
    return here


def recent(tracker: Tracker) -> list[str]:
    """Handles of the products that "them" means: those listed last, else those talked of lately."""
    handles = listed(tracker)
    return handles if len(handles) > 1 else list((tracker.get_slot("in_mind") or {}).get("recent") or [])


def named(tracker: Tracker, products: ProductRepository) -> list[ProductView]:
    """The products that the message names or counts off ("the second one")."""
    found = products.named_in(conversation.wording(tracker))[:MOST_PRODUCTS]
    return found or _read(products, _counted(tracker))


def names_a_product(tracker: Tracker) -> bool:
    """True when the message names a product of the shop; False too when the database is away."""
    try:
        with database().session() as session:
            return bool(ProductRepository(session).named_in(conversation.wording(tracker)))
    except StoreError as error:
        logger.error("a product could not be looked up: %s", error)
        return False


def meant(tracker: Tracker, products: ProductRepository) -> list[ProductView]:
    """The products that a question about the shop is about: those named, else the one in mind unless the message
    names a kind of product."""
    found = named(tracker, products)
    if found:
        return found
    pointed = _pointed_at(tracker, products)
    if pointed or conversation.values(tracker, "product_type"):
        return pointed or _only_one(tracker, products)
    return _read(products, [in_mind(tracker) or conversation.page(tracker)]) or latest(tracker, products)


def _only_one(tracker: Tracker, products: ProductRepository) -> list[ProductView]:
    """The one product that "the yuja ampoule" can mean: of that kind with that word in its title."""
    for kind in conversation.entities(tracker, "product_type"):
        word = re.search(rf"\b(?:the|your|ur|this|that)\s+([\w-]+)\s+{re.escape(kind['text'])}\b", conversation.wording(tracker), re.I)
        sold = products.search(ProductQuery(product_type=shop_types((kind["value"],)), text=word.group(1), limit=MOST_PRODUCTS)) if word else []
        titled = [one for one in sold if word and word.group(1).lower() in words(one.title)]
        if len(titled) == 1:
            return titled
    return []


def cheapest(tracker: Tracker, products: ProductRepository) -> ProductView | None:
    """The cheapest of the products talked of, where the message asks for that one."""
    if not CHEAPEST.search(conversation.wording(tracker)):
        return None
    found = named(tracker, products)
    among = found if len(found) > 1 else _read(products, recent(tracker))
    return min(among, key=lambda one: (one.price_min, one.handle)) if len(among) > 1 else None


def latest(tracker: Tracker, products: ProductRepository) -> list[ProductView]:
    """The first of the products shown last."""
    return _read(products, listed(tracker)[:1])


def subject(tracker: Tracker, products: ProductRepository, goes_on: bool = False) -> list[ProductView]:
    """The products that a skincare question is about; none where it is about skincare as such. `goes_on`: a question
    without a product is about the one in mind."""
    found = named(tracker, products)
    message = EXPLETIVE.sub(" ", conversation.wording(tracker))
    refers = goes_on or bool(conversation.REFERS_BACK.search(message))
    if len(found) > 1 or (found and not refers):
        return found
    if SEVERAL.search(message) and not found and conversation.intent(tracker) in OF_SEVERAL and len(recent(tracker)) > 1:
        return _read(products, recent(tracker)[:MOST_PRODUCTS])
    pointed = _pointed_at(tracker, products)
    last = pointed or _read(products, [in_mind(tracker)])
    others = conversation.entities(tracker, *conversation.SUBJECTS)
    bare = not others and len(message.split()) <= conversation.SHORT
    if last and (bare or pointed or (refers and _may_refer(tracker, last[0]))):
        return list({one.handle: one for one in (*last, *found)}.values())
    return found


OF_SEVERAL = frozenset({"ask_difference", "ask_better", "ask_together", "ask_strength", "ask_choose", "ask_for_skin_type", "ask_for_concern"})
WITH_OTHERS = OF_SEVERAL | {"ask_avoid_mixing", "ask_order", "ask_can_use", "follow_up", "ask_replace"}


def _may_refer(tracker: Tracker, product: ProductView) -> bool:
    """True unless the message has a subject of its own that the question is plainly about."""
    own = [one for one in conversation.entities(tracker, *conversation.SUBJECTS) if one["value"] != type_of(product)]
    return not own or conversation.intent(tracker) in WITH_OTHERS


def _pointed_at(tracker: Tracker, products: ProductRepository) -> list[ProductView]:
    """The product in mind, or the page's, where the message says "this serum" or "the serum" and it is one."""
    if not conversation.entities(tracker, "product_type"):
        return []
    candidates = _read(products, [in_mind(tracker), conversation.page(tracker)])
    return [product for product in candidates if _points_at(tracker, product)][:1]


def _points_at(tracker: Tracker, product: ProductView) -> bool:
    return any(
        one["value"] == type_of(product)
        and re.search(rf"\b(this|that|the)\s+{re.escape(one['text'])}\b", conversation.wording(tracker), re.I)
        for one in conversation.entities(tracker, "product_type")
    )


def others(tracker: Tracker, products: list[ProductView]) -> tuple[str, ...]:
    """The subjects of the message beside the products: not those that their names hold ("the *BHA* liquid")."""
    types = {type_of(product) for product in products}
    titles = [product.title.lower() for product in products]
    return tuple(
        dict.fromkeys(
            one["value"]
            for one in conversation.entities(tracker, *conversation.SUBJECTS)
            if one["value"] not in types
            and one.get("role") != "form"
            and not any(one["text"].lower() in title for title in titles)
        )
    )


def _counted(tracker: Tracker) -> list[str]:
    handles = listed(tracker)
    message = conversation.wording(tracker)
    if len(handles) > 1 and FIRST_TWO.search(message):
        return handles[:2]
    return [handle for handle, pattern in zip(handles, ORDINALS) if pattern.search(message)] if len(handles) > 1 else []


def _read(products: ProductRepository, handles: list[str] | list[str | None]) -> list[ProductView]:
    return [found for handle in handles if handle and (found := products.by_handle(handle))]
