"""Reminders: understood here, made by the channel that can send them."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation
from actions.kinds import sets_reminder
from actions.resources import knowledge
from actions.skincare import reply
from actions.wording import Wording
from bot.rules.nights import WITHOUT_SUBJECT, nights

CAN_REMIND = ("telegram",)


class ActionRemind(Action):
    """Tells the channel on which nights the person wants to be reminded. What they should not use, or a prescriber
    plans, is answered instead of being reminded of; other channels say where reminders work."""

    def name(self) -> str:
        return "action_remind"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        wording = Wording(domain)
        if tracker.get_latest_input_channel() not in CAN_REMIND:
            dispatcher.utter_message(text=wording.say("reminder_elsewhere"))
            return [SlotSet("times_lost", 0)]
        wish: Dict[str, str] = {"do": "list"}
        if sets_reminder(conversation.wording(tracker)):
            named = conversation.values(tracker, *conversation.SUBJECTS)
            subject_id = named[0] if named else WITHOUT_SUBJECT
            days = nights(knowledge(), subject_id, conversation.profile(tracker))
            if not days:
                return reply(dispatcher, tracker, domain, conversation.question(tracker, "can_use"))
            subject = knowledge().subject(subject_id)
            about = subject.name if subject else subject_id
            wish = {"do": "set", "about": about, "days": "".join(str(day) for day in days)}
        text = wording.say("reminder_on_telegram")
        dispatcher.utter_message(text=text, json_message={"body": text, "reminder": wish})
        return [SlotSet("times_lost", 0)]
