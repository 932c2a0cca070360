"""What a routine built from the shop's products costs, and which of its products can be left out first."""

from __future__ import annotations

from typing import Sequence

from bot.answers.answer import Answer, Words
from bot.answers.products.cards import amount_of
from bot.answers.routine.words import called
from bot.answers.turn import Turn
from bot.rules.advice import merge
from bot.rules.names import several
from bot.rules.routine_building import COURSE
from bot.rules.routine_dropping import AMPOULE, BASICS, basic, droppable
from bot.store.views import ProductView

MOST_NAMED = 2


def amount(turn: Turn, minor: int) -> str:
    """An amount with the shop's currency."""
    return amount_of(minor, turn.currency)


def total(products: Sequence[ProductView]) -> int:
    """What products cost together, each in its smallest size."""
    return sum(one.price_min for one in {one.handle: one for one in products}.values())


def cost(turn: Turn, daily: Sequence[ProductView], course: ProductView | None, rest: bool = False) -> str:
    """What the daily products cost together, and the ampoule for a skin crisis beside them; empty for less than two. `rest`: the person has the
    others already."""
    if not daily or (not rest and len({one.handle for one in daily}) < MOST_NAMED):
        return ""
    said = amount(turn, total(daily))
    if rest and course is None:
        return turn.say("routine_total_rest", total=said)
    if rest and course is not None:
        return turn.say("routine_total_rest_course", total=said, course=amount(turn, course.price_min))
    if course is None:
        return turn.say("routine_total", total=said)
    return turn.say("routine_total_course", total=said, course=amount(turn, course.price_min))


def routine_cost(turn: Turn) -> Answer:
    """What the daily products of the routine built last cost together.

    Raises:
        StoreError: when the shop's database is away.
    """
    daily = [step.handle for step in turn.memory.routine if step.handle and step.type != AMPOULE]
    return turn.reply(cost(turn, turn.products.by_handles(daily), None) or turn.say("routine_total_unknown"))


def what_to_drop(turn: Turn) -> Answer:
    """Names what of the routine built last to leave out first and what to keep."""
    data, steps = turn.knowledge, turn.memory.routine
    extra, basics = droppable(data, steps), basic(data, steps)
    if not extra or not basics:
        return turn.reply(turn.say("routine_only_basics"))
    lines = [turn.say("routine_drop", first=called(turn, extra[0]))]
    if extra[0].type == AMPOULE:
        lines.append(data.guidelines[COURSE].say)
    lines += [turn.say("routine_drop_next", next=called(turn, one)) for one in extra[1:MOST_NAMED]]
    lines.append(turn.say("routine_keep", basics=several(data, basics)))
    sources = merge(data.routines[BASICS].sources, data.guidelines[COURSE].sources)
    kept = [step for step in steps if step.type in basics]
    return turn.answer(Words(" ".join(lines), steps=kept, sources=sources))
