"""The shop's products: found, priced, in stock or not, and what is in them. Only rows of the shop are ever named."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any, Dict, List, Tuple

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions import conversation
from actions.resources import database, knowledge
from actions.support import policy_text
from actions.wording import Wording
from bot.rules.advice import Profile, Question
from bot.rules.answers import answer
from bot.rules.names import several
from bot.rules.safety import pregnancy_status
from bot.store.repository import ProductRepository
from bot.store.views import AnyOf, ProductQuery, ProductView

logger = logging.getLogger(__name__)
MOST_PRODUCTS = 3
MOST_INGREDIENTS = 12


def price(product: ProductView) -> str:
    """The price with its ISO currency, a span where sizes differ: "18.00 USD", "18.00 to 32.00 USD"."""
    low, high = product.price_min / 100, product.price_max / 100
    span = f"{low:.2f}" if low == high else f"{low:.2f} to {high:.2f}"
    return f"{span} {product.currency}"


def shop_types(type_ids: Tuple[str, ...]) -> Tuple[str, ...]:
    """The shop's own words for product types of the knowledge: slugs of every name they go by."""
    types = knowledge().product_types
    texts = [text for one in type_ids for text in (one, types[one].name, *types[one].aliases)]
    return tuple(dict.fromkeys(text.lower().replace(" ", "_").replace("-", "_") for text in texts))


def inci_names(subject_id: str) -> AnyOf:
    """Every label name under which an ingredient or a member of a family may stand."""
    data = knowledge()
    members = data.families[subject_id].members if subject_id in data.families else [subject_id]
    return tuple(data.ingredients[one].inci for one in members if one in data.ingredients)


def query(tracker: Tracker, known: Profile) -> ProductQuery:
    """What the message looks for. The profile's skin type counts where the message names none."""
    types = conversation.values(tracker, "product_type") + conversation.values(tracker, "product_type", role="form")
    prices = conversation.values(tracker, "price")
    without = [name for one in conversation.values(tracker, "ingredient", "family", role="negated")
               for name in inci_names(one)]
    return ProductQuery(
        product_type=shop_types(types) or None,
        concerns=conversation.values(tracker, "concern"),
        skin_types=conversation.values(tracker, "skin_type") or known.skin_types,
        with_ingredients=tuple(inci_names(one) for one in conversation.values(tracker, "ingredient", "family")),
        without_ingredients=tuple(without),
        max_price=int(float(prices[0]) * 100) if prices else None,
        limit=MOST_PRODUCTS * 4,
    )


def relaxed(wanted: ProductQuery) -> List[ProductQuery]:
    """The query, then the same with the less important wishes dropped, one after another."""
    return [
        wanted,
        replace(wanted, skin_types=()),
        replace(wanted, skin_types=(), concerns=()),
    ]


def suitable(product: ProductView, known: Profile) -> bool:
    """False for a product with an ingredient to be avoided in this person's pregnancy."""
    if not known.pregnant:
        return True
    inci = set(product.inci)
    for ingredient_id, ingredient in knowledge().ingredients.items():
        status = pregnancy_status(knowledge(), ingredient_id)
        if status and status[0] == "avoid" and ingredient.inci.lower() in {name.lower() for name in inci}:
            return False
    return True


