"""The custom actions that Rasa's rules name: from tracker to frames and memory, and from messages to the dispatcher."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.answers.door import Place
from bot.answers.resources import resources
from bot.answers.reviewing import answered
from bot.understanding.frame import frames_of
from bot.understanding.memory import Memory

MEMORY, UNREADABLE = "memory", "memory_unreadable"


class _Answering(Action, ABC):
    """Answers a message by the services. The work is done in a thread, so that a slow database holds up nobody else."""

    @abstractmethod
    def name(self) -> str:
        """The name by which rules call it."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        memory = Memory.read(tracker.get_slot(MEMORY), tracker.slots, not tracker.get_slot(UNREADABLE))
        frames = frames_of(tracker.latest_message)
        missed = [frame for event in _missed(tracker) for frame in frames_of(event.get("parse_data") or {})]
        message_id = str(tracker.latest_message.get("message_id") or "")
        messages, after = await asyncio.to_thread(answered, frames, memory, _place(tracker), resources(), missed, message_id)
        for message in messages:
            dispatcher.utter_message(text=message.text, buttons=list(message.buttons), json_message=dict(message.payload) or None)
        return [SlotSet(MEMORY, after.as_data())] if memory.readable else []


def _missed(tracker: Tracker) -> List[Dict[str, Any]]:
    """The messages before the latest that came while the memory could not be read, so that it lacks what they told."""
    missed: List[Dict[str, Any]] = []
    for event in reversed(tracker.events or []):
        if event.get("event") == "user":
            missed.append(event)
        elif event.get("event") == "slot" and event.get("name") == MEMORY:
            break
    return missed[:0:-1]


def _place(tracker: Tracker) -> Place:
    """Where the latest message came from, and when, as the conversation has it."""
    metadata = tracker.latest_message.get("metadata") or {}
    page = metadata.get("product")
    times = [event["timestamp"] for event in tracker.events or [] if event.get("event") == "user" and event.get("timestamp")]
    now = float(times[-1]) if times else time.time()
    channel = tracker.get_latest_input_channel() if tracker.events else None
    text, picture = tracker.latest_message.get("text") or "", str(metadata.get("picture") or "")
    return Place(page if isinstance(page, str) else "", channel or "", now, tracker.sender_id or "", text, picture)


class ActionAnswer(_Answering):
    """Questions on skincare."""

    def name(self) -> str:
        return "action_answer"


class ActionShop(_Answering):
    """The shop's products and policies."""

    def name(self) -> str:
        return "action_shop"


class ActionRoutine(_Answering):
    """Routines, weeks and reminders."""

    def name(self) -> str:
        return "action_routine"


class ActionPerson(_Answering):
    """What the person tells of themself."""

    def name(self) -> str:
        return "action_person"


class ActionChat(_Answering):
    """Small talk."""

    def name(self) -> str:
        return "action_chat"


class ActionFinder(_Answering):
    """Messages of a search that was begun when it was still a loop of Rasa's: the loop ends."""

    def name(self) -> str:
        return "action_finder"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        return [ActiveLoop(None), *await super().run(dispatcher, tracker, domain)]
