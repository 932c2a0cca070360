"""What a routine built from the shop's products costs, and which of its products can be left out first."""

from __future__ import annotations

import re
from typing import List, Sequence

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation
from actions.cards import minor_units, units
from actions.resources import knowledge, shop
from actions.routine_talk import spoken_of, suggested
from actions.routine_words import called
from actions.wording import Wording, send
from bot.rules.names import several
from bot.rules.routine_building import COURSE
from bot.rules.steps import Step
from bot.store.repository import ProductRepository
from bot.store.views import ProductView

BASICS = "young"
AMPOULE = "ampoule"
MOST_NAMED = 2
TOTAL = re.compile(
    r"\b(?:all|together|total|altogether|whole|everything|it|that|this|they|them|routine|set|lot|come to|add up)\b", re.I
)
DROP = re.compile(
    r"\bwhich\b.*\b(?:drop|leave out|skip|cut|remove|lose|go|do without|save on|need (?:the )?least|least (?:important|needed|necessary))\b"
    r"|\bwhat\b.*\b(?:drop|leave out|skip|cut|remove|do without)\b(?! (?:my|the) skin)|\b(?:least (?:important|necessary|needed))\b",
    re.I,
)


def budget(tracker: Tracker) -> int:
    """The most that a routine may cost in minor units, 0 where the message names nothing."""
    found = conversation.values(tracker, "price")
    return minor_units(float(found[-1]), shop().currency) if found else 0


def total(products: Sequence[ProductView]) -> int:
    """What products cost together, each in its smallest size."""
    return sum(one.price_min for one in {one.handle: one for one in products}.values())


def amount(minor: int) -> str:
    """An amount with the shop's currency."""
    return f"{units(minor, shop().currency)} {shop().currency}"


def cost(wording: Wording, daily: Sequence[ProductView], course: ProductView | None) -> str:
    """What the daily products cost together, and the ampoule for a skin crisis beside them; empty for less than two."""
    if len({one.handle for one in daily}) < MOST_NAMED:
        return ""
    if course is None:
        return wording.say("routine_total", total=amount(total(daily)))
    return wording.say("routine_total_course", total=amount(total(daily)), course=amount(course.price_min))


def said_cost(tracker: Tracker, wording: Wording, products: ProductRepository) -> str:
    """What the daily products of the routine suggested last cost, where that is asked; empty for any other message."""
    named = conversation.entities(tracker, *conversation.SUBJECTS, "product")
    if spoken_of(tracker) != "build_routine" or named or not TOTAL.search(conversation.wording(tracker)):
        return ""
    daily = [step.handle for step in suggested(tracker) if step.handle and step.type != AMPOULE]
    return cost(wording, products.by_handles(daily), None)


def asks_what_to_drop(tracker: Tracker) -> bool:
    """True for "which would you drop first?" about the routine suggested last."""
    named = conversation.entities(tracker, *conversation.SUBJECTS)
    return spoken_of(tracker) == "build_routine" and not named and bool(DROP.search(conversation.wording(tracker)))


def droppable(steps: Sequence[Step]) -> List[Step]:
    """The steps of a routine that are no basics, what is needed least first: the ampoule for a crisis, what no short
    routine has, then what is for the concern."""
    data = knowledge()
    short, basics = data.routines["short"], data.routines[BASICS]
    kept = {*basics.morning, *basics.night}
    usual = {*short.morning, *short.night}
    extra = list({step.what: step for step in steps if step.type not in kept}.values())
    return sorted(extra, key=lambda step: (step.type != AMPOULE, step.type in usual))


def say_what_to_drop(dispatcher: CollectingDispatcher, tracker: Tracker, wording: Wording) -> bool:
    """Names what to leave out first and what to keep; False where there is nothing but the basics."""
    data, steps = knowledge(), suggested(tracker)
    extra = droppable(steps)
    basics = list(dict.fromkeys(step.type for step in steps if step not in extra and step.type != AMPOULE))
    if not extra or not basics:
        return False
    lines = [wording.say("routine_drop", first=called(extra[0]))]
    if extra[0].type == AMPOULE:
        lines.append(data.guidelines[COURSE].say)
    lines += [wording.say("routine_drop_next", next=called(one)) for one in extra[1:MOST_NAMED]]
    lines.append(wording.say("routine_keep", basics=several(data, basics)))
    sources = (*data.routines[BASICS].sources, *data.guidelines[COURSE].sources)
    send(dispatcher, wording, " ".join(lines), None, list(dict.fromkeys(sources)), [])
    return True
