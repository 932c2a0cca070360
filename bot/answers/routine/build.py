"""Builds a routine for a person, short or with ten steps, from what the shop has in stock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import List, Sequence, Tuple

from bot.answers.answer import Answer, Button, Offer, Words
from bot.answers.products.cards import minor_units, price
from bot.answers.products.query import kept_out
from bot.answers.routine.costs import amount, cost, total
from bot.answers.routine.remembering import remembered
from bot.answers.routine.shelf import Shelf, with_shop
from bot.answers.routine.wanted import HALVES, halves_of, wanted_for, wished
from bot.answers.routine.words import called, item, sentence
from bot.answers.turn import Turn
from bot.phrases import capital
from bot.rules import gate
from bot.rules.advice import Advice, FollowUp, Profile, Question, line_of, merge
from bot.rules.answers import answer
from bot.rules.names import listed, name, several
from bot.rules.routine_building import COURSE, Built, build, nothing
from bot.rules.routine_dropping import droppable
from bot.rules.routine_guard import before_adding, held_back
from bot.rules.safety import TEEN
from bot.rules.steps import Step
from bot.store.repository import ProductRepository
from bot.store.views import ProductView, Sort
from bot.understanding.memory import Wanted
from bot.understanding.narrowing import goes_on_building
from bot.understanding.routine.meant import BUILD

SORTS: Tuple[Sort, ...] = ("best", "price")
CHEAPEST: Tuple[Sort, ...] = ("price",)
MOST_ASIDES = 2
SKIN_TYPES = ("dry", "oily", "combination", "sensitive")


@dataclass(frozen=True)
class _Plan:
    """A routine with what its words need: for whom, how long, for which halves of the day, from which products."""

    known: Profile
    size: str
    halves: Sequence[str]
    shelf: Shelf
    built: Built
    wanted: Wanted

    @property
    def used(self) -> List[Step]:
        """All steps, with the ampoule for a crisis."""
        return [*self.built.steps, *([self.built.course] if self.built.course else [])]

    @property
    def course(self) -> Step | None:
        """The ampoule for a crisis, where the whole day is shown."""
        return self.built.course if self.halves == HALVES else None

    @property
    def shown(self) -> List[Step]:
        """The steps that the answer names."""
        return self.used if self.halves == HALVES else _steps(self.built, self.halves)


def build_routine(turn: Turn) -> Answer:
    """A short routine, or ten steps where the question asks for them; asks for the skin type when that is unknown."""
    return with_shop(turn, _answer)


def _answer(turn: Turn, products: ProductRepository | None) -> Answer:
    plan = _planned(turn, products)
    known, built = plan.known, plan.built
    choices = turn.wording.buttons([FollowUp("plan_week", ())])
    if goes_on_building(turn.frame, turn.memory) and turn.frame.has("asks_what_to_buy"):
        lines = [turn.say("build_to_buy"), *_to_buy(turn, plan), *_costs(turn, plan)]
    else:
        lines = [_intro(turn, plan), *_lists(turn, plan), *_course(turn, plan), *_costs(turn, plan), *_asides(turn, known)]
    if known.pregnant:
        lines += ["", turn.say("build_pregnant")]
    if not known.skin_types:
        lines += ["", turn.say("build_which_skin")]
        choices = skin_choices(turn)
    sources = merge(built.sources, turn.knowledge.guidelines[COURSE].sources, built.checked.sources)
    part = Words("\n".join(lines), choices, steps=plan.shown, sources=sources, products=_offers(turn, plan))
    told_already = [line for one in before_adding(turn.knowledge, known) for line in one.lines]
    more = [line for note in built.checked.notes for line in note.lines if line not in told_already]
    more.append(line_of(turn.knowledge, turn.knowledge.guidelines["waiting"].say))
    needs = (*known.skin_types, *known.concerns)
    memory = remembered(turn, BUILD, built.steps, more, sources, needs, built=plan.used)
    return turn.answer(part, memory=replace(memory, wanted=plan.wanted))


def _planned(turn: Turn, products: ProductRepository | None) -> _Plan:
    """The routine of what suits best; of what is cheapest where that is asked for, or the best is over the budget. Nothing of the shop's stands for
    what the person has already."""
    known = wanted_for(turn)
    wanted = wished(turn, known)
    limit = minor_units(wanted.most, turn.currency) if wanted.most else 0
    without = kept_out(turn.frame, known, turn.knowledge)
    for sort in CHEAPEST if wanted.cheaper else SORTS:
        shelf = Shelf(turn.resources, products, known, without, sort, wanted.has)
        built = build(turn.knowledge, known, wanted.size, shelf.offers if products else nothing)
        if not limit or total(_daily(shelf, built, HALVES)) <= limit:
            break
    return _Plan(known, wanted.size, halves_of(turn), shelf, built, wanted)


def _steps(built: Built, halves: Sequence[str]) -> List[Step]:
    return [one.step for half in halves for one in built.checked.half(half)]


def _daily(shelf: Shelf, built: Built, halves: Sequence[str]) -> List[ProductView]:
    """The products of these halves of the day."""
    return [shelf.offered[step.handle] for step in _steps(built, halves) if step.handle in shelf.offered]


def _offers(turn: Turn, plan: _Plan) -> List[Offer]:
    shown = merge(tuple(step.handle for step in plan.shown if step.handle))
    return [Offer(plan.shelf.offered[handle], _why(turn, plan, handle)) for handle in shown]


def _why(turn: Turn, plan: _Plan, handle: str) -> str:
    """Why a product is in the routine: what is in it for the concern, else what kind of step it is."""
    step = next(one for one in plan.used if one.handle == handle)
    data = turn.knowledge
    for active in step.actives:
        helped = [one for one in plan.known.concerns if active in data.ingredients and one in data.ingredients[active].helps]
        if helped:
            return turn.say("build_why", active=name(data, active), concerns=several(data, helped[:2]))
    return name(data, step.type)


def _intro(turn: Turn, plan: _Plan) -> str:
    if plan.wanted.has and goes_on_building(turn.frame, turn.memory):
        return turn.say("build_without", kinds=listed([name(turn.knowledge, one) for one in plan.wanted.has]))
    if plan.wanted.cheaper:
        return turn.say("routine_for_less")
    needs = [*plan.known.skin_types, *plan.known.concerns]
    title = turn.knowledge.routines[plan.size].name
    if needs:
        return turn.say("build_intro_for", routine=title, needs=several(turn.knowledge, needs))
    return turn.say("build_intro", routine=title)


def _lists(turn: Turn, plan: _Plan) -> List[str]:
    """The halves of the day; a product's price stands where it is named first."""
    lines: List[str] = []
    named: set[str] = set()
    for half in plan.halves:
        lines += ["", f"**{turn.say(f'routine_{half}')}**"]
        for one in plan.built.checked.half(half):
            text = called(turn, one.step)
            product = plan.shelf.offered.get(one.step.handle)
            if product and one.step.handle not in named:
                kind = capital(name(turn.knowledge, one.step.type))
                text = turn.say("build_product", kind=kind, product=product.title, price=price(product))
            elif one.step.type in plan.wanted.has and not one.step.handle:
                text = turn.say("build_own", kind=capital(name(turn.knowledge, one.step.type)))
            named.add(one.step.handle)
            lines.append(f"- {item(turn, one, half, text)}")
    return lines


