""" "Which of these for wrinkles?": which of the products shown last fit, or plainly that none does and what else would."""

from __future__ import annotations

import logging
import re
from functools import partial
from typing import Callable, List, Sequence, Tuple

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, memory, spoken, wishes
from actions.cards import card
from actions.catalogue import FLAGS, Listing, inci_names, of_kind, query, remember_shown
from actions.catalogue import against as speaks_against
from actions.items import item
from actions.listing import show_products, still_to_show
from actions.resources import database, knowledge
from actions.wording import Wording, inside
from bot.rules.advice import Profile
from bot.rules.conflicts import pregnancy_concerns
from bot.rules.items import key_ingredients, suggested
from bot.rules.names import several
from bot.store.errors import StoreError
from bot.store.repository import ProductRepository
from bot.store.views import ProductView

logger = logging.getLogger(__name__)
WHICH = re.compile(
    r"\bwhich\b|\bwhat one\b|\b(?:any|one|some|either|none|all) of (?:these|those|them|the)\b"
    r"|\bare (?:these|those|they|any|all)\b",
    re.I,
)
OF_SHOP = re.compile(r"\bwhich (?:of your|\w+ (?:do|have) you)\b|\bof your\b", re.I)
MOST_NAMED = 2
MINDED = frozenset({"medicine", "condition", "procedure"})
Test = Callable[[ProductView], bool]


def asks_which(tracker: Tracker) -> bool:
    """True where the message asks which of the products shown last fits."""
    message = conversation.wording(tracker)
    named = conversation.entities(tracker, "product", "ingredient", "family")
    named = [one for one in named if one["entity"] == "product" or one.get("role") != "negated"]
    minded = any(knowledge().safety[one].kind in MINDED for one in conversation.values(tracker, "safety"))
    if len(spoken.recent(tracker)) < 2 or named or minded or not WHICH.search(message) or OF_SHOP.search(message):
        return False
    return not conversation.values(tracker, "product_type") or bool(conversation.REFERS_BACK.search(message))


def which_of(
    dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, products: ProductRepository
) -> List[ProductView] | None:
    """Says which of the list fit what is asked for, the others left unsaid; None where the message asks no such thing."""
    found = products.by_handles(spoken.recent(tracker)[: spoken.MOST_PRODUCTS]) if asks_which(tracker) else []
    criterion = _criterion(tracker, wording) if found else None
    if criterion is None:
        return None
    asked, tests = criterion
    known = conversation.profile(tracker)
    fitting: List[ProductView] = next((those for fits in tests if (those := [one for one in found if fits(one)])), [])
    if not fitting:
        return _none(dispatcher, tracker, wording, products, asked, known)
    key = "which_all" if len(fitting) == len(found) else "which_fit" if len(fitting) > 1 else "which_one"
    names = [f"**{one.title}**" for one in fitting]
    text = wording.say(key, products=" and ".join([", ".join(names[:-1])] * bool(names[1:]) + names[-1:]), asked=asked)
    doctor = [wording.say("which_show_doctor")] if "pregnancy" in conversation.values(tracker, "safety") else []
    said = [text, *doctor, *(wording.line(reasons[0].line) for one in fitting if (reasons := speaks_against(one, known)))]
    why = [line for one in fitting[:MOST_NAMED] if (line := _why(wording, tracker, one))]
    text = " ".join([*said, *why])
    dispatcher.utter_message(
        text=text, json_message={"body": text, "products": [card(one) for one in fitting], "sources": []}
    )
    counted = spoken.recent(tracker) if len(fitting) == 1 else ()
    return Listing(fitting, products.by_handles(still_to_show(tracker)[1]) or found, wishes.kept(tracker), counted)


def say_which_of(dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording) -> List[EventType] | None:
    """The same for an action that has no products at hand, with what to remember; None also when the database is away."""
    if not asks_which(tracker):
        return None
    try:
        with database().session() as session:
            shown = which_of(dispatcher, tracker, wording, ProductRepository(session))
    except StoreError as error:
        logger.error("the products shown could not be read: %s", error)
        return None
    if shown is None:
        return None
    subject = shown[0].handle if len(shown) == 1 else None
    known = memory.remember_profile(conversation.kept_profile(tracker))
    remembered = remember_shown(conversation.as_intent(tracker, conversation.LOOKED_FOR), shown, subject)
    return [*known, SlotSet("times_lost", 0), *remembered]


