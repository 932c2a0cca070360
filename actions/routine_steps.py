"""From a message to the steps of the person's routine: subjects, products of the shop, and what is changed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Sequence

from rasa_sdk import Tracker

from actions import conversation
from actions.items import item
from actions.resources import knowledge
from bot.rules.routine_use import is_exfoliating
from bot.rules.safety import is_strong
from bot.rules.steps import Step
from bot.store.repository import ProductRepository
from bot.store.views import ProductView
from bot.understanding.frame import Frame, Mention
from bot.understanding.routine import change, reading
from bot.understanding.routine.change import WHOLE
from bot.understanding.routine.reading import Told

__all__ = ["WHOLE", "Told", "changed", "product_step", "told"]
LABELS = ("product_type", "ingredient", "family", "time_of_day")
FALLBACK_TYPE = "serum"
PARTING = ("avoid", "refer", "alternate_nights", "separate_am_pm")
WORD = re.compile(r"\w+")


def told(tracker: Tracker, products: ProductRepository | None = None) -> Told:
    """The steps of the latest message; products of the shop count where a repository is given."""
    text = conversation.text(tracker)
    mentions = [
        Mention(found["entity"], found["value"], found.get("text", ""), found["start"], found["end"], found.get("role") or "")
        for found in conversation.entities(tracker, *LABELS)
    ]
    sold = {}
    for product, start, end in _placed(text, products.named_in(text) if products else []):
        sold[product.handle] = product
        mentions.append(Mention("product", product.handle, text[start:end], start, end))
    return reading.told(Frame(text, mentions=tuple(sorted(mentions, key=lambda one: one.start))), knowledge(), sold)


def _placed(text: str, named: Sequence[ProductView]) -> list[tuple[Step, int, int]]:
    """Products with where they stand; one whose words belong to a surer one before it was not meant."""
    placed: list[tuple[Step, int, int]] = []
    for product in named:
        span = span_of(text, product)
        if span and not any(start < span[1] and span[0] < end for _, start, end in placed):
            placed.append((product_step(product), *span))
    return placed


def changed(text: str, before: Sequence[Step], said: Told) -> tuple[Step, ...]:
    """The routine after a message: some steps taken out, swapped, added, or the whole told anew."""
    return change.changed(Frame(text), knowledge(), before, said)


def product_step(product: ProductView, wanted: Sequence[str] = ()) -> Step:
    """A product of the shop as a step: its type, and what on its label rules keep apart from something or that counts
    as strong, after the one of `wanted` that it holds. A kind that the knowledge does not have goes on like a serum."""
    known = item(product)
    first = [one for one in wanted if one in known.ingredients][:1]
    actives = dict.fromkeys([*first, *(one for one in known.ingredients if one in mattering())])
    return Step(known.type or FALLBACK_TYPE, tuple(actives), title=product.title, handle=product.handle)


@lru_cache(maxsize=1)
def mattering() -> frozenset[str]:
    """Ingredients that are strong, exfoliate, or that a rule keeps apart from something."""
    data = knowledge()
    parted = {side for pair in data.pairs.values() if pair.verdict in PARTING for side in (pair.a, pair.b)}
    return frozenset(
        one
        for one, ingredient in data.ingredients.items()
        if is_strong(data, one) or one in parted or ingredient.family in parted
        or is_exfoliating(data, Step(FALLBACK_TYPE, (one,)))
    )


def span_of(text: str, product: ProductView) -> tuple[int, int] | None:
    """Where a message names a product: the longest run of words of its title and brand; None for a single word."""
    own = set(WORD.findall(f"{product.title} {product.brand}".lower()))
    best: tuple[int, int] | None = None
    run: list[re.Match[str]] = []
    for word in WORD.finditer(text.lower()):
        if word.group() not in own:
            run = []
            continue
        run.append(word)
        if best is None or len(run) > len(WORD.findall(text[best[0] : best[1]])):
            best = (run[0].start(), run[-1].end())
    return best if best and len(WORD.findall(text[best[0] : best[1]])) > 1 else None
