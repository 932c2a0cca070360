"""Answers every skincare question: about a product of the shop where one is meant, else through the rules alone."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation
from actions.about_product import reply_about
from actions.follow_up import ActionFollowUp
from actions.kinds import kind_of
from actions.routine_talk import go_on, meant
from actions.skincare import YES_OR_NO, reply

YES_OR_NO_OF_PRODUCTS = YES_OR_NO | {"for_concern"}
NEVER_OF_PRODUCTS = frozenset({"report_reaction", "comedogenic", "cause", "popular", "my_skin_type"})
TURNED_ROUND = re.compile(r"\b(skip|without|stop|leave out|instead|too)\b", re.I)


class ActionAnswer(Action):
    """The kind is the intent's name."""

    def name(self) -> str:
        return "action_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
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
