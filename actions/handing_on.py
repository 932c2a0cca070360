"""Messages that sound like one question and mean another, because of what was talked of: "any cheaper?" after a list."""

from __future__ import annotations

import re
from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation
from actions.alternatives import CHEAPER
from actions.catalogue import run_for
from actions.routine_talk import go_on, spoken_of

OF_DISCOUNTS, DISCOUNT = "discount", "ask_discount"
SEVERAL_AT_ONCE = re.compile(r"\b(?:use|stack|combine|apply|enter|have)\b.*\b(?:two|both|more|several|2|them|three)\b", re.I)
OF_PRICE_CUTS = re.compile(
    r"\b(?:discounts?|codes?|coupons?|promos?|promotions?|sales?|deals?|offers?|vouchers?|newsletter|buy|bulk|negotiate|students?)\b",
    re.I,
)


async def passed_on(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
) -> List[EventType] | None:
    """Answers "any cheaper?" about what was shown last: a routine, a list or a product; None where it means a discount."""
    message = conversation.wording(tracker)
    cheaper = conversation.intent(tracker) == DISCOUNT and CHEAPER.search(message) and not OF_PRICE_CUTS.search(message)
    if not cheaper or conversation.entities(tracker, *conversation.SUBJECTS):
        return None
    if spoken_of(tracker) == "build_routine":
        return await go_on(dispatcher, tracker, domain, "build_routine")
    kept = tracker.get_slot("in_mind") or {}
    shown = kept.get("found") or kept.get("handle") or kept.get("wish") or conversation.page(tracker)
    return await run_for("find_similar", dispatcher, tracker, domain) if shown else None


def uses_two_codes(tracker: Tracker) -> bool:
    """True for "can I use two?" behind a question about discounts."""
    of_discounts = (tracker.get_slot("in_mind") or {}).get("policy") == OF_DISCOUNTS
    named = conversation.entities(tracker, *conversation.ASKED_ABOUT, *conversation.NEEDS)
    return of_discounts and not named and bool(SEVERAL_AT_ONCE.search(conversation.wording(tracker)))
