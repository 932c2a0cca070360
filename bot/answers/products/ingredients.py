"""What is in a product, and whether something asked about is."""

from __future__ import annotations

from dataclasses import replace
from typing import List, Sequence

from bot.answers.answer import Answer, Statements, Words
from bot.answers.products.against import warnings
from bot.answers.products.listing import newly_shown, show_list, spoke_of
from bot.answers.products.meant import meant
from bot.answers.products.query import query
from bot.answers.turn import Turn
from bot.rules.answers import answer
from bot.rules.items import covers
from bot.rules.names import several
from bot.store.generic_words import GENERIC_WORDS, KIND_WORDS, LINKING_WORDS
from bot.store.text import words
from bot.store.views import ProductView
from bot.understanding.frame import ALLERGIC, CONTENT, NEGATED
from bot.understanding.shopping import named_types
from bot.understanding.wishes import wish_of

FRAGRANCE, ALCOHOL = "fragrance", "alcohol"
MOST_NAMED = 3
MOST_INGREDIENTS = 12
SHORTEST_NAME = 4


def product_ingredients(turn: Turn) -> Answer:
    """What is in the product meant, and whether the ingredient asked about is; without a product which of the shop's hold
    it, whether the label read last does, or what it is."""
    found = meant(turn)[:1]
    if found:
        return _of_product(turn, found[0])
    named = tuple(dict.fromkeys(one.id for one in turn.frame.of(*CONTENT) if one.role in ("", NEGATED)))
    without = turn.frame.of(*CONTENT, role=NEGATED) and turn.frame.has("from_your_shop")
    if (named and named_types(turn.frame) and turn.frame.has("which_of_yours")) or without:
        return _which_hold(turn)
    if named and turn.memory.label:
        return turn.reply(" ".join(_on_label(turn, named, turn.memory.label, turn.say("label_yours").lower())))
    asked = replace(turn.asked, kind="what_is")
    if asked.subjects or asked.forms:
        return turn.answer(Statements(answer(turn.knowledge, asked)))
    return turn.reply(turn.say("ingredients_which"))


def all_ingredients(turn: Turn, product: ProductView) -> str:
    """The whole label in one sentence."""
    return turn.say("ingredients_all", product=product.title, ingredients=", ".join(product.ingredients))


def _of_product(turn: Turn, product: ProductView) -> Answer:
    if not product.ingredients:
        said = " ".join([*_said_of(turn, product), *warnings(turn, [product])])
        return spoke_of(turn, [Words(said, products=newly_shown(turn, [product]))], [product])
    lines = _asked_about(turn, product) or [_starts_with(turn, product)]
    minded = [turn.say("allergy_label")] if turn.frame.of(*CONTENT, "unknown", role=ALLERGIC) or turn.frame.has("allergy_told") else []
    said = " ".join([*lines, *(warnings(turn, [product]) or minded)])
    return spoke_of(turn, [Words(said, products=newly_shown(turn, [product]))], [product])


def _said_of(turn: Turn, product: ProductView) -> List[str]:
    """Without a list: what of the ingredients asked about its name or text speaks of, and that the list is not known."""
    item = turn.resources.items.item(product)
    speaks_of = (*item.ingredients, *item.families)
    asked = [one.id for one in turn.frame.of(*CONTENT)]
    found = [one for one in speaks_of if not asked or any(covers(turn.knowledge, item, wanted) for wanted in asked)]
    unknown = turn.say("ingredients_unknown", product=product.title)
    if not found:
        return [unknown]
    named = several(turn.knowledge, found[:MOST_NAMED])
    return [turn.say("ingredients_said", product=product.title, ingredients=named), unknown]


def _which_hold(turn: Turn) -> Answer:
    sold = turn.products.search(query(turn.frame, turn.person, turn.resources, turn.currency))
    if not sold:
        return turn.reply(turn.say("products_none_without" if turn.frame.of(*CONTENT, role=NEGATED) else "products_none"))
    return show_list(turn, sold, [turn.say("products_found")], wish=wish_of(turn.frame))


def _starts_with(turn: Turn, product: ProductView) -> str:
    more = len(product.ingredients) - MOST_INGREDIENTS
    if more <= 0:
        return all_ingredients(turn, product)
    first = ", ".join(product.ingredients[:MOST_INGREDIENTS])
    return turn.say("ingredients_more", product=product.title, ingredients=first, count=str(more))


def _asked_about(turn: Turn, product: ProductView) -> List[str]:
    """Whether each ingredient named beside the product is on its label; those of its title do not count as asked."""
    title = product.title.lower()
    asked = [one for one in turn.frame.of(*CONTENT) if one.text.lower() not in title]
    of_none = turn.frame.has("asks_free_of")
    free_of = dict.fromkeys(one.id for one in asked if one.role == NEGATED or of_none)
    contains = dict.fromkeys(one.id for one in asked if one.id not in free_of)
    lines = [_free_of(turn, product, one) for one in free_of]
    scents = _printed(turn, product, FRAGRANCE) if FRAGRANCE in contains else ""
    if scents:
        lines.append(turn.say("ingredient_in", product=product.title, ingredient=scents))
        del contains[FRAGRANCE]
    lines += [*_on_label(turn, list(contains), product.inci, product.title)]
    if ALCOHOL in (*contains, *free_of) and (others := _other_alcohols(product)) and not _printed(turn, product, ALCOHOL):
        lines.append(turn.say("alcohols_of_other_kinds", names=", ".join(others)))
    return lines or _printed_words(turn, product)


def _other_alcohols(product: ProductView) -> List[str]:
    """What has the word in its name on the label, such as fatty alcohols."""
    return [printed for printed in product.ingredients if ALCOHOL in words(printed)]


def _printed_words(turn: Turn, product: ProductView) -> List[str]:
    """That what a question asks about in words that the knowledge lacks ("beeswax") is printed on the label; nothing where it
    is not, as it may stand there under another name."""
    own = {*words(product.title), *words(product.brand), *KIND_WORDS, *LINKING_WORDS, *GENERIC_WORDS}
    asked = [word for word in words(turn.frame.text) if word not in own and len(word) >= SHORTEST_NAME]
    found = [printed for printed in product.ingredients if any(word in words(printed) for word in asked)]
    return [turn.say("ingredient_in", product=product.title, ingredient=", ".join(found[:MOST_NAMED]))] if found else []


def _free_of(turn: Turn, product: ProductView, subject: str) -> str:
    """Whether a product is free of an ingredient or family: who wants no fragrance wants none of its components."""
    found = _printed(turn, product, subject)
    params = {"product": product.title, "ingredient": several(turn.knowledge, [subject])}
    return turn.say("free_of_not", names=found, **params) if found else turn.say("free_of", **params)


def _printed(turn: Turn, product: ProductView, subject: str) -> str:
    """What of a subject stands on the label, as it is printed."""
    names = set(turn.resources.labels.names_of(subject, True))
    found = [printed for printed, one in zip(product.ingredients, product.inci) if one in names]
    return ", ".join(found[:MOST_NAMED])


def _on_label(turn: Turn, asked: Sequence[str], label: Sequence[str], title: str) -> List[str]:
    """Whether each of these ingredients or families stands on a label."""
    data, lines = turn.knowledge, []
    there = {turn.resources.labels.ingredient(name) for name in label}
    for one in asked:
        members = {one, *(data.families[one].members if one in data.families else ())}
        key = "ingredient_in" if members & there else "ingredient_not_in"
        lines.append(turn.say(key, product=title, ingredient=several(data, [one])))
    return lines
