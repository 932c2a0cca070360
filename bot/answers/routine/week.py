"""The week on a page: seven mornings and nights as text, as a picture and as a calendar."""

from __future__ import annotations

import logging
from typing import Any, Dict, List, Sequence

from bot.answers.answer import Answer, Words
from bot.answers.products.query import kept_out
from bot.answers.routine.remembering import is_not_to_add, own_for_gate, remembered
from bot.answers.routine.shelf import Shelf, named_products, with_shop
from bot.answers.routine.wanted import wanted_for
from bot.answers.routine.words import called, left_out, sentence
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.plans.page import LABELS, PageDay, WeekPage, dump
from bot.rules.advice import FollowUp, Line, Profile, merge
from bot.rules.routine_building import build, nothing
from bot.rules.steps import MORNING, NIGHT, Step
from bot.rules.week import Week, plan
from bot.store.errors import StoreError
from bot.store.plans import PlanStore
from bot.store.repository import ProductRepository
from bot.understanding.routine.change import changed
from bot.understanding.routine.meant import BUILD, CHECK, WEEK, spoken_of
from bot.understanding.routine.nights import DAYS
from bot.understanding.routine.reading import Told, carrier, told

logger = logging.getLogger(__name__)
MOST_NOTES = 3


def plan_week(turn: Turn) -> Answer:
    """Plans the routine just built, else the one that the person told, else one built for them on the spot."""
    return with_shop(turn, _answer)


def _answer(turn: Turn, products: ProductRepository | None) -> Answer:
    said = told(turn.frame, turn.knowledge, named_products(turn))
    known = wanted_for(turn)
    steps = _steps(turn, known, said, products)
    week = plan(turn.knowledge, steps, known)
    page = page_of(turn, week)
    sources = merge(*(note.sources for note in week.notes), week.checked.sources)
    part = Words(
        "\n".join([*_text(turn, page), *left_out(turn, week.checked), *(["", turn.say("build_pregnant")] if known.pregnant else [])]),
        turn.wording.buttons([FollowUp(CHECK, ())]) if known.routine else [],
        steps=own_for_gate(turn, list(dict.fromkeys(step for day in week.days for step in (*day.morning, *day.night)))),
        sources=sources,
        payload=_files(turn, page),
    )
    used = changed(turn.frame, turn.knowledge, known.routine, said) if said.named and known.routine else None
    more = [Line(text=sentence(turn, note)) for note in week.notes[MOST_NOTES:]]
    needs = (*known.skin_types, *known.concerns)
    return turn.answer(part, memory=remembered(turn, WEEK, steps, more, sources, needs, used))


def _steps(turn: Turn, known: Profile, said: Told, products: ProductRepository | None) -> Sequence[Step]:
    built = [step for step in turn.memory.routine if not is_not_to_add(turn, step)]
    told_of = turn.frame.ids("concern", "skin_type")
    if not said.silent:
        return changed(turn.frame, turn.knowledge, known.routine, said)
    talked_of = _talked_of(turn)
    points_back = turn.frame.has("points_back") and len(talked_of) > 1 and not built and not known.routine
    if talked_of and (turn.frame.has("whole_plan") or points_back):
        return [*known.routine, *(step for step in talked_of if step.actives[0] not in {one for own in known.routine for one in own.actives})]
    if built and (spoken_of(turn.memory) in (BUILD, WEEK) or not known.routine) and not told_of:
        return built
    if known.routine and not told_of:
        return known.routine
    shelf = Shelf(turn.resources, products, known, kept_out(turn.frame, known, turn.knowledge))
    fresh = build(turn.knowledge, known, "short", shelf.offers if products else nothing)
    return [*fresh.steps, *([fresh.course] if fresh.course else [])]


def _talked_of(turn: Turn) -> Sequence[Step]:
    """The actives spoken of lately, each in the form that it mostly comes in: "so what does a week with all three look like?"."""
    contents = [one for one in turn.memory.asked.recent if turn.knowledge.is_content(one)]
    return [Step(carrier(turn.knowledge, one), (one,), implied=True) for one in contents]


def _files(turn: Turn, page: WeekPage) -> Dict[str, Any]:
    """The picture's and the calendar's addresses; nothing while they cannot be kept."""
    try:
        token = PlanStore(turn.resources.database).keep(dump(page))
    except StoreError as error:
        logger.error("the plan could not be kept: %s", error)
        return {}
    return {
        "image": {"src": f"/plans/{token}.png", "dark": f"/plans/{token}.dark.png", "alt": "; ".join(_days(turn, page))},
        "files": [
            {"title": turn.say("week_picture"), "href": f"/plans/{token}.png"},
            {"title": turn.say("week_calendar"), "href": f"/plans/{token}.ics"},
        ],
    }


def page_of(turn: Turn, week: Week) -> WeekPage:
    """A week in plain words."""
    days = tuple(
        PageDay(
            turn.say(f"day_short_{day}"), turn.say(f"day_{day}"),
            tuple(called(turn, step) for step in planned.morning), tuple(called(turn, step) for step in planned.night), planned.rest,
        )
        for day, planned in zip(DAYS, week.days)
    )
    notes = tuple(sentence(turn, note) for note in week.notes[:MOST_NOTES])
    return WeekPage(days, notes, {key: turn.say(f"week_{key}") for key in LABELS})


def _text(turn: Turn, page: WeekPage) -> List[str]:
    return [
        f"**{page.words['title']}**",
        turn.say("week_daily", half=page.words["every_morning"], steps=", ".join(page.daily_morning)),
        turn.say("week_daily", half=page.words["every_night"], steps=", ".join(page.daily_night)),
        "",
        *(f"- {line}" for line in _days(turn, page)),
        *(["", *page.notes] if page.notes else []),
    ]


def _days(turn: Turn, page: WeekPage) -> List[str]:
    """A line for each day with what is special about it."""
    lines = []
    for day in page.days:
        parts = [
            inside(turn.say(f"week_{half}_extra", steps=", ".join(extras)))
            for half in (MORNING, NIGHT)
            if (extras := page.extras(day, half))
        ]
        if day.rest:
            parts.append(inside(page.words["rest"]))
        lines.append(f"{day.name}: {'; '.join(parts) or page.words['as_every_day']}")
    return lines
