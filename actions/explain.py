"""Says more about the last answer, and where it comes from."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation
from actions.resources import knowledge
from actions.wording import Wording, show
from bot.rules.advice import Line
from bot.rules.answers import answer


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
            dispatcher.utter_message(text=wording.say("no_more"))
            return []
        dispatcher.utter_message(text=" ".join(wording.line(Line(**line)) for line in more))
        return []
