"""Products found for a person: up to three, each with its reason. Only rows of the shop are ever named."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import AbstractSet as Set
from typing import List, Sequence

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, wishes
from actions.alternatives import INSTEAD, asks_for_cheaper, say_instead, show_alternatives
from actions.brands import ASKED_FOR_LIST, not_sold
from actions.catalogue import (
    MOST_PRODUCTS,
    OTHER_KIND,
    Listing,
    ProductAction,
    against,
    contents,
    named_types,
    nearest_kinds,
    of_kind,
    query,
    relaxed,
    warnings,
)
from actions.items import item
from actions.listing import cheaper_ones, goes_on_with_list, names_wishes, next_page, show_products
from actions.resources import knowledge
from actions.which_of import which_of
from actions.wording import Wording
from bot.rules.advice import Profile, Question
from bot.rules.answers import answer
from bot.rules.finder import DAILY, kinds_for
from bot.rules.items import key_ingredients
from bot.rules.names import looked_for, several
from bot.rules.ranking import Wants, in_order
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery, ProductView

DROPS_CONCERN = "wish_concern"
OF_BRAND = re.compile(r"\b(from|by|of the brand|products? of)\b", re.I)


class ActionFindProduct(ProductAction):
    """Up to three products that fit; says which wish was dropped, or plainly nothing when the shop has none."""

    recommends = True

    def name(self) -> str:
        return "action_find_product"

    def subject(self, tracker: Tracker, products: ProductRepository, shown: List[ProductView]) -> str | None:
        """The product that something like it was looked for, else the only one shown."""
        named = products.named_in(conversation.wording(tracker))
        if named and INSTEAD.search(conversation.wording(tracker)):
            return named[0].handle
        return super().subject(tracker, products, shown)

    def reply(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> List[ProductView]:
        fitting = which_of(dispatcher, tracker, wording, products)
        if fitting is not None:
            return fitting
        tracker = wishes.narrowed(tracker) if wishes.narrows(tracker) else tracker
        shown = self._found(dispatcher, tracker, wording, products)
        if isinstance(shown, Listing):
            same = goes_on_with_list(tracker) or (asks_for_cheaper(tracker, products) and not names_wishes(tracker))
            shown.wish = wishes.kept(tracker) if same else wishes.of_message(tracker)
        return shown

    def _found(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
    ) -> List[ProductView]:
        if goes_on_with_list(tracker):
            return next_page(dispatcher, tracker, wording, products)
        if asks_for_cheaper(tracker, products) and not names_wishes(tracker):
            return cheaper_ones(dispatcher, tracker, wording, products)
        known = conversation.profile(tracker)
        named = products.named_in(conversation.wording(tracker))[:MOST_PRODUCTS]
        if named and INSTEAD.search(conversation.wording(tracker)):
            return show_alternatives(dispatcher, tracker, wording, products, named[0])
        brands = tuple(products.brands_in(conversation.wording(tracker)) or products.brands_in(wishes.said(tracker)))
        if named and not OF_BRAND.search(conversation.wording(tracker)):
            intro = [wording.say("products_named")]
            instead = [text for one in named if (text := say_instead(wording, products, one, known))]
            return show_products(dispatcher, wording, named, intro, [*warnings(wording, named, known), *instead])
        missing = not_sold(conversation.wording(tracker), products)
        if missing:
            sold = listing(products.brands())
            dispatcher.utter_message(text=wording.say("brand_not_sold", brand=missing, brands=sold))
            return []
        if not brands and ASKED_FOR_LIST.search(conversation.wording(tracker)):
            dispatcher.utter_message(text=wording.say("brands_sold", brands=listing(products.brands())))
            return []
        wanted = replace(query(tracker, known), brands=brands)
        if brands and not conversation.values(tracker, "skin_type"):
            wanted = replace(wanted, skin_types=())
        if not (wanted.brands or wanted.product_type or wanted.concerns or wanted.skin_types or wanted.with_ingredients or wanted.flags):
            dispatcher.utter_message(text=wording.say("products_which"))
            return []
        near: List[ProductView] = []
        for attempt, dropped in relaxed(wanted):
            offered = products.search(attempt)
            if near and dropped == DROPS_CONCERN:
                kind = knowledge().product_types[named_types(tracker)[0]].name
                near = best_first(near, wanted, known, _sought(tracker))
                return show_products(dispatcher, wording, near, [wording.say("products_near_kind", kind=kind)], wanted=wanted)
            near = near or [one for one in offered if wanted.concerns and not against(one, known)]
            offered = nearest_kinds(tracker, offered) if dropped == OTHER_KIND else of_kind(tracker, offered)
            found = [one for one in offered if not against(one, known)]
            fitting = found if dropped == OTHER_KIND else best_first(found, attempt, known, _sought(tracker))
            if fitting:
                needs = bool(wanted.concerns or wanted.skin_types)
                intro = [_what_to_look_for(wording, tracker, known)] if needs else []
                wish = wording.say(dropped).lower() if dropped and dropped != OTHER_KIND else ""
                if dropped == OTHER_KIND:
                    intro.append(_of_other_kind(wording, tracker))
                elif dropped or not brands:
                    intro.append(wording.say("products_wish_dropped" if dropped else "products_found", wish=wish))
                else:
                    intro.append(wording.say("products_of_brand", brand=listing(brands), count=str(len(fitting))))
                hints = [] if needs else [wording.say("products_narrow")]
                sold_out = not any(one.in_stock for one in fitting)
                hints += [text] if sold_out and (text := say_instead(wording, products, fitting[0], known)) else []
                return show_products(dispatcher, wording, fitting, intro, hints, wanted)
        dispatcher.utter_message(text=wording.say("products_none"))
        return []


def best_first(
    found: List[ProductView], wanted: ProductQuery, known: Profile, sought: Set[str] = frozenset()
) -> List[ProductView]:
    """What is in stock first, then by what is wanted and told, as the finder ranks; brands never count. What is bought
    for one of the ingredients `sought` goes before what merely has it on the label."""
    views = {view.handle: view for view in found}
    told = replace(known, skin_types=tuple(wanted.skin_types))
    concerns = tuple(one for one in wanted.concerns if one in knowledge().concerns)
    types = () if wanted.product_type else kinds_for(knowledge(), DAILY, concerns)
    wants = Wants(types=types, concerns=concerns, profile=told)
    ordered = list(in_order(knowledge(), wants, map(item, found)))
    ordered.sort(key=lambda one: not set(key_ingredients(knowledge(), one)) & sought)
    return [views[one.handle] for one in ordered]


def _sought(tracker: Tracker) -> Set[str]:
    """Ids of the ingredients that the message asks for, with the other forms of each and the members of families."""
    data = knowledge()
    named = [looked_for(data, one) for one in contents(tracker)]
    return {member for one in named for member in (data.families[one].members if one in data.families else [one])}


def listing(names: Sequence[str]) -> str:
    """ "A, B and C"."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _what_to_look_for(wording: Wording, tracker: Tracker, known: Profile) -> str:
    """The rules' first sentence on the concern or skin type looked for."""
    needs = conversation.values(tracker, *conversation.NEEDS) or known.skin_types
    return wording.line(answer(knowledge(), Question("for_concern", needs=needs, profile=known)).lines[0])


def _of_other_kind(wording: Wording, tracker: Tracker) -> str:
    """That the kind named has none with what was asked for."""
    kind = knowledge().product_types[named_types(tracker)[0]]
    wished = several(knowledge(), conversation.values(tracker, "ingredient", "family"))
    return wording.say("products_other_kind", kind=kind.name, ingredients=wished)
