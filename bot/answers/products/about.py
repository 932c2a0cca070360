"""Skincare questions whose subject is a product of the shop, answered through its kind and its label."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import List, Sequence

from bot.answers.answer import Answer, Part, Statements, Words
from bot.answers.products.cheaper import cheapest, say_cheapest
from bot.answers.products.compare import comparison
from bot.answers.products.goes_with import companions
from bot.answers.products.ingredients import all_ingredients
from bot.answers.products.meant import others, own_kind, subject
from bot.answers.products.similar import show_alternatives
from bot.answers.products.sizes import sizes_of
from bot.answers.turn import Turn
from bot.rules import products as rules
from bot.rules.advice import Advice, Line, Question, merge
from bot.rules.schema import Verdict
from bot.store.errors import StoreError
from bot.store.text import words
from bot.store.views import ProductView
from bot.understanding.frame import ALLERGIC, CONTENT, NEEDS, SUBJECTS
from bot.understanding.memory import Memory
from bot.understanding.shopping import still_to_show

logger = logging.getLogger(__name__)
COMPARED = frozenset({"difference", "better", "strength", "choose"})
PAIRED = frozenset({"together", "order", "next_step", "avoid_mixing"})
"""Kinds of question that are about two products where two are meant."""


def about(turn: Turn) -> Answer | None:
    """Answers a skincare question about products of the shop, of the kind that `turn.asked` says; None where it is about
    none, or the database is away (what can be said without the product is said then)."""
    try:
        one = cheapest(turn)
        if one:
            return say_cheapest(turn, one)
        found = _with_own_kind(turn, subject(turn, _goes_on(turn)))
        return _answer(turn, found) if found else None
    except StoreError as error:
        logger.error("a product could not be looked up: %s", error)
        return None


def _goes_on(turn: Turn) -> bool:
    """True for a question that goes on with the last one, about the product in mind: "and with vitamin C?"."""
    return turn.goes_on and (turn.asked.kind in PAIRED or not turn.frame.of(*SUBJECTS))


def _with_own_kind(turn: Turn, found: List[ProductView]) -> List[ProductView]:
    """The products meant, before them the one of "your peptide ampoule": what its label holds is surer than what is said of
    peptides at large."""
    own = [one for one in own_kind(turn) if one.handle not in [other.handle for other in found]]
    return [*own, *found]


def _answer(turn: Turn, found: List[ProductView]) -> Answer | None:
    asked, frame = turn.asked, turn.frame
    if len(found) > 1 and (asked.kind in COMPARED or frame.has("side_by_side")):
        return _spoke(turn, turn.memory, [comparison(turn, found)], found)
    if frame.has("goes_with"):
        asked = replace(asked, kind="together")
    if asked.kind == "packaging":
        return _spoke(turn, turn.memory, [Words(sizes_of(turn, found))], found)
    listed = _allergens_listed(turn, found[0]) if asked.kind == "allergy" else ""
    if listed:
        text = turn.say("allergen_listed", product=found[0].title, ingredient=listed)
        return _spoke(turn, turn.memory, [Words(text, verdict=Verdict.NO.value)], found[:1])
    if asked.kind == "allergy" and not asked.safety and found[0].ingredients:
        text = f"{all_ingredients(turn, found[0])} {turn.say('allergy_label')}"
        return _spoke(turn, turn.memory, [Words(text)], found[:1])
    if asked.kind == "replace" and frame.has("something_like"):
        return show_alternatives(turn, found[0])
    if asked.kind == "replace":
        asked = replace(asked, kind="can_use")
    return _advised(turn, asked, found)


def _allergens_listed(turn: Turn, product: ProductView) -> str:
    """What a label lists, as it is printed, of what the question tells an allergy to: also where nobody knows the ingredient."""
    told = [set(words(one.text)) for one in turn.frame.of(*CONTENT, "unknown", role=ALLERGIC)]
    entries = [turn.knowledge.safety[one] for one in turn.frame.ids("safety") if turn.knowledge.safety[one].kind == "allergy"]
    told += [set(words(text)) for one in entries for text in one.triggers]
    return ", ".join(printed for printed in product.ingredients if any(one and one <= set(words(printed)) for one in told))


def _advised(turn: Turn, asked: Question, found: List[ProductView]) -> Answer | None:
    """What the rules say; None where they know neither kind nor label."""
    question = replace(asked, subjects=others(turn, found), forms=(), needs=turn.frame.ids(*NEEDS))
    items = [turn.resources.items.item(product) for product in found]
    if len(items) > 1 and asked.kind in PAIRED:
        advice = rules.both(turn.knowledge, question, items[0], items[1])
    else:
        found = found[:1]
        advice = rules.about(turn.knowledge, question, items[0])
    if advice is None:
        return None
    if turn.frame.has("goes_with") and len(found) == 1 and not question.subjects:
        fitting = companions(turn, found[0])
        advice = replace(advice, lines=(*advice.lines, fitting)) if fitting else advice
    advice = _doctor_first(turn, asked, advice)
    return _spoke(turn, turn.remembered(advice, question), [Statements(advice, polar=asked.polar)], found)


def _doctor_first(turn: Turn, asked: Question, advice: Advice) -> Advice:
    """With a skin condition named in the question ("does it work for melasma?") first what is to be minded with it."""
    entries = [turn.knowledge.safety[one] for one in asked.safety if turn.knowledge.safety[one].kind == "condition"]
    if not entries or advice.verdict is Verdict.DOCTOR:
        return advice
    lines = (Line(text=entries[0].say), *advice.lines)
    return replace(advice, verdict=Verdict.DOCTOR, lines=lines, sources=merge(tuple(entries[0].sources), advice.sources))


def _spoke(turn: Turn, memory: Memory, parts: Sequence[Part], found: Sequence[ProductView]) -> Answer:
    """The answer, with the products spoken of kept; the list that they are out of can still be narrowed.

    `memory`: what is kept of the question itself."""
    before = turn.memory.shown
    handles = tuple(product.handle for product in found)
    of_list = set(handles) <= set(before.listed)
    kept = replace(turn, memory=memory).shows(
        handles,
        handles[0] if len(handles) == 1 else "",
        found=still_to_show(turn.memory)[1] if len(handles) > 1 and of_list else (),
        wish=dict(before.wish) if of_list else {},
        kind="",
        policy="",
        said="",
    )
    return turn.answer(*parts, memory=kept)
