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


def policy_text(wording: Wording, kind: str) -> str:
    """The shop's words on this kind of question, with how to reach its staff where they must look into it; the
    contact alone where the owner wrote no policy."""
    contact = shop().contact
    reach = wording.say(
        "reach_shop", shop=shop().name, email=contact.email, phone=contact.phone, hours=contact.hours
    )
    policy = shop().policy(kind)
    if policy is None:
        return f"{wording.say('no_policy')} {reach}"
    if kind == "contact":
        reach = f"{reach} {wording.say('reach_address', address=contact.address)}"
    return f"{policy.say} {reach}" if policy.hand_over else policy.say


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
            text=policy_text(Wording(domain), kind),
        )
        policy = shop().policy(kind)
        more = [{"text": text, "key": "", "params": {}} for text in policy.more] if policy else []
        return [SlotSet("last_advice", {"more": more, "sources": []}), SlotSet("times_lost", 0)]
