"""Vegan and cruelty-free: the marks of the product that a question names, or which products carry them."""

from __future__ import annotations

from dataclasses import replace
from typing import Tuple

from bot.answers.answer import Answer, Statements, Words
from bot.answers.products.listing import show_list, spoke_of
from bot.answers.products.meant import meant, points_back
from bot.answers.products.query import of_kind, query
from bot.answers.shop.policy import policy_text
from bot.answers.turn import Turn
from bot.rules.advice import Advice, Line
from bot.rules.facts import stated
from bot.rules.names import name
from bot.rules.schema import Verdict
from bot.store.views import ProductView
from bot.understanding.wishes import wish_of

VEGAN, CRUELTY_FREE = "vegan", "cruelty_free"


def vegan(turn: Turn) -> Answer:
    """Whether the product meant is marked vegan or cruelty-free, or an ingredient comes from an animal; else products
    that carry the mark."""
    named = turn.frame.ids("ingredient")
    found = meant(turn)[:1] if turn.frame.of("product") or points_back(turn.frame) or not named else []
    if found:
        return _of_product(turn, found[0])
    ingredient = stated(turn.knowledge, VEGAN, named)
    if ingredient:
        return turn.answer(Statements(ingredient, polar=True))
    mark = CRUELTY_FREE if turn.frame.has("tested_on_animals") else VEGAN
    policy = policy_text(turn, VEGAN)
    wanted = replace(query(turn.frame, turn.person, turn.resources, turn.currency), flags=(mark,), in_stock=True)
    sold = of_kind(turn.frame, turn.products.search(wanted), turn.resources.items)
    if not sold:
        return turn.reply(policy)
    marked = turn.say("products_marked", marks=mark.replace("_", "-"))
    return show_list(turn, sold, [f"{policy} {marked}"], wish=wish_of(turn.frame))


def _of_product(turn: Turn, product: ProductView) -> Answer:
    """Its marks; where it is not marked vegan, what on its label is known to come from an animal."""
    if VEGAN not in product.flags:
        animal = _from_animals(turn, product)
        if animal:
            return _not_vegan(turn, product, *animal)
    lines = []
    if VEGAN not in product.flags:
        lines.append(turn.say("marks_not_vegan" if product.flags else "marks_none", product=product.title))
    marks = ", ".join(flag.replace("_", " ") for flag in product.flags)
    if marks:
        lines.append(turn.say("marks_also" if lines else "marks_of", product=product.title, marks=marks))
    return spoke_of(turn, [Words(" ".join(lines))], [product])


def _from_animals(turn: Turn, product: ProductView) -> Tuple[str, Advice] | None:
    """The first ingredient of its label that is known to come from an animal, with what is said of it."""
    for one in turn.resources.items.item(product).ingredients:
        said = stated(turn.knowledge, VEGAN, (one,))
        if said and said.verdict is Verdict.NO:
            return one, said
    return None


def _not_vegan(turn: Turn, product: ProductView, ingredient: str, said: Advice) -> Answer:
    first = Line(key="not_vegan_lists", params={"product": product.title, "ingredient": name(turn.knowledge, ingredient)})
    return spoke_of(turn, [Statements(replace(said, lines=(first, *said.lines)), polar=True)], [product])
