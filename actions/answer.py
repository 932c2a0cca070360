"""Answers every skincare question: about a product of the shop where one is meant, else through the rules alone."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import date
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, memory
from actions.about_product import reply_about
from actions.catalogue import named_types, run_for
from actions.follow_up import ActionFollowUp
from actions.handing_on import DISCOUNT, uses_two_codes
from actions.kinds import kind_of
from actions.resources import knowledge
from actions.routine_costs import asks_what_to_drop, say_what_to_drop
from actions.routine_talk import go_on, meant
from actions.sizes import asks_for_sizes, say_sizes
from actions.skincare import YES_OR_NO, reply
from actions.spoken import CHEAPEST
from actions.which_of import asks_which, say_which_of
from actions.wording import Wording, show
from bot.nlu.dates import about_pack_dates, printed_in
from bot.rules.label_dates import dated

YES_OR_NO_OF_PRODUCTS = YES_OR_NO | {"for_concern"}
NEVER_OF_PRODUCTS = frozenset({"report_reaction", "comedogenic", "cause", "popular", "my_skin_type"})
MINDED = frozenset({"medicine", "condition", "procedure", "red_flag"})
FROM_SHOP = re.compile(
    r"\bwhat(?:'?s| is| are|'?ve| have| else| products?)? (?:do |would |can |could )?(?:you|u|ya)(?: guys)? (?:have|got|sell|stock|carry|recommend)\b"
    r"|\b(?:what|anything|something)\b[^.?!]* (?:in|from) (?:your|ur|the) (?:shop|store|range|products)\b"
    r"|\bdo (?:you|u)(?: guys)? (?:have|sell|stock|carry) (?:any|some)|\bwhich of (?:your|ur)\b",
    re.I,
)
OF_WISHES = frozenset({"ask_texture", "ask_choose", "ask_for_skin_type", "ask_for_concern"})
ABOUT_OWN = re.compile(r"\b(?:my|mine|explain|tell|means?|says?|help)\b", re.I)
ASKED_POLITELY = re.compile(r"\b(?:pls|plz|please)\W*$", re.I)
MEANS = re.compile(r"\b(?:mean\w*|stands? for|what(?:'?s| is| are| does)(?! it))\b", re.I)
TURNED_ROUND = re.compile(r"\b(skip|without|stop|leave out|instead|too)\b", re.I)


class ActionAnswer(Action):
    """The kind is the intent's name."""

    def name(self) -> str:
        return "action_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        if uses_two_codes(tracker):
            return await run_for(DISCOUNT, dispatcher, tracker, domain)
        if _may_be_of_shop(tracker):
            instead = await asyncio.to_thread(_of_shop, dispatcher, tracker, Wording(domain))
            if instead is not None:
                return instead
        if asks_for_products(tracker):
            return await run_for(conversation.LOOKED_FOR, dispatcher, tracker, domain)
        if CHEAPEST.search(conversation.wording(tracker)) and _names_only_a_kind(tracker):
            return await run_for("ask_price", dispatcher, tracker, domain)
        routine = meant(tracker)
        if routine:
            return await go_on(dispatcher, tracker, domain, routine)
        if conversation.goes_on(tracker):
            return await ActionFollowUp().run(dispatcher, tracker, domain)
        kind = kind_of(tracker)
        message = conversation.wording(tracker)
        asked = conversation.question(tracker, kind)
        if TURNED_ROUND.search(message):
            asked = replace(asked, polar=False)
        if kind not in NEVER_OF_PRODUCTS:
            about = replace(asked, polar=asked.polar and kind in YES_OR_NO_OF_PRODUCTS)
            events = await asyncio.to_thread(reply_about, dispatcher, tracker, domain, about)
            if events is not None:
                return events
        return reply(dispatcher, tracker, domain, asked)


def _may_be_of_shop(tracker: Tracker) -> bool:
    dates = about_pack_dates(conversation.wording(tracker))
    return dates or asks_what_to_drop(tracker) or asks_for_sizes(tracker) or asks_which(tracker)


def _of_shop(dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording) -> List[EventType] | None:
    """Answers what is about the shop or a pack though it sounds like skincare: which of the products listed fits, what of
    a routine to leave out, a printed date."""
    message = conversation.wording(tracker)
    if asks_what_to_drop(tracker) and say_what_to_drop(dispatcher, tracker, wording):
        return []
    if about_pack_dates(message):
        return say_dates(dispatcher, tracker, wording)
    sized = say_sizes(dispatcher, tracker, wording)
    return say_which_of(dispatcher, tracker, wording) if sized is None else sized


def say_dates(dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording) -> List[EventType] | None:
    """What a date printed on a pack means."""
    message = conversation.wording(tracker)
    advice = dated(knowledge(), printed_in(message), date.today(), bool(MEANS.search(message)))
    if advice is None:
        return None
    show(dispatcher, wording, advice, polar=conversation.is_polar(conversation.wording(tracker)))
    return memory.remember(tracker, conversation.question(tracker, "shelf_life"), advice)


def _names_only_a_kind(tracker: Tracker) -> bool:
    named = conversation.entities(tracker, *conversation.SUBJECTS, "product")
    return bool(named) and all(one["entity"] == "product_type" for one in named)


def asks_for_products(tracker: Tracker) -> bool:
    """True where products of the shop are asked for, for a need or of a kind: "what do you have for brown spots?"."""
    found = conversation.entities(tracker, *conversation.NEEDS, "product_type")
    named = conversation.entities(tracker, "product") or {
        knowledge().safety[one].kind for one in conversation.values(tracker, "safety")
    } & MINDED
    return bool(found) and not named and bool(FROM_SHOP.search(conversation.wording(tracker)) or _wishes_for_a_kind(tracker))


def _wishes_for_a_kind(tracker: Tracker) -> bool:
    """True for "a sun cream that leaves no film, please"."""
    message = conversation.wording(tracker)
    if conversation.intent(tracker) not in OF_WISHES or not named_types(tracker) or not ASKED_POLITELY.search(message):
        return False
    return not (ABOUT_OWN.search(message) or conversation.QUESTION_WORD.search(message) or conversation.is_polar(message))
