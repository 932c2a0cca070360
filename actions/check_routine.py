"""Checks the routine that a person tells, in one message or over several."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation
from actions.registry import action_named
from actions.resources import knowledge
from actions.routine_costs import asks_what_to_drop, say_what_to_drop
from actions.routine_steps import WHOLE, Told, changed, told
from actions.routine_talk import RoutineAction, remember, spoken_of
from actions.routine_words import findings, good, halves, names_of, verdict
from actions.wording import Wording, buttons, send
from bot.rules.advice import FollowUp, Profile
from bot.rules.routine import check
from bot.store.repository import ProductRepository

ASKS = re.compile(
    r"\?|\b(ok(ay)?|check|review|rate|fine|good|right|wrong|correct|missing|order|work|works|safe|too much|too many|"
    r"thoughts|look over|happy with|improve|change|(can|may|should|could) (i|we))\b",
    re.I,
)

FOLLOWS = re.compile(r"^\W*(and|what about|how about)\b", re.I)


class ActionCheckRoutine(RoutineAction):
    """Takes the steps of the message into the routine and checks it; a first step or two are only noted."""

    kind = "check_routine"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        if asks_what_to_drop(tracker) and say_what_to_drop(dispatcher, tracker, Wording(domain)):
            return []
        other = _really(tracker)
        if other:
            intent, action = other
            message = {**tracker.latest_message, "intent": {"name": intent, "confidence": 1.0}}
            part = Tracker(
                tracker.sender_id, tracker.slots, message, tracker.events, tracker.is_paused(), None, {},
                tracker.latest_action_name,
            )
            return list(await action_named(action).run(dispatcher, part, domain) or [])
        return await super().run(dispatcher, tracker, domain)

    def reply(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        wording: Wording,
        said: Told,
        products: ProductRepository | None,
    ) -> List[EventType]:
        text = conversation.text(tracker)
        known = conversation.profile(tracker)
        before = known.routine
        known = replace(known, routine=changed(text, before, said))
        if not known.routine:
            dispatcher.utter_message(text=wording.say("routine_tell"))
            return remember(self.kind, tracker, known, (), (), ())
        if said.named and not ASKS.search(text) and len(known.routine) < WHOLE and not _was_checked(tracker):
            note = wording.say("routine_noted", steps=names_of(known.routine))
            dispatcher.utter_message(text=note, buttons=buttons(wording, [FollowUp("check_routine", ())]))
            return remember(self.kind, tracker, kept(tracker, known), known.routine, (), ())
        return self._checked(dispatcher, tracker, wording, known)

    def _checked(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, known: Profile
    ) -> List[EventType]:
        found = check(knowledge(), known.routine, known)
        lines, more = findings(wording, found)
        text = "\n".join([" ".join([verdict(wording, found), *good(wording, found)]), *halves(wording, found), *lines])
        choices = buttons(wording, [FollowUp("plan_week", ()), FollowUp("waiting_time", ())])
        send(dispatcher, wording, text, found.verdict, found.sources, choices, cite=False)
        return remember(self.kind, tracker, kept(tracker, known), known.routine, more, found.sources)


def kept(tracker: Tracker, known: Profile) -> Profile:
    """What to remember: the routine with it, unless the message is about somebody else."""
    own = conversation.kept_profile(tracker)
    return replace(own, routine=known.routine) if own == conversation.profile(tracker) else own


def _really(tracker: Tracker) -> tuple[str, str] | None:
    """Intent and action for a message that goes on with another talk, though it sounds like a step: "and a serum?"
    after a question about ampoules, "is it ok with vitamin C?" after one about niacinamide."""
    if not tracker.get_slot("last_question") or spoken_of(tracker) or conversation.stored_profile(tracker).routine:
        return None
    message = conversation.wording(tracker)
    if FOLLOWS.search(message):
        return "follow_up", "action_follow_up"
    if len(told(tracker).named) == 1 and conversation.REFERS_BACK.search(message):
        return "ask_together", "action_answer"
    return None


def _was_checked(tracker: Tracker) -> bool:
    """True where the last answer was a whole check, so that a change asks for another."""
    return spoken_of(tracker) == "check_routine" and bool((tracker.get_slot("last_advice") or {}).get("sources"))
