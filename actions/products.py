"""Products found for a person: up to three, each with its reason. Only rows of the shop are ever named."""

from __future__ import annotations

from typing import List, Sequence

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation
from actions.catalogue import (
    MOST_PRODUCTS,
    ProductAction,
    avoided_in_pregnancy,
    price,
    query,
    relaxed,
    warnings,
)
from actions.resources import knowledge
from actions.wording import Wording
from bot.rules.advice import Profile, Question
from bot.rules.answers import answer
from bot.rules.names import several
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView


class ActionFindProduct(ProductAction):
    """Up to three products that fit; says which wish was dropped, or plainly nothing when the shop has none."""

    def name(self) -> str:
        return "action_find_product"

    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> List[ProductView]:
        known = conversation.profile(tracker)
        named = products.named_in(conversation.text(tracker))[:MOST_PRODUCTS]
        if named:
            intro = [wording.say("products_named")]
            return show_products(dispatcher, wording, named, intro, warnings(wording, named, known))
        wanted = query(tracker, known)
        if not (wanted.product_type or wanted.concerns or wanted.skin_types or wanted.with_ingredients or wanted.flags):
            dispatcher.utter_message(text=wording.say("products_which"))
            return []
        for attempt, dropped in relaxed(wanted):
            fitting = [one for one in products.search(attempt) if not (known.pregnant and avoided_in_pregnancy(one))]
            if fitting:
                needs = bool(wanted.concerns or wanted.skin_types)
                intro = [_what_to_look_for(wording, tracker, known)] if needs else []
                wish = wording.say(dropped).lower() if dropped else ""
                intro.append(wording.say("products_wish_dropped" if dropped else "products_found", wish=wish))
                hints = [] if needs else [wording.say("products_narrow")]
                return show_products(dispatcher, wording, fitting[:MOST_PRODUCTS], intro, hints, wanted)
        dispatcher.utter_message(text=wording.say("products_none"))
        return []


def _what_to_look_for(wording: Wording, tracker: Tracker, known: Profile) -> str:
    """The rules' first sentence on the concern or skin type looked for."""
    needs = conversation.values(tracker, *conversation.NEEDS) or known.skin_types
    return wording.line(answer(knowledge(), Question("for_concern", needs=needs)).lines[0])


def reason(wording: Wording, product: ProductView, wanted: ProductQuery | None) -> str:
    """Why this product: the wishes it meets, else whom the shop made it for."""
    data = knowledge()
    concerns = [one for one in product.concerns if one in data.concerns]
    skin_types = [one for one in product.skin_types if one in data.skin_types]
    if wanted:
        concerns = [one for one in concerns if one in wanted.concerns] or concerns[:2]
        skin_types = [one for one in skin_types if one in wanted.skin_types] or skin_types[:2]
    parts = []
    if concerns:
        parts.append(wording.say("reason_concerns", concerns=several(data, concerns[:2])))
    if skin_types:
        parts.append(wording.say("reason_skin", skin=several(data, skin_types[:2])))
    return "; ".join(part[:1].lower() + part[1:] for part in parts)


def show_products(
    dispatcher: CollectingDispatcher,
    wording: Wording,
    found: List[ProductView],
    intro: Sequence[str],
    hints: Sequence[str] = (),
    wanted: ProductQuery | None = None,
) -> List[ProductView]:
    """A short list in text, and the same products as data for channels that show cards. Returns the products."""
    lines, cards = list(intro), []
    for product in found:
        why = reason(wording, product, wanted)
        stock = wording.say("in_stock" if product.in_stock else "out_of_stock").lower()
        lines.append(f"- **{product.title}**, {price(product)}, {stock}{f': {why}' if why else ''}")
        cards.append({
            "title": product.title, "brand": product.brand, "price": price(product), "in_stock": product.in_stock,
            "url": product.url, "image": product.image.src if product.image else None, "reason": why,
        })
    dispatcher.utter_message(
        text="\n".join([*lines, *hints]),
        json_message={"body": "\n".join([*intro, *hints]), "products": cards, "sources": []},
    )
    return found
