"""Builds a routine for a person, short or with ten steps, from what the shop has in stock."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Dict, List, Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import conversation
from actions.alternatives import CHEAPER
from actions.cards import card, price
from actions.catalogue import unwanted
from actions.experience import is_beginner, is_irritated
from actions.kinds import names_own_products
from actions.resources import knowledge
from actions.routine_costs import amount, budget, cost, droppable, total
from actions.routine_shelf import Shelf
from actions.routine_steps import Told
from actions.routine_talk import RoutineAction, go_on, remember, spoken_of, suggest
from actions.routine_words import called, item, sentence
from actions.wording import Wording, buttons, capital, send
from bot.rules.advice import Advice, FollowUp, Profile, line_of, merge
from bot.rules.facts import general
from bot.rules.names import name, several
from bot.rules.routine_building import COURSE, Built, build, nothing
from bot.rules.routine_guard import IRRITATED, before_adding, held_back
from bot.rules.safety import CHILD, TEEN
from bot.rules.steps import MORNING, NIGHT, Step
from bot.store.repository import ProductRepository
from bot.store.views import ProductView, Sort

FULL = re.compile(
    r"\b(ten|10|full|complete|whole|entire|long(er)?|elaborate|all (the|of the) steps|everything|extended|12|twelve|"
    r"9|nine|8|eight)\b",
    re.I,
)
# With a budget "full" is no wish for ten steps.
LONG = re.compile(r"\b(ten|10[ -]?steps?|long(er)?|elaborate|all (the|of the) steps|extended|12|twelve|9|nine|8|eight)\b", re.I)
KIND = "build_routine"
SORTS: tuple[Sort, ...] = ("best", "price")
CHEAPEST: tuple[Sort, ...] = ("price",)
YOUNG = 16
MOST_ASIDES = 2
HALVES = (MORNING, NIGHT)
SKIN_TYPES = ("dry", "oily", "combination", "sensitive")


class ActionBuildRoutine(RoutineAction):
    """A short routine, or ten steps where the message asks for them; asks for the skin type when that is unknown."""

    kind = KIND

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[EventType]:
        if names_own_products(conversation.text(tracker)):
            return await go_on(dispatcher, tracker, domain, "check_routine")
        return await super().run(dispatcher, tracker, domain)

    def reply(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        wording: Wording,
        said: Told,
        products: ProductRepository | None,
    ) -> List[EventType]:
        known = wanted_for(tracker)
        size = _size(tracker, known)
        shelf, built = _built(tracker, products, known, size)
        used = [*built.steps, *([built.course] if built.course else [])]
        halves = _halves(tracker)
        course = built.course if halves == HALVES else None
        named = used if halves == HALVES else [one.step for half in halves for one in built.checked.half(half)]
        shown = merge(tuple(step.handle for step in named if step.handle))
        cards = [card(shelf.offered[handle], _why(wording, handle, used, known)) for handle in shown]
        cheaper = [wording.say("routine_for_less")] if _wants_cheaper(tracker) else []
        lines = [*(cheaper or [_intro(wording, known, size)]), *_lists(wording, built, shelf, halves), *_course(wording, course, shelf)]
        lines += _costs(wording, tracker, shelf, built, course, halves)
        lines += _asides(wording, known)
        if known.pregnant:
            lines += ["", wording.say("build_pregnant")]
        choices = buttons(wording, [FollowUp("plan_week", ())])
        if not known.skin_types:
            lines += ["", wording.say("build_which_skin")]
            choices = skin_choices(wording)
        sources = merge(built.sources, knowledge().guidelines[COURSE].sources, built.checked.sources)
        send(dispatcher, wording, "\n".join(lines), None, sources, choices, products=cards)
        shown_already = [line for one in before_adding(knowledge(), known) for line in one.lines]
        more = [line for note in built.checked.notes for line in note.lines if line not in shown_already]
        more.append(line_of(knowledge(), knowledge().guidelines["waiting"].say))
        kept = conversation.kept_profile(tracker)
        needs = (*known.skin_types, *known.concerns)
        return [*remember(self.kind, tracker, kept, built.steps, more, sources, needs), suggest(used)]


def _wants_cheaper(tracker: Tracker) -> bool:
    return spoken_of(tracker) == KIND and bool(CHEAPER.search(conversation.wording(tracker)))


def _built(
    tracker: Tracker, products: ProductRepository | None, known: Profile, size: str
) -> tuple[Shelf, Built]:
    """The routine of what suits best; of what is cheapest where that is asked for, or the best is over the budget."""
    limit = budget(tracker)
    for sort in CHEAPEST if _wants_cheaper(tracker) else SORTS:
        shelf = Shelf(products, known, unwanted(tracker, known), sort)
        built = build(knowledge(), known, size, shelf.offers if products else nothing)
        if not limit or total(_daily(shelf, built, HALVES)) <= limit:
            break
    return shelf, built


def _daily(shelf: Shelf, built: Built, halves: Sequence[str]) -> List[ProductView]:
    """The products of these halves of the day."""
    steps = [one.step for half in halves for one in built.checked.half(half)]
    return [shelf.offered[step.handle] for step in steps if step.handle in shelf.offered]


def _costs(
    wording: Wording, tracker: Tracker, shelf: Shelf, built: Built, course: Step | None, halves: Sequence[str]
) -> List[str]:
    """What it costs together; what to leave out where even the cheapest is over the budget."""
    daily = _daily(shelf, built, halves)
    said = cost(wording, daily, shelf.offered.get(course.handle) if course else None)
    limit, extra = budget(tracker), droppable(built.steps)
    if said and limit and total(daily) > limit and extra:
        said += " " + wording.say("routine_over", budget=amount(limit), drop=name(knowledge(), extra[0].type))
    return ["", said] if said else []


def _halves(tracker: Tracker) -> Sequence[str]:
    """The half of the day that the message asks about, both where it names none or both."""
    asked = conversation.values(tracker, "time_of_day")
    return asked if len(asked) == 1 else HALVES


def _size(tracker: Tracker, known: Profile) -> str:
    """Which routine: the basics for the young, whatever they have seen elsewhere."""
    if known.age is not None and known.age < (CHILD if known.concerns else YOUNG):
        return "young"
    if conversation.values(tracker, "price") and not LONG.search(conversation.text(tracker)):
        return "short"
    return "full" if FULL.search(conversation.text(tracker)) else "short"


def _asides(wording: Wording, known: Profile) -> List[str]:
    """What is left out though it was asked for, what a doctor is to be asked before, and what holds for the young."""
    data = knowledge()
    held = [why for one in known.wants if (why := held_back(data, one, known))]
    said = [sentence(wording, why) for why in held[:MOST_ASIDES]]
    said = list(merge(said, [sentence(wording, one) for one in before_adding(data, known)]))
    young = general(data, "age_teen") if known.age is not None and known.age < TEEN else None
    if young:
        said.append(sentence(wording, young))
    return ["", *said] if said else []


def wanted_for(tracker: Tracker) -> Profile:
    """The person a routine is for: what is known of them, what this very message says of anybody ("for oily skin"),
    and what the routine spoken of last was for."""
    known = conversation.profile(tracker)
    last = (tracker.get_slot("last_question") or {}).get("needs") or [] if spoken_of(tracker) else []
    data = knowledge()
    skin_types = conversation.values(tracker, "skin_type") or known.skin_types
    skin_types = skin_types or tuple(one for one in last if one in data.skin_types)
    concerns = merge(conversation.values(tracker, "concern"), known.concerns)
    # Skin that is said to be calm again needs nothing any more for what it was.
    over = () if is_irritated(conversation.text(tracker), before=True) else (IRRITATED,)
    concerns = concerns or tuple(one for one in last if one in data.concerns and one not in over)
    negated = conversation.values(tracker, "ingredient", "family", role="negated")
    ages = conversation.values(tracker, "age")
    return replace(
        known, wants=conversation.values(tracker, "ingredient", "family"), skin_types=skin_types, concerns=concerns,
        avoids=merge(known.avoids, negated),
        beginner=is_beginner(conversation.text(tracker), known.beginner), age=int(ages[0]) if ages else known.age,
        pregnant=known.pregnant or "pregnancy" in conversation.values(tracker, "safety"),
    )


def skin_choices(wording: Wording) -> List[Dict[str, str]]:
    """The question for the skin type as buttons; each sends a whole question."""
    names = [name(knowledge(), one) for one in SKIN_TYPES]
    return [{"title": wording.say("build_skin", skin=one), "payload": wording.say("build_for_skin", skin=one)} for one in names]


def _intro(wording: Wording, known: Profile, size: str) -> str:
    data = knowledge()
    needs = [*known.skin_types, *known.concerns]
    title = data.routines[size].name
    if needs:
        return wording.say("build_intro_for", routine=title, needs=several(data, needs))
    return wording.say("build_intro", routine=title)


def _lists(wording: Wording, built: Built, shelf: Shelf, halves: Sequence[str]) -> List[str]:
    """The halves of the day; a product's price stands where it is named first."""
    lines: List[str] = []
    named: set[str] = set()
    for half in halves:
        lines += ["", f"**{wording.say(f'routine_{half}')}**"]
        for one in built.checked.half(half):
            text = called(one.step)
            product = shelf.offered.get(one.step.handle)
            if product and one.step.handle not in named:
                kind = capital(name(knowledge(), one.step.type))
                text = wording.say("build_product", kind=kind, product=product.title, price=price(product))
            named.add(one.step.handle)
            lines.append(f"- {item(wording, one, half, text)}")
    return lines


def _course(wording: Wording, course: Step | None, shelf: Shelf) -> List[str]:
    """The ampoule for a skin crisis, beside the daily serum."""
    if course is None:
        return []
    rule = knowledge().guidelines[COURSE]
    said = sentence(wording, Advice(None, (line_of(knowledge(), rule.say),), sources=tuple(rule.sources)))
    product = shelf.offered.get(course.handle)
    text = called(course) if product is None else f"{called(course)}, {price(product)}"
    return ["", f"**{wording.say('build_course')}**", f"- {text}", said]


def _why(wording: Wording, handle: str, used: Sequence[Step], known: Profile) -> str:
    """Why a product is in the routine: what is in it for the concern, else what kind of step it is."""
    step = next(one for one in used if one.handle == handle)
    data = knowledge()
    for active in step.actives:
        helped = [one for one in known.concerns if active in data.ingredients and one in data.ingredients[active].helps]
        if helped:
            return wording.say("build_why", active=name(data, active), concerns=several(data, helped[:2]))
    return name(data, step.type)
