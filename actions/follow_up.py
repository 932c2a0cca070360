"""A short message that goes on with what was talked of last."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, Dict, List, Type

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation
from actions.about_product import PAIRED, reply_about
from actions.catalogue import ProductAction
from actions.product_facts import ActionPrice, ActionProductIngredients, ActionStock, ActionVegan
from actions.products import ActionFindProduct
from actions.skincare import reply

OF_SHOP: Dict[str, Type[ProductAction]] = {
    "ask_price": ActionPrice,
    "ask_stock": ActionStock,
    "ask_product_ingredients": ActionProductIngredients,
    "ask_vegan": ActionVegan,
    "find_product": ActionFindProduct,
}


class ActionFollowUp(Action):
    """ "And serum?": the last question again, about another subject or time."""

    def name(self) -> str:
        return "action_follow_up"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        shop = OF_SHOP.get((tracker.get_slot("in_mind") or {}).get("shop") or "")
        if shop:
            return await shop().run(dispatcher, tracker, domain)
        last = tracker.get_slot("last_question") or {}
        asked = conversation.question(tracker, last.get("kind") or "what_is")
        if asked.kind == "together" and len(asked.subjects) == 1 and last.get("subjects"):
            asked = replace(asked, subjects=tuple(dict.fromkeys((last["subjects"][0], *asked.subjects))))
        if asked.needs and not asked.subjects and last:
            asked = replace(asked, subjects=tuple(last["subjects"]), forms=tuple(last["forms"]))
        if "pregnancy" in asked.safety and last:
            asked = replace(asked, kind="pregnancy", subjects=asked.subjects or tuple(last["subjects"]))
        if asked.times and not asked.subjects and last:
            asked = replace(asked, kind="time_of_day", subjects=tuple(last["subjects"]), forms=tuple(last["forms"]))
        goes_on = asked.kind in PAIRED or not conversation.entities(tracker, *conversation.SUBJECTS)
        events = await asyncio.to_thread(reply_about, dispatcher, tracker, domain, asked, goes_on)
        return reply(dispatcher, tracker, domain, asked) if events is None else events
