"""Reads the label that somebody pasted."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation, memory
from actions.kinds import asks_which_ingredients
from actions.resources import knowledge, label_reader
from actions.skincare import reply
from actions.wording import Wording, show
from bot.labels.parsing import Label, parse
from bot.rules.advice import Line, Question
from bot.rules.labelling import Reading
from bot.rules.labels import about_label, comedogenic, key_ingredients

CLOGS = re.compile(r"\bcomedogen|\bclog|\bpore|\bbreak(s|ing)? me out|\bbreakouts?\b", re.I)


def pasted(tracker: Tracker) -> tuple[Label, str] | None:
    """The label in the latest message and the words around it; None when there is none."""
    found = conversation.entities(tracker, "label")
    if not found:
        return None
    text, start, end = conversation.text(tracker), found[0]["start"], found[0]["end"]
    return parse(text[start:end]), f"{text[:start]} {text[end:]}"


class ActionReadLabel(Action):
    """Says what a pasted label is likely to be, what matters on it and what to be careful about; asks for the list
    where the message holds none."""

    def name(self) -> str:
        return "action_read_label"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        wording = Wording(domain)
        found = pasted(tracker)
        if found is None and asks_which_ingredients(conversation.wording(tracker)):
            return reply(dispatcher, tracker, domain, conversation.question(tracker, "for_concern"))
        if found is None:
            dispatcher.utter_message(text=wording.say("label_paste"))
            return [SlotSet("times_lost", 0)]
        label, words = found
        reading = label_reader().read(label)
        if not any(place.known for place in reading.places):
            dispatcher.utter_message(text=wording.say("label_unread", count=str(len(reading.places))))
            return [SlotSet("times_lost", 0)]
        return _read(dispatcher, tracker, wording, reading, words)


def _read(
    dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording, reading: Reading, words: str
) -> List[EventType]:
    asked = conversation.question(tracker, "read_label")
    skin = tuple(one for one in asked.needs if one in knowledge().skin_types) or asked.profile.skin_types
    pregnant = asked.profile.pregnant or "pregnancy" in asked.safety
    person = replace(asked.profile, pregnant=pregnant, skin_types=skin)
    types = [one for one in (*asked.subjects, *asked.forms) if one in knowledge().product_types][:1]
    advice = about_label(knowledge(), reading, person, types)
    polar = conversation.is_polar(words)
    if polar and advice.verdict is None and not advice.cautions:
        advice = replace(advice, cautions=(Line(key="label_nothing_against"),))
    myth = comedogenic(knowledge()) if CLOGS.search(words) else None
    if myth:
        advice = replace(advice, lines=(*advice.lines, myth))
    show(dispatcher, wording, advice, polar=polar)
    key = tuple(place.ingredient or "" for place in key_ingredients(knowledge(), reading))
    events = memory.remember(tracker, Question("read_label", key, profile=asked.profile), advice)
    return [*events, SlotSet("last_label", [place.entry.name for place in reading.places])]
