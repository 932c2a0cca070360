"""From a message to the steps of the person's routine: subjects, products of the shop, and what is changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Sequence

from rasa_sdk import Tracker

from actions import conversation
from actions.items import item
from actions.resources import knowledge
from bot.rules.routine import once
from bot.rules.routine_guard import is_among
from bot.rules.routine_reading import TIME, Mention, read
from bot.rules.routine_use import is_exfoliating
from bot.rules.safety import is_strong
from bot.rules.steps import Step
from bot.store.repository import ProductRepository
from bot.store.views import ProductView

LABELS = ("product_type", "ingredient", "family", "time_of_day")
NEGATED = "negated"
WHOLE = 3
FALLBACK_TYPE = "serum"
PARTING = ("avoid", "refer", "alternate_nights", "separate_am_pm")
WORD = re.compile(r"\w+")
ADDS = re.compile(r"\b(add(ed|ing)?|also|plus|as well|too|forgot|another|on top|besides)\b|^\W*(and|oh)\b", re.I)
REMOVES = re.compile(
    r"\b(remov(e|ed|ing)|drop(ped|ping)?|delet(e|ed)|take out|took out|leave out|left out|skip(ped|ping)?|stop(ped|ping)?|"
    r"(get|got|getting) rid of|cut(ting)? out|throw(ing)? out|ditch(ed|ing)?|quit)\b",
    re.I,
)
SWAPS = re.compile(r"\b(swap(ped)?|replace(d)?|switch(ed)?|change(d)?|instead of|rather than)\b", re.I)
BACKWARD = re.compile(r"\b(instead of|rather than)\b", re.I)


@dataclass(frozen=True)
class Told:
    """What a message says of the routine: steps it names as used, and steps it takes out."""

    named: tuple[Step, ...]
    gone: tuple[Step, ...] = ()

    @property
    def silent(self) -> bool:
        """True when it names no step at all."""
        return not self.named and not self.gone


def told(tracker: Tracker, products: ProductRepository | None = None) -> Told:
    """The steps of the latest message; products of the shop count where a repository is given."""
    text = conversation.text(tracker)
    leaves = REMOVES.search(text)
    leaves_from = leaves.start() if leaves and not SWAPS.search(text) else len(text)
    staying: list[Mention] = []
    going: list[Mention] = []
    for found in conversation.entities(tracker, *LABELS):
        mention = Mention(found["entity"], found["value"], found.get("role"), found["start"], found["end"])
        gone = mention.role == NEGATED or (mention.start > leaves_from and mention.label != TIME)
        (going if gone else staying).append(mention)
    placed = _placed(text, products.named_in(text) if products else [])
    out = [product for product in placed if product[1] > leaves_from]
    kept = [product for product in placed if product not in out]
    return Told(
        tuple(once(read(knowledge(), text, staying, kept))), tuple(once(read(knowledge(), text, going, out)))
    )


def _placed(text: str, named: Sequence[ProductView]) -> list[tuple[Step, int, int]]:
    """Products with where they stand; one whose words belong to a surer one before it was not meant."""
    placed: list[tuple[Step, int, int]] = []
    for product in named:
        span = span_of(text, product)
        if span and not any(start < span[1] and span[0] < end for _, start, end in placed):
            placed.append((product_step(product), *span))
    return placed


def changed(text: str, before: Sequence[Step], said: Told) -> tuple[Step, ...]:
    """The routine after a message: some steps taken out, swapped, added, or the whole told anew.

    Three or more steps at once are a new routine, or its morning or night where they say so; fewer are added.
    """
    kept = _without(before, said.gone)
    named = said.named
    if SWAPS.search(text) and len(named) == 2:
        new, old = named if BACKWARD.search(text) else reversed(named)
        return tuple(once([*_without(kept, [old]), new]))
    if len(named) >= WHOLE and not ADDS.search(text):
        times = {time for step in named for time in step.times}
        kept = [step for step in kept if times and step.times and not times & set(step.times)]
    return tuple(once([*kept, *named]))


def _without(steps: Sequence[Step], gone: Sequence[Step]) -> list[Step]:
    """The steps but those meant by `gone`: the same active, or the same type where only that was named."""
    return [step for step in steps if not any(_meant(step, one) for one in gone)]


def _meant(step: Step, named: Step) -> bool:
    if named.handle or named.what == step.what:
        return named.handle == step.handle and named.what == step.what
    if named.actives:
        return any(_same(one, other) for one in named.actives for other in step.actives)
    return named.type == step.type


def _same(one: str, other: str) -> bool:
    """True for an ingredient and itself or its family."""
    return is_among(knowledge(), one, (other,)) or is_among(knowledge(), other, (one,))


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
