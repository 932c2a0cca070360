"""Answers a message that asks more than one question: each by the action of its own intent, all in one reply."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, memory
from actions.merging import merged
from actions.registry import action_named, action_of_intent
from actions.unsure import lost
from actions.wording import MOST_BUTTONS, Wording, capital
from bot.rules.advice import FollowUp

MOST_QUESTIONS = 3


class ActionAnswerSeveral(Action):
    """Up to three questions in the order they were asked; further ones come as buttons."""

    def name(self) -> str:
        return "action_answer_several"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        wording = Wording(domain)
        questions = tracker.latest_message.get("questions") or []
        events = _told(tracker, questions)
        slots = {**tracker.slots, **_slots(events)}
        replies, asked, advices = [], [], []
        for number, question in enumerate(questions[:MOST_QUESTIONS]):
            part = _about(tracker, slots, {**question, "follows": number > 0})
            reply, found = await _answer(part, domain)
            slots.update({**_spoken_of(part), **_slots(found)})
            events.extend(found)
            replies.append(reply)
            asked.append(_as_button(wording, slots))
            advices.append(_slots(found).get("last_advice"))
        if not any(replies):
            return lost(dispatcher, tracker, wording)
        message = merged(wording, replies, asked)
        message["buttons"] = [*_buttons_of(questions[MOST_QUESTIONS:]), *message["buttons"]][:MOST_BUTTONS]
        dispatcher.utter_message(**message)
        return [*events, *_remember_all([advice for advice in advices if advice])]


def _told(tracker: Tracker, questions: List[Dict[str, Any]]) -> List[EventType]:
    """What the message tells of the person, wherever it stands: it counts for every answer."""
    known = conversation.stored_profile(tracker)
    for question in questions:
        known = conversation.told(_about(tracker, tracker.slots, question), known)
    return memory.remember_profile(known)


def _about(tracker: Tracker, slots: Dict[str, Any], question: Dict[str, Any]) -> Tracker:
    """The conversation as if this question were its latest message."""
    message = {**tracker.latest_message, "questions": [], **question}
    return Tracker(
        tracker.sender_id, dict(slots), message, tracker.events, tracker.is_paused(), None, {}, tracker.latest_action_name
    )


async def _answer(part: Tracker, domain: Dict[str, Any]) -> tuple[List[Dict[str, Any]], List[EventType]]:
    """What the rules' action for this intent says and does; nothing where no rule answers it in one step."""
    name = action_of_intent().get(conversation.intent(part))
    dispatcher = CollectingDispatcher()
    if name is None:
        return [], []
    if name.startswith("utter_"):
        response = domain["responses"][name][0]
        dispatcher.utter_message(text=response["text"], buttons=response.get("buttons"))
        return dispatcher.messages, []
    events = await action_named(name).run(dispatcher, part, domain)
    return dispatcher.messages, list(events or [])


def _slots(events: List[EventType]) -> Dict[str, Any]:
    return {event["name"]: event["value"] for event in events if event.get("event") == "slot"}


def _spoken_of(part: Tracker) -> Dict[str, Any]:
    """Lets the next question mean what this one named, though its answer came from the shop: "recommend a serum and
    tell me how often to use it"."""
    subjects = list(conversation.values(part, *conversation.SUBJECTS))
    last = {"kind": conversation.LOOKED_FOR, "subjects": subjects, "forms": [], "needs": [], "recent": subjects}
    return {"last_question": last} if subjects else {}


def _as_button(wording: Wording, slots: Dict[str, Any]) -> str:
    """The question just answered in the words of its button."""
    last = slots.get("last_question") or {}
    return wording.question(FollowUp(last.get("kind", ""), tuple(last.get("subjects", ())))) or ""


def _buttons_of(questions: List[Dict[str, Any]]) -> List[Dict[str, str]]:
    texts = [f"{capital(question['question'])}?" for question in questions]
    return [{"title": text, "payload": text} for text in texts]


def _remember_all(advices: List[Dict[str, Any]]) -> List[EventType]:
    """ "Tell me more" and "says who?" mean all of the answers."""
    if not advices:
        return []
    more = [line for advice in advices for line in advice["more"]]
    sources = dict.fromkeys(key for advice in advices for key in advice["sources"])
    return [SlotSet("last_advice", {"more": more, "sources": list(sources)})]
