"""Says more about the last answer, and where it comes from."""

from __future__ import annotations

import re
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation
from actions.catalogue import run_for
from actions.listing import goes_on_with_list, still_to_show
from actions.resources import knowledge
from actions.wording import STRONG, Wording, show, source_data
from bot.rules.advice import Line
from bot.rules.answers import answer
from bot.rules.facts import stated

WHY = re.compile(r"\bwhy\b|\bhow come\b|\breason\b|\bhow so\b", re.I)
FURTHER_KINDS = ("benefits", "what_is", "frequency", "order")


class ActionShowSource(Action):
    """ "Says who?": publisher, kind and address of each source of the last answer; "why?": its reason before that."""

    def name(self) -> str:
        return "action_show_source"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        wording = Wording(domain)
        last = tracker.get_slot("last_advice")
        if not last:
            show(dispatcher, Wording(domain), answer(knowledge(), conversation.question(tracker, "source")))
            return []
        parts = []
        if WHY.search(conversation.text(tracker)):
            why = [wording.line(Line.read(line)) for line in last.get("why") or []]
            parts.append(" ".join(why) if why else wording.say("why_none"))
        parts.append(_sources(wording, last["sources"]))
        dispatcher.utter_message(
            text="\n\n".join(parts), json_message={"body": "\n\n".join(parts), "sources": source_data(last["sources"])}
        )
        return []


def _sources(wording: Wording, keys: List[str]) -> str:
    """The sources one by one; that it is only commonly advised where none of them is strong."""
    named = [source for source in source_data(list(dict.fromkeys(keys))) if source["kind"] != "unsourced"]
    if not named:
        return wording.say("source_only_common")
    lines = [
        "- "
        + wording.say("source_named", publisher=source["publisher"], kind=wording.say(f"kind_{source['kind']}").lower())
        + (f" {source['address']}" if source["address"] else "")
        for source in named
    ]
    strong = any(source["kind"] in STRONG for source in named)
    return wording.say("sources_are" if strong else "sources_are_weak") + "\n" + "\n".join(lines)


class ActionShowMore(Action):
    """ "Tell me more": what the last answer left out."""

    def name(self) -> str:
        return "action_show_more"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        if goes_on_with_list(tracker) and still_to_show(tracker)[0]:
            return await run_for(conversation.LOOKED_FOR, dispatcher, tracker, domain)
        wording = Wording(domain)
        more = (tracker.get_slot("last_advice") or {}).get("more") or []
        if not more:
            return _another_fact(dispatcher, tracker, wording)
        dispatcher.utter_message(text=" ".join(wording.line(Line.read(line)) for line in more))
        return []


def _another_fact(dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording) -> List[EventType]:
    """Something else that is known of the last subject; says so when there is nothing."""
    last = tracker.get_slot("last_question") or {}
    for kind in FURTHER_KINDS:
        advice = stated(knowledge(), kind, last.get("subjects") or [], last.get("forms") or [])
        if advice and kind != last.get("kind"):
            show(dispatcher, wording, advice)
            return [SlotSet("last_question", {**last, "kind": kind})]
    dispatcher.utter_message(text=wording.say("no_more"))
    return []