class _ProductAction(Action, ABC):
    """Reads products in one short session; a database that does not answer gets a clear reply and a log line."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        wording = Wording(domain)
        try:
            with database().session() as session:
                self.reply(dispatcher, tracker, wording, ProductRepository(session))
        except SQLAlchemyError:
            logger.exception("the shop's database did not answer")
            dispatcher.utter_message(text=wording.say("shop_unreachable"))
        return [SlotSet("times_lost", 0), *conversation.remember_profile(conversation.profile(tracker))]

    @abstractmethod
    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> None:
        """Answers from the repository."""


class ActionFindProduct(_ProductAction):
    """Up to three products that fit, each with its reason; plainly nothing when the shop has none."""

    def name(self) -> str:
        return "action_find_product"

    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> None:
        known = conversation.profile(tracker)
        named = products.named_in(conversation.text(tracker))
        if named:
            show_products(dispatcher, wording, named[:MOST_PRODUCTS], wording.say("products_named"), ())
            return
        wanted = query(tracker, known)
        if wanted == ProductQuery(limit=wanted.limit):
            dispatcher.utter_message(text=wording.say("products_which"))
            return
        for step, attempt in enumerate(relaxed(wanted)):
            found = [product for product in products.search(attempt) if suitable(product, known)][:MOST_PRODUCTS]
            if found:
                vague = not (wanted.concerns or wanted.skin_types)
                hint = wording.say("products_narrow") if vague else _what_to_look_for(wording, tracker, known)
                intro = wording.say("products_found" if step == 0 else "products_close")
                show_products(dispatcher, wording, found, intro, (hint,), wanted)
                return
        dispatcher.utter_message(text=wording.say("products_none"))


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
    intro: str,
    hints: Tuple[str, ...],
    wanted: ProductQuery | None = None,
) -> None:
    """A short list in text, and the same products as data for channels that show cards."""
    lines, cards = [intro], []
    for product in found:
        why = reason(wording, product, wanted)
        stock = wording.say("in_stock" if product.in_stock else "out_of_stock").lower()
        lines.append(f"- **{product.title}** ({product.brand}), {price(product)}, {stock}{f': {why}' if why else ''}")
        cards.append({
            "title": product.title, "brand": product.brand, "price": price(product), "in_stock": product.in_stock,
            "url": product.url, "image": product.image.src if product.image else None, "reason": why,
        })
    body = "\n".join([intro, *hints])
    text = "\n".join([*lines, *hints])
    dispatcher.utter_message(text=text, json_message={"body": body, "products": cards, "sources": []})


class ActionPrice(_ProductAction):
    """The price of the product named, the span of a kind of product, or that prices vary."""

    def name(self) -> str:
        return "action_price"

    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> None:
        named = products.named_in(conversation.text(tracker))
        if named:
            lines = [wording.say("price_of", product=one.title, price=price(one)) for one in named[:MOST_PRODUCTS]]
            dispatcher.utter_message(text=" ".join(lines))
            return
        wanted = query(tracker, Profile())
        found = products.search(replace(wanted, sort="price", limit=200)) if wanted.product_type else []
        if not found:
            dispatcher.utter_message(text=wording.say("price_which"))
            return
        low, high = min(one.price_min for one in found) / 100, max(one.price_max for one in found) / 100
        types = conversation.values(tracker, "product_type") or conversation.values(tracker, "product_type", role="form")
        name = knowledge().product_types[types[0]].plural or knowledge().product_types[types[0]].name
        span = wording.say(
            "price_span", products=name, low=f"{low:.2f}", high=f"{high:.2f}", currency=found[0].currency,
            cheapest=found[0].title,
        )
        dispatcher.utter_message(text=span)


class ActionStock(_ProductAction):
    """Whether the product named is in stock, by size."""

    def name(self) -> str:
        return "action_stock"

    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> None:
        named = products.named_in(conversation.text(tracker))
        lines = []
        for product in named[:MOST_PRODUCTS]:
            key = "stock_yes" if product.in_stock else "stock_no"
            lines.append(wording.say(key, product=product.title, sizes=", ".join(product.sizes)))
        if lines:
            dispatcher.utter_message(text=" ".join(lines))
            return
        wanted = query(tracker, Profile())
        if wanted.product_type or wanted.with_ingredients:
            found = products.search(replace(wanted, in_stock=True, limit=MOST_PRODUCTS))
            if found:
                show_products(dispatcher, wording, found, wording.say("products_in_stock"), ())
                return
        dispatcher.utter_message(text=wording.say("stock_which"))


class ActionProductIngredients(_ProductAction):
    """What is in the product named, and whether the ingredient asked about is."""

    def name(self) -> str:
        return "action_product_ingredients"

    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> None:
        named = products.named_in(conversation.text(tracker))
        if not named:
            dispatcher.utter_message(text=wording.say("ingredients_which"))
            return
        product = named[0]
        if not product.ingredients:
            dispatcher.utter_message(text=wording.say("ingredients_unknown", product=product.title))
            return
        label = {name.lower() for name in product.inci}
        lines = []
        for one in conversation.values(tracker, "ingredient", "family"):
            names = inci_names(one)
            key = "ingredient_in" if any(name.lower() in label for name in names) else "ingredient_not_in"
            lines.append(wording.say(key, product=product.title, ingredient=several(knowledge(), [one])))
        first = ", ".join(product.ingredients[:MOST_INGREDIENTS])
        more = len(product.ingredients) - MOST_INGREDIENTS
        key = "ingredients_more" if more > 0 else "ingredients_all"
        lines.append(wording.say(key, product=product.title, ingredients=first, count=str(more)))
        dispatcher.utter_message(text=" ".join(lines))


class ActionVegan(_ProductAction):
    """Whether the product named is marked vegan or cruelty-free; else products that are."""

    def name(self) -> str:
        return "action_vegan"

    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> None:
        named = products.named_in(conversation.text(tracker))
        if named:
            for product in named[:1]:
                marks = [flag.replace("_", " ") for flag in product.flags]
                key = "marks_of" if marks else "marks_none"
                dispatcher.utter_message(text=wording.say(key, product=product.title, marks=", ".join(marks)))
            return
        found = products.search(replace(query(tracker, Profile()), flags=("vegan",), in_stock=True, limit=MOST_PRODUCTS))
        if found:
            show_products(dispatcher, wording, found, policy_text(wording, "vegan"), ())
        else:
            dispatcher.utter_message(text=policy_text(wording, "vegan"))
