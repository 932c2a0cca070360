"""Support questions: the shop's policies, and its staff where a person must look. No status is ever made up."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Sequence

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation
from actions.handing_on import passed_on
from actions.resources import shop
from actions.skincare import reply_bare
from actions.wording import Wording
from bot.nlu.countries import countries_in
from bot.store.policies import SENTENCE_END, Topic

AREA, COST = "delivery_area", "delivery_cost"
ABROAD = re.compile(r"\b(?:abroad|international\w*|overseas|worldwide)\b", re.I)
CONTACT = "contact"
MOST_COUNTRIES = 3
MOST_TOPICS = 2
MOST_KEPT = 200
OF_ORDERS = frozenset({"order_status", "cancel_order", "change_order", "return", "refund", "report_problem"})
SENDS_TO_STAFF = re.compile(r"\bcustomer care\b|\b(?:contact|write to|call|ask) (?:us|the shop)\b", re.I)
WHERE = re.compile(r"\b(?:where|address\w*|locat\w*|visit|based)\b", re.I)
HOURS = re.compile(r"\b(?:hours?|open\w*|clos\w*|available|when)\b", re.I)


def policy_text(wording: Wording, kind: str, message: str = "") -> str:
    """The shop's words on this kind of question, what the message asks for first; its staff only where they must look
    into it, or where the words send people to them. The contact alone where the owner wrote no policy."""
    policy = shop().policy(kind)
    if policy is None:
        return f"{wording.say('no_policy')} {reach(wording, kind)}"
    if kind == CONTACT:
        return contact(wording, message)
    text = area(wording, message) if kind == AREA else _abroad(kind, message) or shop().said_for(kind, message)
    if policy.hand_over:
        return f"{text} {reach(wording, kind)}"
    return f"{text} {briefly(wording)}" if SENDS_TO_STAFF.search(text) else text


def _abroad(kind: str, message: str) -> str:
    """What delivery costs abroad first, where the message names a country that the policy's first sentence does not."""
    policy = shop().policy(kind)
    if policy is None or kind != COST:
        return ""
    sentences = SENTENCE_END.split(policy.say)
    named, at_home = countries_in(message), countries_in(sentences[0])
    found = next((one for one in sentences if ABROAD.search(one)), "") if named and not set(named) & set(at_home) else ""
    return found and " ".join([found, *(one for one in sentences if one != found)])


def topics_text(wording: Wording, topics: Sequence[Topic]) -> str:
    """The shop's words on narrower questions; plainly that it has not said, with its staff, where it has not."""
    said = [one.say or wording.say("topic_not_said", topic=one.name) for one in topics]
    asks_staff = any(one.say is None or one.hand_over for one in topics)
    return " ".join([*said, *([briefly(wording)] if asks_staff else [])])


def topics_asked(tracker: Tracker) -> List[Topic]:
    """The narrower questions that the latest message asks, also where it goes on with a policy said before."""
    kept = (tracker.get_slot("in_mind") or {}).get("policy") or ""
    return shop().topics_in(conversation.wording(tracker), f"{conversation.text(tracker)} {kept.replace('_', ' ')}")


def reach(wording: Wording, kind: str = "") -> str:
    """How to reach the staff, with what they need to find an order."""
    at = shop().contact
    text = wording.say("reach_shop", shop=shop().name, email=at.email, phone=at.phone, hours=at.hours)
    return f"{text} {wording.say('reach_number')}" if kind in OF_ORDERS else text


def briefly(wording: Wording) -> str:
    """How to reach the staff in a few words."""
    return wording.say("reach_briefly", email=shop().contact.email, phone=shop().contact.phone)


def contact(wording: Wording, message: str) -> str:
    """How to reach the shop, what is asked for first: where it is, when somebody answers, or how to write and call."""
    address = wording.say("reach_address", address=shop().contact.address)
    if WHERE.search(message):
        return f"{address} {reach(wording)}"
    if HOURS.search(message):
        at = shop().contact
        return wording.say("reach_hours", hours=at.hours, email=at.email, phone=at.phone)
    return f"{reach(wording)} {address}"


def area(wording: Wording, message: str) -> str:
    """Yes or no for each country that the message names, with what it asks for besides; where it names none, where the
    shop delivers to."""
    places = shop().delivers_to
    named = countries_in(message)[:MOST_COUNTRIES] if places else []
    if not named:
        return shop().said_for(AREA, message)
    lines = [wording.say("delivers" if code in places else "delivers_not", country=country) for code, country in named]
    asked = shop().asked_for(AREA, message)
    if not asked and any(code not in places for code, _ in named):
        asked = shop().said_for(AREA, "").split(". ")[0].rstrip(".") + "."
    return " ".join([*lines, *([asked] if asked else [])])


class ActionShopPolicy(Action):
    """Says the shop's policy for the kind of question that the intent is."""

    def name(self) -> str:
        return "action_shop_policy"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        instead = reply_bare(dispatcher, tracker, domain)
        if instead is not None:
            return instead
        kind = conversation.intent(tracker).removeprefix("ask_")
        elsewhere = await passed_on(dispatcher, tracker, domain)
        if elsewhere is not None:
            return elsewhere
        return say_policy(dispatcher, tracker, Wording(domain), kind)


def say_policy(dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, kind: str) -> List[EventType]:
    """Says the narrower answer where one is asked for, else the policy; keeps which it was."""
    topics = topics_asked(tracker)[:MOST_TOPICS]
    message = conversation.wording(tracker)
    dispatcher.utter_message(text=topics_text(wording, topics) if topics else policy_text(wording, kind, message))
    policy = shop().policy(kind)
    more = [{"text": text, "key": "", "params": {}} for text in policy.more] if policy else []
    kept = tracker.get_slot("in_mind") or {}
    return [
        SlotSet("last_advice", {"more": more, "sources": []}),
        SlotSet("in_mind", {**kept, "policy": kind, "said": message[:MOST_KEPT]}),
        SlotSet("times_lost", 0),
    ]
