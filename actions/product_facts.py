"""Price, stock, ingredients and marks of the products that a message names, straight from their rows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import List, Sequence, Tuple

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, spoken
from actions.cards import price, units
from actions.catalogue import ProductAction, named_types, of_kind, query, warnings
from actions.items import carries, item
from actions.kinds import kind_of
from actions.listing import show_products
from actions.resources import knowledge, label_reader
from actions.support import policy_text
from actions.wording import Wording, show
from bot.rules.advice import Advice, Line, Profile
from bot.rules.answers import answer
from bot.rules.facts import stated
from bot.rules.names import name, several
from bot.rules.schema import Verdict
from bot.store.repository import ProductRepository
from bot.store.views import ProductView, Sort

WHICH = re.compile(r"\b(?:which|what) (?:of )?(?:your|the|our|these|serums?|creams?|toners?|ampoules?|products?)\b|\bany of your\b", re.I)
MOST_INGREDIENTS = 12
ENDS: Tuple[Sort, Sort] = ("price", "dearest")
FEW, ALL = 6, 200


class ActionPrice(ProductAction):
    """The price of the product meant, the span of a kind of product, or that prices vary."""

    def name(self) -> str:
        return "action_price"

    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> List[ProductView]:
        cheapest = spoken.cheapest(tracker, products) if not named_types(tracker) else None
        if cheapest:
            dispatcher.utter_message(text=wording.say("cheapest", product=cheapest.title, price=price(cheapest)))
            return [cheapest]
        found = spoken.meant(tracker, products)
        if found:
            lines = [wording.say("price_of", product=one.title, price=price(one)) for one in found]
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
            dispatcher.utter_message(text=" ".join(_stock(wording, product) for product in found))
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
        one["value"]
        for one in conversation.entities(tracker, "ingredient", "family")
        if one["text"].lower() not in product.title.lower()
    ]
    return _on_label(wording, asked, product.inci, product.title)


def _on_label(wording: Wording, asked: Sequence[str], label: Sequence[str], title: str) -> List[str]:
    """Whether each of these ingredients or families stands on a label."""
    there = {label_reader().ingredient(name) for name in label}
    data, lines = knowledge(), []
    for one in dict.fromkeys(asked):
        members = set(data.families[one].members) if one in data.families and one not in data.ingredients else {one}
        key = "ingredient_in" if members & there else "ingredient_not_in"
        lines.append(wording.say(key, product=title, ingredient=several(data, [one])))
    return lines


class ActionVegan(ProductAction):
    """Whether the product meant is marked vegan or cruelty-free, or an ingredient comes from an animal; else products
    that are vegan."""

    def name(self) -> str:
        return "action_vegan"

    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> List[ProductView]:
        found = spoken.meant(tracker, products)[:1]
        if found:
            product = found[0]
            bare = "marks_not_vegan" if product.flags else "marks_none"
            from_animals = None if "vegan" in product.flags else _not_vegan(product)
            if from_animals:
                return _say_not_vegan(dispatcher, wording, product, *from_animals)
            lines = [] if "vegan" in product.flags else [wording.say(bare, product=product.title)]
            marks = ", ".join(flag.replace("_", " ") for flag in product.flags)
            if marks:
                lines.append(wording.say("marks_also" if lines else "marks_of", product=product.title, marks=marks))
            dispatcher.utter_message(text=" ".join(lines))
            return found
        kind = kind_of(tracker)
        if kind == "replace_vegan":
            show(dispatcher, wording, answer(knowledge(), conversation.question(tracker, kind)))
            return []
        ingredient = stated(knowledge(), "vegan", conversation.values(tracker, "ingredient"))
        if ingredient:
            show(dispatcher, wording, ingredient, polar=True)
            return []
        wanted = replace(query(tracker, conversation.profile(tracker)), flags=("vegan",), in_stock=True)
        sold = of_kind(tracker, products.search(wanted))
        if sold:
            return show_products(dispatcher, wording, sold, [policy_text(wording, "vegan")])
        dispatcher.utter_message(text=policy_text(wording, "vegan"))
        return []


def _not_vegan(product: ProductView) -> Tuple[str, Advice] | None:
    """The first ingredient of its label that is known to come from an animal, with what is said of it."""
    for one in item(product).ingredients:
        said = stated(knowledge(), "vegan", (one,))
        if said and said.verdict is Verdict.NO:
            return one, said
    return None


def _say_not_vegan(
    dispatcher: CollectingDispatcher, wording: Wording, product: ProductView, ingredient: str, said: Advice
) -> List[ProductView]:
    first = Line(key="not_vegan_lists", params={"product": product.title, "ingredient": name(knowledge(), ingredient)})
    show(dispatcher, wording, replace(said, lines=(first, *said.lines)), polar=True)
    return [product]
