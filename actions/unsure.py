"""What to say when the message was not understood: "did you mean", then two different offers."""

from __future__ import annotations

import asyncio
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, memory
from actions.catalogue import run_for
from actions.experience import is_irritated
from actions.registry import action_of_intent
from actions.resources import knowledge, shop
from actions.routine_talk import go_on, spoken_of
from actions.spoken import names_a_product
from actions.unheard import plainly_meant
from actions.wording import Wording, buttons
from bot.rules.advice import FollowUp

STARTERS = (
    FollowUp("frequency", ("ampoule",)),
    FollowUp("together", ("retinol", "ascorbic_acid")),
    FollowUp("delivery_time", ()),
)
LEAST_CONFIDENCE = 0.05
LIKELY = 3
IRRITATION = "ask_irritation"
MINDED = frozenset({"medicine", "condition", "procedure"})


def offers(tracker: Tracker, wording: Wording) -> list[dict[str, str]]:
    """The likeliest meanings as buttons in human words, with the message's own subjects."""
    items = []
    for guess in tracker.latest_message.get("intent_ranking") or []:
        kind = guess["name"][len("ask_") :] if guess["name"].startswith("ask_") else guess["name"]
        if guess["confidence"] >= LEAST_CONFIDENCE:
            asked = conversation.question(tracker, kind)
            subjects = asked.subjects or asked.forms or asked.needs
            items.append(FollowUp(kind, subjects))
            if not subjects or wording.question(items[-1]) is None:
                items[-1] = FollowUp(kind, ())
    return buttons(wording, items)


def best_guess(tracker: Tracker) -> str | None:
    """The likeliest intent where one of our own actions answers it."""
    ranking = tracker.latest_message.get("intent_ranking") or []
    guess = str(ranking[0]["name"]) if ranking else ""
    return guess if action_of_intent().get(guess, "").startswith("action_") else None


class ActionDidYouMean(Action):
    """Unsure: the likeliest answer where a product is named, which leaves little else to mean; else two or three
    meanings to choose from; the way of somebody lost when there are none, or again unsure."""

    def name(self) -> str:
        return "action_did_you_mean"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        spoken = spoken_of(tracker)
        if spoken and spoken in _likely(tracker):
            return await go_on(dispatcher, tracker, domain, spoken)
        explained = _about_health(tracker) or _about_irritation(tracker) or _about_a_term(tracker)
        plain = await _plain_all_the_same(explained, dispatcher, tracker, domain)
        if plain is not None:
            return plain
        told = memory.remember_profile(conversation.kept_profile(tracker))
        wording = Wording(domain)
        choices = offers(tracker, wording)
        times = int(tracker.get_slot("times_lost") or 0)
        guess = best_guess(tracker)
        if guess is not None:
            named: bool = await asyncio.to_thread(names_a_product, tracker)
            if named:
                return await run_for(guess, dispatcher, tracker, domain)
        if not choices or times:
            return [*told, *lost(dispatcher, tracker, wording)]
        dispatcher.utter_message(text=wording.say("did_you_mean"), buttons=choices)
        return [*told, SlotSet("times_lost", times + 1)]


async def _plain_all_the_same(
    explained: str | None, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
) -> List[EventType] | None:
    """The answer to the intent that explains the message, else to what it plainly wants; None where neither is known."""
    if explained:
        return await run_for(explained, dispatcher, tracker, domain)
    return await plainly_meant(dispatcher, tracker, domain)


def _about_health(tracker: Tracker) -> str | None:
    """The intent of health questions where the message names a medicine or a disease: what is unsure then is better
    answered with what to mind than with a guess."""
    named = conversation.entities(tracker, "safety")
    minded = [one for one in named if knowledge().safety[one["value"]].kind in MINDED and one.get("role") != "negated"]
    return "ask_medical" if minded else None


def _about_irritation(tracker: Tracker) -> str | None:
    """The intent of questions about irritated skin where it may be meant and the message tells of such skin."""
    irritated = is_irritated(conversation.text(tracker))
    return IRRITATION if irritated and IRRITATION in _likely(tracker) else None


def _about_a_term(tracker: Tracker) -> str | None:
    """The likeliest intent to which a term of the message speaks ("around the eyes" and how to apply); what it is, where
    the message names nothing else."""
    terms = [knowledge().terms[one] for one in conversation.values(tracker, "term")]
    spoken = {kind for term in terms for kind in (*term.covers, *term.facts)}
    alone = not conversation.entities(tracker, *conversation.SUBJECTS, *conversation.NEEDS)
    found = next((one for one in _likely(tracker) if one.removeprefix("ask_") in spoken), None)
    return found or ("ask_what_is" if alone and any(not term.aspect for term in terms) else None)


def _likely(tracker: Tracker) -> list[str]:
    """The kinds of question that come first among the guesses."""
    ranking = tracker.latest_message.get("intent_ranking") or []
    return [guess["name"] for guess in ranking[:LIKELY] if guess["confidence"] >= LEAST_CONFIDENCE]


class ActionLost(Action):
    """Lost: says what it can do, the first time; offers a person, the second time."""

    def name(self) -> str:
        return "action_lost"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        explained = _about_irritation(tracker) or _about_a_term(tracker)
        plain = await _plain_all_the_same(explained, dispatcher, tracker, domain)
        if plain is not None:
            return plain
        told = memory.remember_profile(conversation.kept_profile(tracker))
        return [*told, *lost(dispatcher, tracker, Wording(domain))]


def lost(dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording) -> List[EventType]:
    """The first or the second thing to say to somebody not understood, and the count of it."""
    times = int(tracker.get_slot("times_lost") or 0)
    if times == 0:
        dispatcher.utter_message(text=wording.say("lost_first"), buttons=buttons(wording, STARTERS))
    else:
        contact = shop().contact
        text = wording.say("lost_again", shop=shop().name, email=contact.email, phone=contact.phone, hours=contact.hours)
        dispatcher.utter_message(text=text)
    return [SlotSet("times_lost", times + 1)]
