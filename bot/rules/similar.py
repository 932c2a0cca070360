"""Products like another one: the same kind with the same actives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Sequence

from bot.rules.advice import Profile
from bot.rules.conflicts import conflicts
from bot.rules.items import Item, key_ingredients, strong
from bot.rules.knowledge import Knowledge


@dataclass(frozen=True)
class Alternative:
    """A product that may stand in for another, and the key ingredients that both have."""

    item: Item
    shared: tuple[str, ...]


def alternatives(
    knowledge: Knowledge, wanted: Item, candidates: Iterable[Item], profile: Profile, cheaper: bool = False
) -> list[Alternative]:
    """Products of the same kind for one of the same concerns, those that share the most key ingredients with `wanted`
    first, then the cheapest; where none shares an ingredient, those for the same concerns.

    Left out: what is sold out, what is in conflict with the person, what has a strong active that `wanted` has not,
    and with `cheaper` what does not cost less. Brands never count.
    """
    key = key_ingredients(knowledge, wanted)
    actives = strong(knowledge, wanted)
    found = [
        Alternative(item, tuple(one for one in key if one in item.ingredients))
        for item in candidates
        if item.handle != wanted.handle
        and item.type == wanted.type
        and item.in_stock
        and (not cheaper or item.price < wanted.price)
        and (not wanted.concerns or not item.concerns or set(wanted.concerns) & set(item.concerns))
        and set(strong(knowledge, item)) <= set(actives)
        and not conflicts(knowledge, item, profile)
    ]
    sharing = [one for one in found if one.shared]
    return sorted(sharing or found, key=lambda one: (-_likeness(wanted, one, key), one.item.price, one.item.handle))


def _likeness(wanted: Item, other: Alternative, key: Sequence[str]) -> int:
    """The first key ingredients weigh more; a shared concern of the shop's weighs as the last of them."""
    weights = sum(len(key) - key.index(one) for one in other.shared)
    return weights + len(set(wanted.concerns) & set(other.item.concerns))
