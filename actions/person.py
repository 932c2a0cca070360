"""What the person tells about themself: kept, corrected, shown, forgotten."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, memory, wishes
from actions.catalogue import run_for
from actions.resources import knowledge
from actions.routine_talk import go_on, meant, spoken_of
from actions.wording import Wording, show
from bot.rules.advice import Profile, Question
from bot.rules.answers import answer
from bot.rules.names import step_name

IRRITATION = "ask_irritation"


def described(wording: Wording, known: Profile) -> str:
    """The profile in words: "oily, sensitive skin, pregnant, 34 years old"."""
    data = knowledge()
    parts = []
    if known.skin_types:
        skin = ", ".join(conversation.names(known.skin_types, data.skin_types))
        parts.append(wording.say("profile_skin", skin=skin))
    if known.concerns:
        parts.append(wording.say("profile_concerns", concerns=", ".join(conversation.names(known.concerns, data.concerns))))
    if known.pregnant:
        parts.append(wording.say("profile_pregnant"))
    if known.age is not None:
        parts.append(wording.say("profile_age", age=str(known.age)))
    if known.beginner is not None:
        parts.append(wording.say("profile_beginner" if known.beginner else "profile_experienced"))
    if known.irritated:
        parts.append(wording.say("profile_irritated"))
    if known.routine:
        parts.append(wording.say("profile_routine", steps=", ".join(step_name(data, step) for step in known.routine)))
    parts.extend(data.safety[one].name for one in known.safety)
    if known.procedure:
        parts.append(wording.say("profile_procedure"))
    if known.red_flag:
        parts.append(wording.say("profile_red_flag"))
    parts.extend(wording.say("profile_avoids", subject=name) for name in _avoided(known))
    return "; ".join(part[:1].lower() + part[1:] for part in parts)


def _avoided(known: Profile) -> list[str]:
    found = [knowledge().subject(one) for one in known.avoids]
    return [subject.name for subject in found if subject]


class ActionKeepProfile(Action):
    """ "My skin is oily and I'm pregnant": keeps it, says so, and what it changes."""

    def name(self) -> str:
        return "action_keep_profile"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        routine = meant(tracker)
        if routine:
            return await go_on(dispatcher, tracker, domain, routine)
        if wishes.plainly_narrows(tracker):
            return await run_for(conversation.LOOKED_FOR, dispatcher, tracker, domain)
        wording = Wording(domain)
        known = conversation.profile(tracker)
        avoided = conversation.values(tracker, "ingredient", "family", role="negated")
        if avoided:
            known = Profile(**{**known.__dict__, "avoids": tuple(dict.fromkeys((*known.avoids, *avoided)))})
        if known == conversation.stored_profile(tracker):
            asked = conversation.question(tracker, "for_concern")
            if asked.needs:
                show(dispatcher, Wording(domain), advice := answer(knowledge(), asked))
                return memory.remember(tracker, asked, advice)
            dispatcher.utter_message(text=wording.say("profile_ask"))
            return []
        if known.empty:
            dispatcher.utter_message(text=wording.say("profile_ask"))
            return memory.remember_profile(known)
        text = wording.say("profile_kept", profile=described(wording, known))
        spoken = spoken_of(tracker)
        if spoken:
            dispatcher.utter_message(text=text)
            events = await go_on(dispatcher, tracker, domain, spoken, known)
            return memory.remember_profile(known) + events
        dispatcher.utter_message(text=f"{text} {_what_it_changes(wording, known, _spoken_of(tracker))}".strip())
        return memory.remember_profile(known) + [SlotSet("times_lost", 0)]


def _spoken_of(tracker: Tracker) -> tuple[str, ...]:
    """What was asked about just before, which a skin type told now is about too: "I'm sensitive though"."""
    last = tracker.get_slot("last_question") or {}
    return tuple(one for one in last.get("subjects") or () if one not in knowledge().terms)[:1]


def _what_it_changes(wording: Wording, known: Profile, subjects: tuple[str, ...] = ()) -> str:
    """The first sentence of what the rules say to somebody like this, of the subjects where there are any; nothing where
    they have nothing to say."""
    needs = known.skin_types or known.concerns
    if known.procedure:
        return knowledge().safety[known.procedure].say
    if known.pregnant:
        asked = Question("pregnancy", profile=known)
    elif needs:
        asked = Question("for_skin_type", subjects if known.skin_types else (), needs=needs, profile=known)
    elif known.age is not None:
        asked = Question("age", profile=known)
    else:
        return ""
    return wording.line(answer(knowledge(), asked).lines[0])


class ActionShowProfile(Action):
    """ "What do you know about me?" """

    def name(self) -> str:
        return "action_show_profile"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        wording = Wording(domain)
        known = conversation.stored_profile(tracker)
        key = "profile_nothing" if known.empty else "profile_known"
        dispatcher.utter_message(text=wording.say(key, profile=described(wording, known)))
        return []


def _of_a_product(tracker: Tracker) -> bool:
    """True for "when can I start again?" after a talk of skincare: the product is meant, not the conversation."""
    return bool(tracker.get_slot("last_question") and conversation.QUESTION_WORD.search(conversation.wording(tracker)))


class ActionForget(Action):
    """ "Forget me": everything kept about the person is dropped. "Start over": everything but the profile, because a
    pregnancy or an allergy still holds."""

    def name(self) -> str:
        return "action_forget"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        if conversation.intent(tracker) == "start_over" and _of_a_product(tracker):
            return await run_for(IRRITATION, dispatcher, tracker, domain)
        if conversation.intent(tracker) == "start_over":
            dispatcher.utter_message(text=Wording(domain).say("started_over"))
            return [AllSlotsReset(), *memory.remember_profile(conversation.stored_profile(tracker))]
        dispatcher.utter_message(text=Wording(domain).say("forgotten"))
        return [AllSlotsReset()]
