"""What a message plainly wants though its intent was not understood: a wish for the list shown last, products of a kind, a
narrower question on the shop, a printed date."""

from __future__ import annotations

import asyncio
from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, wishes
from actions.answer import asks_for_products, say_dates
from actions.catalogue import run_for
from actions.support import say_policy, topics_asked
from actions.which_of import say_which_of
from actions.wording import Wording
from bot.nlu.dates import about_pack_dates

LEAST_CONFIDENCE = 0.02
WANTS = frozenset({"price", "concern", "skin_type"})


async def plainly_meant(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
) -> List[EventType] | None:
    """Answers what needs no classifier to be understood; None for any other message."""
    wording = Wording(domain)
    if topics_asked(tracker):
        return say_policy(dispatcher, tracker, wording, "")
    if about_pack_dates(conversation.wording(tracker)):
        return say_dates(dispatcher, tracker, wording)
    said = await asyncio.to_thread(say_which_of, dispatcher, tracker, wording)
    if said is not None:
        return said
    if wishes.narrows(tracker) or asks_for_products(tracker) or _lists_wishes(tracker):
        return await run_for(conversation.LOOKED_FOR, dispatcher, tracker, domain)
    return None


def _lists_wishes(tracker: Tracker) -> bool:
    """True where the message names a kind of product or a price with what else it should be, and looking for a product is
    among the guesses: "moisturizer, vegan, sensitive skin"."""
    ranking = tracker.latest_message.get("intent_ranking") or []
    guessed = any(one["name"] == conversation.LOOKED_FOR and one["confidence"] >= LEAST_CONFIDENCE for one in ranking)
    named = {one["entity"] for one in conversation.entities(tracker, "product_type", *WANTS)}
    negated = conversation.values(tracker, "ingredient", "family", role="negated")
    minded = conversation.entities(tracker, "safety", "product")
    return guessed and not minded and bool(named & {"product_type", "price"}) and (len(named) > 1 or bool(negated))
