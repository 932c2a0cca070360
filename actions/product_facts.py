"""Price, stock and ingredients of the products that a message names, straight from their rows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import List, Sequence, Tuple

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, spoken
from actions.alternatives import say_instead
from actions.cards import price, units
from actions.catalogue import ProductAction, inci_names, named_types, of_kind, query, warnings
from actions.items import carries
from actions.listing import show_products
from actions.resources import knowledge, label_reader
from actions.routine_costs import said_cost
from actions.support import policy_text
from actions.which_of import which_of
from actions.wording import Wording, show
from bot.rules.advice import Profile
from bot.rules.answers import answer
from bot.rules.names import several
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView, Sort

WHICH = re.compile(r"\b(?:which|what) (?:of )?(?:your|the|our|these|serums?|creams?|toners?|ampoules?|products?)\b|\bany of your\b", re.I)
FRAGRANCE = "fragrance"
MOST_NAMED = 3
MOST_INGREDIENTS = 12
ENDS: Tuple[Sort, Sort] = ("price", "dearest")
FEW, ALL = 6, 200
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
DEARER = re.compile(r"\b(?:more expensive|pricier|dearer|expensive version|fancier|overpriced)\b", re.I)
PRICE_ASKED = re.compile(r"\b(?:how much|price of|prices?|costs?)\b", re.I)
DELIVERY, DELIVERY_COST = "delivery", "delivery_cost"
OF_ALL: Tuple[Tuple[re.Pattern[str], Sort, str], ...] = (
    (re.compile(r"\b(?:cheapest|least expensive) (?:thing|product|item|one you)", re.I), "price", "price_cheapest"),
    (re.compile(r"\b(?:most expensive|dearest|priciest) (?:thing|product|item|one you)", re.I), "dearest", "price_dearest"),
)


class ActionPrice(ProductAction):
    """The price of the product meant, the span of a kind of product, or that prices vary."""

    def name(self) -> str:
        return "action_price"

    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> List[ProductView]:
        if _compares_kinds(tracker):
            show(dispatcher, wording, answer(knowledge(), conversation.question(tracker, "difference")))
            return []
        said = _beside_products(tracker, wording, products)
        if said:
            dispatcher.utter_message(text=said)
            return []
        cheapest = spoken.cheapest(tracker, products) if not named_types(tracker) else None
        if cheapest:
            dispatcher.utter_message(text=wording.say("cheapest", product=cheapest.title, price=price(cheapest)))
            return [cheapest]
        found = spoken.meant(tracker, products)
        if found:
            lines = [_price_of(wording, tracker, one) for one in found]
            dispatcher.utter_message(text=" ".join([*lines, *warnings(wording, found, conversation.profile(tracker))]))
            return found
        sold, dearest = (_first_of_kind(tracker, products, sort) for sort in ENDS)
        if not sold or not dearest:
            dispatcher.utter_message(text=wording.say("price_which"))
            return []
        kind = knowledge().product_types[named_types(tracker)[0]]
        low, high = sold[0].price_min, dearest[0].price_max
        dispatcher.utter_message(
            text=wording.say(
                "price_one" if low == high else "price_span",
                products=kind.plural or f"{kind.name}s",
                low=units(low, sold[0].currency),
                high=units(high, sold[0].currency),
                currency=sold[0].currency,
                cheapest=sold[0].title,
            )
        )
        return sold[:1]


def _compares_kinds(tracker: Tracker) -> bool:
    """True for "is an ampoule just a more expensive serum?", which asks for no price."""
    message = conversation.wording(tracker)
    return len(set(named_types(tracker))) > 1 and bool(DEARER.search(message)) and not PRICE_ASKED.search(message)


def _beside_products(tracker: Tracker, wording: Wording, products: ProductRepository) -> str:
    """What a question for a price means that is about no product: delivery that was talked of last, a whole routine, the
    ends of the whole shop; empty where it is about products."""
    if conversation.entities(tracker, *conversation.SUBJECTS, "product"):
        return ""
    before = tracker.get_slot("in_mind") or {}
    if (before.get("policy") or "").startswith(DELIVERY):
        return policy_text(wording, DELIVERY_COST, f"{conversation.text(tracker)} {before.get('said') or ''}")
    for pattern, sort, key in OF_ALL:
        if pattern.search(conversation.wording(tracker)):
            one = products.search(ProductQuery(sort=sort, limit=1))[0]
            amount = one.price_min if sort == "price" else one.price_max
            return wording.say(key, product=one.title, price=f"{units(amount, one.currency)} {one.currency}")
    return said_cost(tracker, wording, products)


def _price_of(wording: Wording, tracker: Tracker, product: ProductView) -> str:
    """The price of the size that the message names, else of all sizes."""
    numbers = {float(one) for one in NUMBER.findall(conversation.wording(tracker))}
    sizes = [one for one in product.variants if one.amount in numbers]
    if len(sizes) != 1 or len(product.variants) == 1:
        return wording.say("price_of", product=product.title, price=price(product))
    amount = f"{units(sizes[0].price, sizes[0].currency)} {sizes[0].currency}"
    return wording.say("price_size", product=product.title, size=sizes[0].size, price=amount)


def _first_of_kind(tracker: Tracker, products: ProductRepository, sort: Sort) -> List[ProductView]:
    """The first products in this order of the kind that the message names; more are read where the first ones are of
    a kind beside it."""
    wanted = replace(query(tracker, Profile()), sort=sort)
    said = [one["text"] for one in conversation.entities(tracker, "product_type")]
    found: List[ProductView] = []
    for limit in (FEW, ALL):
        found = of_kind(tracker, products.search(replace(wanted, limit=limit))) if wanted.product_type else []
        if any(carries(one, said) for one in found):
            break
    return found


class ActionStock(ProductAction):
    """Whether the product meant is in stock, size by size; else what of the kind is."""

    def name(self) -> str:
        return "action_stock"

    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> List[ProductView]:
        found = spoken.meant(tracker, products)
        if found:
            known = conversation.profile(tracker)
            lines = [part for one in found for part in (_stock(wording, one), say_instead(wording, products, one, known)) if part]
            dispatcher.utter_message(text=" ".join(lines))
            return found
        wanted = query(tracker, Profile())
        if wanted.product_type or wanted.with_ingredients:
            sold = of_kind(tracker, products.search(replace(wanted, in_stock=True)))
            if sold:
                return show_products(dispatcher, wording, sold, [wording.say("products_in_stock")])
        dispatcher.utter_message(text=wording.say("stock_which"))
        return []


def _stock(wording: Wording, product: ProductView) -> str:
    here = ", ".join(variant.size for variant in product.variants if variant.in_stock)
    out = ", ".join(variant.size for variant in product.variants if not variant.in_stock)
    if not here:
        return wording.say("stock_no", product=product.title)
    text = wording.say("stock_yes", product=product.title, sizes=here)
    return f"{text} {wording.say('stock_sizes_out', sizes=out)}" if out else text


class ActionProductIngredients(ProductAction):
    """What is in the product meant, and whether the ingredient asked about is."""

    def name(self) -> str:
        return "action_product_ingredients"

    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> List[ProductView]:
        fitting = which_of(dispatcher, tracker, wording, products)
        if fitting is not None:
            return fitting
        found = spoken.meant(tracker, products)[:1]
        asked = conversation.question(tracker, "what_is")
        pasted = tracker.get_slot("last_label")
        named = conversation.values(tracker, "ingredient", "family") + conversation.values(
            tracker, "ingredient", "family", role="negated"
        )
        if not found and named and named_types(tracker) and WHICH.search(conversation.wording(tracker)):
            sold = products.search(query(tracker, conversation.profile(tracker)))
            if sold:
                return show_products(dispatcher, wording, sold, [wording.say("products_found")])
            dispatcher.utter_message(text=wording.say("products_none"))
            return []
        if not found and pasted and named:
            dispatcher.utter_message(text=" ".join(_on_label(wording, named, pasted, wording.say("label_yours").lower())))
            return []
        if not found and (asked.subjects or asked.forms):
            show(dispatcher, wording, answer(knowledge(), asked))
            return []
        if not found:
            dispatcher.utter_message(text=wording.say("ingredients_which"))
            return []
        product = found[0]
        if not product.ingredients:
            dispatcher.utter_message(text=wording.say("ingredients_unknown", product=product.title))
            return found
        lines = _asked_about(wording, tracker, product)
        if not lines:
            lines = [_starts_with(wording, product)]
        dispatcher.utter_message(text=" ".join([*lines, *warnings(wording, found, conversation.profile(tracker))]))
        return found


def _starts_with(wording: Wording, product: ProductView) -> str:
    first = ", ".join(product.ingredients[:MOST_INGREDIENTS])
    more = len(product.ingredients) - MOST_INGREDIENTS
    key = "ingredients_more" if more > 0 else "ingredients_all"
    return wording.say(key, product=product.title, ingredients=first, count=str(more))


def _asked_about(wording: Wording, tracker: Tracker, product: ProductView) -> List[str]:
    """Whether each ingredient named beside the product is on its label; those of its title do not count as asked."""
    asked = [
        one
        for one in conversation.entities(tracker, "ingredient", "family")
        if one["text"].lower() not in product.title.lower()
    ]
    free_of = [one["value"] for one in asked if one.get("role") == "negated"]
    contains = [one["value"] for one in asked if one["value"] not in free_of]
    scents = _beside(product, FRAGRANCE) if FRAGRANCE in contains else ""
    lines = [_free_of(wording, product, one) for one in dict.fromkeys(free_of)]
    if scents:
        lines.append(wording.say("ingredient_in", product=product.title, ingredient=scents))
        contains.remove(FRAGRANCE)
    return [*lines, *_on_label(wording, contains, product.inci, product.title)]


def _free_of(wording: Wording, product: ProductView, subject: str) -> str:
    """Whether a product is free of an ingredient or family: who wants no fragrance wants none of its components."""
    found = _beside(product, subject)
    params = {"product": product.title, "ingredient": several(knowledge(), [subject])}
    return wording.say("free_of_not", names=found, **params) if found else wording.say("free_of", **params)


def _beside(product: ProductView, subject: str) -> str:
    """What of a subject stands on the label, as it is printed."""
    names = set(inci_names(subject, kept_out=True))
    found = [printed for printed, one in zip(product.ingredients, product.inci) if one in names]
    return ", ".join(found[:MOST_NAMED])


def _on_label(wording: Wording, asked: Sequence[str], label: Sequence[str], title: str) -> List[str]:
    """Whether each of these ingredients or families stands on a label."""
    there = {label_reader().ingredient(name) for name in label}
    data, lines = knowledge(), []
    for one in dict.fromkeys(asked):
        members = set(data.families[one].members) if one in data.families and one not in data.ingredients else {one}
        key = "ingredient_in" if members & there else "ingredient_not_in"
        lines.append(wording.say(key, product=title, ingredient=several(data, [one])))
    return lines