def _criterion(tracker: Tracker, wording: Wording) -> tuple[str, Tuple[Test, ...]] | None:
    """What is asked for, in words, and whether a product is that: the plain test before the more lenient one."""
    data = knowledge()
    needs = conversation.values(tracker, *conversation.NEEDS)
    beside = _marks_and_contents(tracker, wording)
    if not needs and not beside:
        return None
    texts = [inside(wording.say("asked_for", needs=several(data, needs)))] if needs else []
    text = " and ".join([*texts, *(said for said, _ in beside)])
    ways = (_listed_for, _chosen_for) if needs else (_listed_for,)
    return text, tuple(partial(_fits, way, needs, tuple(test for _, test in beside)) for way in ways)


def _fits(way: Callable[[ProductView, Sequence[str]], bool], needs: Sequence[str], tests: Sequence[Test], one: ProductView) -> bool:
    return way(one, needs) and all(test(one) for test in tests)


def _marks_and_contents(tracker: Tracker, wording: Wording) -> List[tuple[str, Test]]:
    """The marks asked for, what must not be in it, and pregnancy: each in words and as a test."""
    found: List[tuple[str, Test]] = []
    message = conversation.wording(tracker).lower()
    flags = tuple(dict.fromkeys(flag for word, flag in FLAGS.items() if word in message))
    if flags:
        marks = " and ".join(one.replace("_", "-") for one in flags)
        found.append((inside(wording.say("asked_marked", marks=marks)), lambda one: set(flags) <= set(one.flags)))
    negated = conversation.values(tracker, "ingredient", "family", role="negated")
    if negated:
        names = {name for one in negated for name in inci_names(one, kept_out=True)}
        text = inside(wording.say("asked_without", ingredients=several(knowledge(), negated, last="or")))
        found.append((text, lambda one: bool(one.inci) and not names & set(one.inci)))
    if "pregnancy" in conversation.values(tracker, "safety"):
        found.append((inside(wording.say("asked_pregnancy")), _fine_in_pregnancy))
    return found


def _listed_for(product: ProductView, needs: Sequence[str]) -> bool:
    """True where the shop lists the product for all of these concerns and skin types."""
    known = item(product)
    return set(needs) <= {*known.concerns, *known.skin_types}


def _chosen_for(product: ProductView, needs: Sequence[str]) -> bool:
    """True where what a product is bought for is commonly chosen for each of these concerns; only where the shop does not
    say itself what it is for."""
    data, known = knowledge(), item(product)
    if known.concerns:
        return False
    bought_for = set(key_ingredients(data, known))
    return all(one in data.concerns and bought_for & set(suggested(data, known, (one,))) for one in needs)


def _fine_in_pregnancy(product: ProductView) -> bool:
    return bool(product.inci) and not any(pregnancy_concerns(knowledge(), item(product)))


def _why(wording: Wording, tracker: Tracker, product: ProductView) -> str:
    """What on the label speaks for it."""
    concerns = tuple(one for one in conversation.values(tracker, "concern"))
    helps = suggested(knowledge(), item(product), concerns) if concerns else ()
    if not helps:
        return ""
    return wording.say("which_why", product=product.title, ingredients=several(knowledge(), helps[:MOST_NAMED]))


def _none(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    wording: Wording,
    products: ProductRepository,
    asked: str,
    known: Profile,
) -> List[ProductView]:
    """That none of them fits, and what of the same kind in the shop does."""
    said = wording.say("which_none", asked=asked)
    wider = wishes.narrowed(tracker)
    sold = [one for one in of_kind(wider, products.search(query(wider, known))) if not speaks_against(one, known)]
    if "pregnancy" in conversation.values(tracker, "safety"):
        sold = [one for one in sold if _fine_in_pregnancy(one)]
    if not sold:
        dispatcher.utter_message(text=f"{said} {wording.say('which_no_other')}")
        return Listing(products.by_handles(spoken.recent(tracker)), [], wishes.kept(tracker))
    shown = show_products(
        dispatcher, wording, sold, [f"{said} {wording.say('which_instead')}"], wanted=query(wider, known)
    )
    shown.wish = wishes.of_message(wider)
    return shown
