"""Support questions: the shop's policies, and its staff where a person must look. No status is ever made up."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation
from actions.resources import shop
from actions.skincare import reply_bare
from actions.wording import Wording
from bot.store.countries import countries_in

AREA = "delivery_area"
MOST_COUNTRIES = 3


def policy_text(wording: Wording, kind: str, message: str = "") -> str:
    """The shop's words on this kind of question, what the message asks for first, with how to reach its staff where they
    must look into it; the contact alone where the owner wrote no policy."""
    contact = shop().contact
    reach = wording.say(
        "reach_shop", shop=shop().name, email=contact.email, phone=contact.phone, hours=contact.hours
    )
    policy = shop().policy(kind)
    if policy is None:
        return f"{wording.say('no_policy')} {reach}"
    if kind == "contact":
        reach = f"{reach} {wording.say('reach_address', address=contact.address)}"
    text = " ".join([*(_delivers(wording, message) if kind == AREA else []), shop().said_for(kind, message)])
    return f"{text} {reach}" if policy.hand_over else text


def _delivers(wording: Wording, message: str) -> list[str]:
    """Yes or no for each country that the message names."""
    places = shop().delivers_to
    named = countries_in(message)[:MOST_COUNTRIES] if places else []
    return [wording.say("delivers" if code in places else "delivers_not", country=country) for code, country in named]


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
        kind = conversation.intent(tracker)
        kind = kind[len("ask_") :] if kind.startswith("ask_") else kind
        dispatcher.utter_message(
            text=policy_text(Wording(domain), kind, conversation.wording(tracker)),
        )
        policy = shop().policy(kind)
        more = [{"text": text, "key": "", "params": {}} for text in policy.more] if policy else []
        return [SlotSet("last_advice", {"more": more, "sources": []}), SlotSet("times_lost", 0)]
