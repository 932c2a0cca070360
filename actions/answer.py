"""Answers every skincare question through the rules."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation
from actions.resources import knowledge
from actions.wording import Wording, show
from bot.rules.advice import Question
from bot.rules.answers import answer

# Kinds whose verdict answers the very question asked; elsewhere "yes" could contradict it ("can I skip it?").
YES_OR_NO = frozenset({
    "frequency", "together", "rinse_off", "replace", "pregnancy", "for_skin_type", "age", "percent", "can_use", "need",
    "next_step", "how_many_at_once",
})
WITH = re.compile(r"\b(?:with|w)\b", re.I)
TURNED_ROUND = re.compile(r"\b(skip|without|stop|leave out|instead|too)\b", re.I)


def reply(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any], asked: Question
) -> List[EventType]:
    """Answers one question and remembers it."""
    advice = answer(knowledge(), asked)
    show(dispatcher, Wording(domain), advice, polar=asked.polar and asked.kind in YES_OR_NO)
    return conversation.remember(tracker, asked, advice)


def reply_bare(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
) -> List[EventType] | None:
    """Answers a bare message that means the last skincare question; None when it is about the shop."""
    kind = conversation.skincare_instead(tracker)
    return reply(dispatcher, tracker, domain, conversation.question(tracker, kind)) if kind else None


class ActionAnswer(Action):
    """The kind is the intent's name."""

    def name(self) -> str:
        return "action_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        kind = conversation.intent(tracker)
        kind = kind[len("ask_") :] if kind.startswith("ask_") else kind
        message = conversation.wording(tracker)
        if kind == "can_use" and WITH.search(message) and conversation.REFERS_BACK.search(message):
            kind = "together"
        if kind == "pregnancy" and "pregnancy" in conversation.values(tracker, "safety", role="negated"):
            kind = "can_use"
        asked = conversation.question(tracker, kind)
        if TURNED_ROUND.search(message):
            asked = replace(asked, polar=False)
        return reply(dispatcher, tracker, domain, asked)


class ActionFollowUp(Action):
    """ "And serum?": the last question again, about another subject or time."""

    def name(self) -> str:
        return "action_follow_up"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        last = tracker.get_slot("last_question") or {}
        asked = conversation.question(tracker, last.get("kind") or "what_is")
        if asked.kind == "together" and len(asked.subjects) == 1 and last.get("subjects"):
            asked = replace(asked, subjects=tuple(dict.fromkeys((last["subjects"][0], *asked.subjects))))
        if asked.needs and not asked.subjects and last:
            asked = replace(asked, subjects=tuple(last["subjects"]), forms=tuple(last["forms"]))
        if "pregnancy" in asked.safety and last:
            asked = replace(asked, kind="pregnancy", subjects=asked.subjects or tuple(last["subjects"]))
        if asked.times and not asked.subjects and last:
            asked = replace(asked, kind="time_of_day", subjects=tuple(last["subjects"]), forms=tuple(last["forms"]))
        return reply(dispatcher, tracker, domain, asked)
