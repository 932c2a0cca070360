"""The finder: a few questions, each of which can be skipped or corrected, then up to three products with reasons.

While it is open it is Rasa's active loop, so that every message comes here first. What is no answer is rejected: the
message's own rule answers it, and Rasa comes back here to go on with the open question.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import asdict, replace
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection

from actions import conversation, hearing, memory
from actions.found import explain, show_more, show_result, wants_more, wants_why
from actions.registry import action_named, action_of_intent
from actions.resources import database, knowledge
from actions.wording import Wording
from bot.rules.advice import Profile
from bot.rules.finder import SENSITIVE, SKIN, Finder, asked_of, next_step
from bot.rules.safety import red_flags
from bot.store.errors import StoreError
from bot.store.repository import ProductRepository

logger = logging.getLogger(__name__)
NAME = "action_finder"
LISTEN = "action_listen"
MOST_MISSED = 2
NO_ANSWER = frozenset({"lost", "unsure", "affirm", "deny", "follow_up", "tell_profile", "start_finder"})
ENDS = frozenset({"goodbye", "report_reaction", "ask_human", "forget_me", "start_over", "insult"})


class ActionFinder(Action):
    """Asks, listens, goes on after an interruption, and ends in products."""

    def name(self) -> str:
        return NAME

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        wording = Wording(domain)
        stored = tracker.get_slot("finder")
        finder = Finder.read(stored) if stored else Finder(done=True)
        if tracker.latest_action_name != LISTEN:
            return _after_interruption(dispatcher, tracker, wording, finder)
        if (tracker.active_loop or {}).get("name") != NAME:
            if _names_what_it_wants(tracker):
                found = await action_named(action_of_intent()["find_product"]).run(dispatcher, tracker, domain)
                return list(found or [])
            return await _begin(dispatcher, tracker, wording, finder)
        if finder.done:
            return await _after_result(dispatcher, tracker, wording, finder)
        return await _listen(dispatcher, tracker, wording, finder)


def _names_what_it_wants(tracker: Tracker) -> bool:
    """True for "which niacinamide serum should I get": what is in it was decided already, and no question of the finder
    asks for it."""
    uses = hearing.IN_USE.search(conversation.text(tracker))
    return not uses and bool(conversation.values(tracker, "ingredient", "family"))


def _flagged(tracker: Tracker) -> bool:
    return bool(set(conversation.values(tracker, "safety")) & red_flags(knowledge()))


def _open(finder: Finder, profile: Profile) -> List[EventType]:
    return [
        ActiveLoop(NAME),
        SlotSet("finder", asdict(finder)),
        SlotSet("times_lost", 0),
        *memory.remember_profile(profile),
    ]


def _close(finder: Finder | None) -> List[EventType]:
    """Ends the search; what was said of sensitivity and pregnancy is not asked again in the next one."""
    kept = asdict(Finder(sensitive=finder.sensitive, pregnant=finder.pregnant, done=True)) if finder else None
    return [ActiveLoop(None), SlotSet("finder", kept)]


async def _begin(
    dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, before: Finder
) -> List[EventType]:
    known = conversation.profile(tracker)
    after = knowledge().safety[known.red_flag].after if known.red_flag else None
    if after:
        dispatcher.utter_message(text=after)
        return _close(before)
    denied = hearing.denied_pregnancy(tracker) if before.pregnant is None else before.pregnant
    finder = Finder(sensitive=before.sensitive, pregnant=denied, types=hearing.kinds(tracker))
    heard = hearing.hear(tracker, finder, hearing.told_safety(tracker, known))
    return await _go_on(dispatcher, tracker, wording, heard.finder, heard.profile, wording.say("finder_begin"))


async def _listen(
    dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, finder: Finder
) -> List[EventType]:
    if _flagged(tracker):
        raise ActionExecutionRejection(NAME)
    if hearing.stops(tracker):
        dispatcher.utter_message(text=wording.say("finder_stopped"))
        return _close(finder)
    if conversation.intent(tracker) == "start_finder" and hearing.kinds(tracker):
        return await _begin(dispatcher, tracker, wording, finder)
    if hearing.asks(tracker) and conversation.intent(tracker) != "start_finder":
        raise ActionExecutionRejection(NAME)
    profile = hearing.told_safety(tracker, conversation.profile(tracker))
    heard = hearing.hear(tracker, finder, profile)
    if heard.steps or profile != conversation.stored_profile(tracker):
        intro = _noted(wording, tracker, finder, heard)
        return await _go_on(dispatcher, tracker, wording, heard.finder, heard.profile, intro)
    if conversation.intent(tracker) not in NO_ANSWER and not hearing.is_meant_as_answer(tracker):
        raise ActionExecutionRejection(NAME)
    return await _missed(dispatcher, tracker, wording, finder, profile)


async def _missed(
    dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, finder: Finder, profile: Profile
) -> List[EventType]:
    """Asks again in other words; the second time the question is left out."""
    if finder.missed + 1 < MOST_MISSED:
        finder = replace(finder, missed=finder.missed + 1)
        _ask(dispatcher, wording, finder, profile, wording.say("finder_again"))
        return _open(finder, profile)
    return await _go_on(dispatcher, tracker, wording, finder.settle(finder.step), profile, wording.say("finder_left_out"))


def _noted(wording: Wording, tracker: Tracker, before: Finder, heard: hearing.Heard) -> str:
    """Says that something beside the open question was understood; nothing where that alone was answered."""
    if any(step != before.step and step in before.settled for step in heard.steps):
        return wording.say("finder_changed")
    told = heard.profile.safety != conversation.stored_profile(tracker).safety
    return wording.say("finder_noted") if told or before.step not in heard.steps else ""


async def _go_on(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    wording: Wording,
    finder: Finder,
    profile: Profile,
    intro: str = "",
) -> List[EventType]:
    """Asks the next question, or shows what was found."""
    step = next_step(finder, profile)
    if step:
        finder = replace(finder, step=step, done=False)
        _ask(dispatcher, wording, finder, profile, intro)
        return _open(finder, profile)
    return await _finish(dispatcher, tracker, wording, replace(finder, step="", done=True), profile)


async def _finish(
    dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, finder: Finder, profile: Profile
) -> List[EventType]:
    try:
        shown = await asyncio.to_thread(_show, dispatcher, wording, finder, profile)
    except StoreError as error:
        logger.error("the finder could not read the shop: %s", error)
        dispatcher.utter_message(text=wording.say("shop_unreachable"))
        return _close(finder)
    events = _open(replace(finder, shown=shown), profile)
    if shown:
        one = shown[0] if len(shown) == 1 else None
        events += [
            SlotSet("last_products", list(shown)),
            memory.keep_in_mind(tracker, one, shop="start_finder"),
        ]
    return events


def _show(
    dispatcher: CollectingDispatcher, wording: Wording, finder: Finder, profile: Profile
) -> tuple[str, ...]:
    with database().session() as session:
        return show_result(dispatcher, wording, ProductRepository(session), finder, profile)


def _ask(dispatcher: CollectingDispatcher, wording: Wording, finder: Finder, profile: Profile, intro: str) -> None:
    """The open question with its buttons. Of sensitivity and pregnancy only what is not known yet is asked."""
    key = f"finder_{finder.step}"
    if finder.step == SENSITIVE:
        known_sensitive, known_pregnant = asked_of(finder, profile)
        key = "finder_pregnant" if known_sensitive else "finder_sensitive" if known_pregnant else "finder_both"
    elif finder.step == SKIN and profile.sensitive:
        key = "finder_skin_besides"
    text = f"{intro} {wording.say(key)}".strip()
    data = {"body": text, "finder": finder.step}
    dispatcher.utter_message(text=text, buttons=wording.buttons_of(key), json_message=data)


def _after_interruption(
    dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, finder: Finder
) -> List[EventType]:
    """Another action has answered: goes on with the open question, which may have been answered on the way, unless the
    person needs help, left or started over."""
    if not tracker.get_slot("finder"):
        return _close(None)
    if _flagged(tracker) or conversation.intent(tracker) in ENDS:
        return _close(finder)
    if finder.done:
        still = set(tracker.get_slot("last_products") or ()) <= set(finder.shown)
        return [] if still and finder.shown else _close(finder)
    profile = conversation.stored_profile(tracker)
    finder = replace(finder, step=next_step(finder, profile) or finder.step)
    _ask(dispatcher, wording, finder, profile, wording.say("finder_back"))
    return _open(finder, profile)


async def _after_result(
    dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, finder: Finder
) -> List[EventType]:
    """After a result a message may ask why or for more, or correct an answer, until the talk turns to other products."""
    profile = hearing.told_safety(tracker, conversation.profile(tracker))
    if _flagged(tracker):
        raise ActionExecutionRejection(NAME)
    if wants_why(tracker) and finder.shown:
        await asyncio.to_thread(explain, dispatcher, tracker, wording, finder, profile)
        return _open(finder, profile)
    if wants_more(tracker) and finder.shown:
        shown = await asyncio.to_thread(show_more, dispatcher, wording, finder, profile)
        events = _open(replace(finder, shown=(*finder.shown, *shown)), profile)
        return [*events, SlotSet("last_products", list(shown))] if shown else events
    heard = hearing.hear(tracker, finder, profile)
    corrects = conversation.intent(tracker) in NO_ANSWER or hearing.CORRECTS.search(conversation.text(tracker))
    if (heard.steps or profile != conversation.stored_profile(tracker)) and corrects and not hearing.asks(tracker):
        return await _finish(dispatcher, tracker, wording, replace(heard.finder, shown=()), heard.profile)
    if conversation.intent(tracker) == "start_finder":
        return await _begin(dispatcher, tracker, wording, finder)
    raise ActionExecutionRejection(NAME)