def _to_buy(turn: Turn, plan: _Plan) -> List[str]:
    """Each product of the routine once, with its price."""
    products = {one.handle: one for one in _daily(plan.shelf, plan.built, HALVES)}
    kinds = {step.handle: step.type for step in plan.used}
    return [
        f"- {turn.say('build_product', kind=capital(name(turn.knowledge, kinds[handle])), product=one.title, price=price(one))}" for handle, one in products.items()
    ]


def _course(turn: Turn, plan: _Plan) -> List[str]:
    """The ampoule for a skin crisis, beside the daily serum."""
    if plan.course is None:
        return []
    rule = turn.knowledge.guidelines[COURSE]
    said = sentence(turn, Advice(None, (line_of(turn.knowledge, rule.say),), sources=tuple(rule.sources)))
    product, text = plan.shelf.offered.get(plan.course.handle), called(turn, plan.course)
    if product is not None:
        text = f"{text}, {price(product)}"
    return ["", f"**{turn.say('build_course')}**", f"- {text}", said]


def _costs(turn: Turn, plan: _Plan) -> List[str]:
    """What it costs together; what to leave out where even the cheapest is over the budget."""
    daily = _daily(plan.shelf, plan.built, plan.halves)
    course = plan.shelf.offered.get(plan.course.handle) if plan.course else None
    said = cost(turn, daily, course, rest=bool(plan.wanted.has))
    limit = minor_units(plan.wanted.most, turn.currency) if plan.wanted.most else 0
    extra = droppable(turn.knowledge, [step for step in plan.built.steps if step.type not in plan.wanted.has])
    if said and limit and total(daily) > limit and extra:
        said += " " + turn.say("routine_over", budget=amount(turn, limit), drop=name(turn.knowledge, extra[0].type))
    return ["", said] if said else []


def _asides(turn: Turn, known: Profile) -> List[str]:
    """What is left out though it was asked for, what a doctor is to be asked before, and what holds for the young."""
    data = turn.knowledge
    held = [why for one in known.wants if (why := held_back(data, one, known))]
    said = [sentence(turn, why) for why in held[:MOST_ASIDES]]
    said = list(merge(said, [sentence(turn, one) for one in before_adding(data, known)]))
    if known.age is not None and known.age < TEEN:
        young = answer(data, Question("age", profile=known))
        said.append(sentence(turn, gate.checked(data, Question("age", profile=known), young, known)))
    return ["", *said] if said else []


def skin_choices(turn: Turn) -> List[Button]:
    """The question for the skin type as buttons; each sends a whole question."""
    names = [name(turn.knowledge, one) for one in SKIN_TYPES]
    return [{"title": turn.say("build_skin", skin=one), "payload": turn.say("build_for_skin", skin=one)} for one in names]
