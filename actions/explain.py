"""Says more about the last answer, and where it comes from."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation
from actions.resources import knowledge
from actions.wording import Wording, show
from bot.rules.advice import Line
from bot.rules.answers import answer
from bot.rules.facts import stated

FURTHER_KINDS = ("benefits", "what_is", "frequency", "order")


class ActionShowSource(Action):
    """ "Says who?": publisher, kind and address of each source of the last answer."""

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
        sources = [knowledge().sources[key] for key in last["sources"]]
        named = [source for source in sources if source.kind != "unsourced"]
        if not named:
            dispatcher.utter_message(text=wording.say("source_only_common"))
            return []
        lines = [
            "- "
            + wording.say("source_named", publisher=source.publisher, kind=wording.say(f"kind_{source.kind}").lower())
            + (f" {source.address}" if source.address else "")
            for source in named
        ]
        dispatcher.utter_message(text=wording.say("sources_are") + "\n" + "\n".join(lines))
        return []


class ActionShowMore(Action):
    """ "Tell me more": what the last answer left out."""

    def name(self) -> str:
        return "action_show_more"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        wording = Wording(domain)
        more = (tracker.get_slot("last_advice") or {}).get("more") or []
        if not more:
            return _another_fact(dispatcher, tracker, wording)
        dispatcher.utter_message(text=" ".join(wording.line(Line(**line)) for line in more))
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
