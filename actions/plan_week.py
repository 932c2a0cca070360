"""The week on a page: seven mornings and nights as text, as a picture and as a calendar."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import Any, Dict, List, Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation
from actions.build_routine import wanted_for
from actions.catalogue import unwanted
from actions.check_routine import ASKS, ActionCheckRoutine
from actions.registry import action_named
from actions.resources import database, knowledge
from actions.routine_shelf import Shelf
from actions.routine_steps import Told, changed
from actions.routine_talk import RoutineAction, remember, spoken_of, suggested
from actions.routine_words import called, sentence
from actions.wording import Wording, buttons, send
from bot.plans.page import LABELS, PageDay, WeekPage, dump
from bot.rules.advice import FollowUp, Profile, in_one, merge
from bot.rules.routine_building import build, nothing
from bot.rules.steps import MORNING, NIGHT, Step
from bot.rules.week import Week, plan
from bot.store.errors import StoreError
from bot.store.plans import PlanStore
from bot.store.repository import ProductRepository

logger = logging.getLogger(__name__)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_NOTES = 3
# A question about skin cycling, as against the wish for a week of it.
WHAT = re.compile(r"\b(what|whats|what's|why|explain|means?|meaning|should|worth|need|does|better)\b", re.I)


class ActionPlanWeek(RoutineAction):
    """Plans the routine just built, else the one that the person told, else one built for them on the spot."""

    kind = "plan_week"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        if conversation.entities(tracker, "term") and WHAT.search(conversation.wording(tracker)):
            asked = conversation.as_intent(tracker, "ask_what_is")
            return list(await action_named("action_answer").run(dispatcher, asked, domain) or [])
        return await super().run(dispatcher, tracker, domain)

    def reply(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        wording: Wording,
        said: Told,
        products: ProductRepository | None,
    ) -> List[EventType]:
        if any(step.nights for step in said.named) and ASKS.search(conversation.text(tracker)):
            return ActionCheckRoutine().reply(dispatcher, tracker, wording, said, products)
        known = wanted_for(tracker)
        steps = self._steps(tracker, known, said, products)
        week = plan(knowledge(), steps, known)
        page = page_of(wording, week)
        sources = merge(*(note.sources for note in week.notes), week.checked.sources)
        text = "\n".join([*_text(wording, page), *_left_out(wording, week)])
        choices = buttons(wording, [FollowUp("check_routine", ())]) if known.routine else []
        send(dispatcher, wording, text, None, sources, choices, **self._files(wording, page))
        kept = conversation.kept_profile(tracker)
        if said.named and known.routine:
            kept = replace(kept, routine=changed(conversation.text(tracker), known.routine, said))
        more = [in_one(sentence(wording, note), note.lines) for note in week.notes[MOST_NOTES:]]
        return remember(self.kind, tracker, kept, steps, more, sources, (*known.skin_types, *known.concerns))

    def _steps(
        self, tracker: Tracker, known: Profile, said: Told, products: ProductRepository | None
    ) -> Sequence[Step]:
        built = suggested(tracker)
        told_of = conversation.values(tracker, "concern", "skin_type")
        if not said.silent:
            return changed(conversation.text(tracker), known.routine, said)
        if built and (spoken_of(tracker) in ("build_routine", "plan_week") or not known.routine) and not told_of:
            return built
        if known.routine and not told_of:
            return known.routine
        shelf = Shelf(products, known, unwanted(tracker, known))
        fresh = build(knowledge(), known, "short", shelf.offers if products else nothing)
        return [*fresh.steps, *([fresh.course] if fresh.course else [])]

    def _files(self, wording: Wording, page: WeekPage) -> Dict[str, Any]:
        """The picture's and the calendar's addresses; nothing while they cannot be kept."""
        try:
            token = PlanStore(database()).keep(dump(page))
        except StoreError as error:
            logger.error("the plan could not be kept: %s", error)
            return {}
        return {
            "image": {"src": f"/plans/{token}.png", "alt": "; ".join(_days(wording, page))},
            "files": [
                {"title": wording.say("week_picture"), "href": f"/plans/{token}.png"},
                {"title": wording.say("week_calendar"), "href": f"/plans/{token}.ics"},
            ],
        }


def page_of(wording: Wording, week: Week) -> WeekPage:
    """A week in plain words."""
    days = tuple(
        PageDay(
            wording.say(f"day_short_{day}"), wording.say(f"day_{day}"),
            tuple(called(step) for step in planned.morning), tuple(called(step) for step in planned.night), planned.rest,
        )
        for day, planned in zip(DAYS, week.days)
    )
    notes = tuple(sentence(wording, note) for note in week.notes[:MOST_NOTES])
    return WeekPage(days, notes, {key: wording.say(f"week_{key}") for key in LABELS})


def _text(wording: Wording, page: WeekPage) -> List[str]:
    return [
        f"**{page.words['title']}**",
        wording.say("week_daily", half=page.words["every_morning"], steps=", ".join(page.daily_morning)),
        wording.say("week_daily", half=page.words["every_night"], steps=", ".join(page.daily_night)),
        "",
        *(f"- {line}" for line in _days(wording, page)),
        *(["", *page.notes] if page.notes else []),
    ]


def _days(wording: Wording, page: WeekPage) -> List[str]:
    """A line for each day with what is special about it."""
    lines = []
    for day in page.days:
        parts = [
            _lower(wording.say(f"week_{half}_extra", steps=", ".join(extras)))
            for half in (MORNING, NIGHT)
            if (extras := page.extras(day, half))
        ]
        if day.rest:
            parts.append(_lower(page.words["rest"]))
        lines.append(f"{day.name}: {'; '.join(parts) or page.words['as_every_day']}")
    return lines


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _left_out(wording: Wording, week: Week) -> List[str]:
    """Why something that the person named is not in the week."""
    held = [f"- {called(one.step)}: {sentence(wording, one.why)}" for one in week.checked.held]
    held += [f"- {wording.say('routine_no_room', step=called(step))}" for step in week.checked.out]
    return ["", f"**{wording.say('routine_leave_out')}**", *held] if held else []
