"""A short message that goes on with what was talked of last."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, wishes
from actions.about_product import PAIRED, reply_about
from actions.catalogue import run_for, talked_of
from actions.routine_talk import go_on, spoken_of
from actions.skincare import reply
from bot.nlu.countries import countries_in

SUN = "sunscreen"
DELIVERY_AREA = "ask_delivery_area"
# What the person told of their skin or health goes on to count; the question about it does not go on.
TOLD_OF_THE_PERSON = frozenset({"medical", "irritation", "calming", "reaction", "allergy", "allergic_or_irritated", "restart"})
WITH = re.compile(r"\b(with|alongside|together)\b", re.I)
IS_FINE = re.compile(r"\b(?:is|are|would|can|could)\b.*\b(?:ok(?:ay)?|safe|fine|alright|allowed)\b", re.I)


class ActionFollowUp(Action):
    """ "And serum?": the last question again, about another subject or time."""

    def name(self) -> str:
        return "action_follow_up"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        spoken = spoken_of(tracker)
        if spoken:
            return await go_on(dispatcher, tracker, domain, spoken)
        if wishes.plainly_narrows(tracker):
            return await run_for(conversation.LOOKED_FOR, dispatcher, tracker, domain)
        shop = talked_of(tracker)
        if shop:
            return await run_for(shop, dispatcher, tracker, domain)
        if countries_in(conversation.wording(tracker)) and not conversation.entities(tracker, *conversation.ASKED_ABOUT):
            return await run_for(DELIVERY_AREA, dispatcher, tracker, domain)
        last = tracker.get_slot("last_question") or {}
        asked = conversation.question(tracker, last.get("kind") or "what_is")
        if asked.kind == "together" and len(asked.subjects) == 1 and last.get("subjects"):
            asked = replace(asked, subjects=tuple(dict.fromkeys((last["subjects"][0], *asked.subjects))))
        if asked.needs and not asked.subjects and last:
            asked = replace(asked, subjects=tuple(last["subjects"]), forms=tuple(last["forms"]))
        if "pregnancy" in asked.safety and last:
            asked = replace(asked, kind="pregnancy", subjects=asked.subjects or tuple(last["subjects"]))
        named = conversation.entities(tracker, *conversation.SUBJECTS)
        if asked.times and not named and last and asked.kind != "together":
            asked = replace(asked, kind="time_of_day", subjects=tuple(last["subjects"]), forms=tuple(last["forms"]))
        if named and (asked.kind in TOLD_OF_THE_PERSON or (asked.kind == SUN and asked.profile.procedure)):
            asked = replace(asked, kind=SUN if asked.subjects == (SUN,) else "can_use")
        if named and asked.kind in conversation.CHOICES and IS_FINE.search(conversation.wording(tracker)):
            asked = replace(asked, kind="pregnancy" if asked.profile.pregnant else "can_use")
        if WITH.search(conversation.wording(tracker)):
            asked = replace(asked, kind="together")
        goes_on = asked.kind in PAIRED or not named
        events = await asyncio.to_thread(reply_about, dispatcher, tracker, domain, asked, goes_on)
        return reply(dispatcher, tracker, domain, asked) if events is None else events
