"""Vegan and cruelty-free: the marks of the product that a message names, or which products carry them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import List, Tuple

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, spoken
from actions.catalogue import ProductAction, of_kind, query
from actions.items import item
from actions.kinds import kind_of
from actions.listing import show_products
from actions.resources import knowledge
from actions.support import policy_text
from actions.which_of import which_of
from actions.wording import Wording, show
from bot.rules.advice import Advice, Line
from bot.rules.answers import answer
from bot.rules.facts import stated
from bot.rules.names import name
from bot.rules.schema import Verdict
from bot.store.repository import ProductRepository
from bot.store.views import ProductView

OF_ANIMALS = re.compile(r"\b(?:cruelty|animals?|tested|testing|bunny)\b", re.I)


class ActionVegan(ProductAction):
    """Whether the product meant is marked vegan or cruelty-free, or an ingredient comes from an animal; else products
    that are vegan."""

    def name(self) -> str:
        return "action_vegan"

    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> List[ProductView]:
        fitting = which_of(dispatcher, tracker, wording, products)
        if fitting is not None:
            return fitting
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
        mark = "cruelty_free" if OF_ANIMALS.search(conversation.wording(tracker)) else "vegan"
        wanted = replace(query(tracker, conversation.profile(tracker)), flags=(mark,), in_stock=True)
        sold = of_kind(tracker, products.search(wanted))
        if sold:
            intro = f"{policy_text(wording, 'vegan')} {wording.say('products_marked', marks=mark.replace('_', '-'))}"
            return show_products(dispatcher, wording, sold, [intro])
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
