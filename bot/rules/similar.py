"""Products like another one: the same kind with the same actives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Sequence

from bot.rules.advice import Profile
from bot.rules.conflicts import conflicts
from bot.rules.items import Item, key_ingredients
from bot.rules.knowledge import Knowledge


@dataclass(frozen=True)
class Alternative:
    """A product that may stand in for another, and the key ingredients that both have."""

    item: Item
    shared: tuple[str, ...]


def alternatives(
    knowledge: Knowledge, wanted: Item, candidates: Iterable[Item], profile: Profile, cheaper: bool = False
) -> list[Alternative]:
    """Products of the same kind that share key ingredients with `wanted`, the most alike first, then the cheapest.

    Left out: what is sold out, what is in conflict with the person, and with `cheaper` what does not cost less. Brands
    never count.
    """
    key = key_ingredients(knowledge, wanted)
    found = [
        Alternative(item, shared)
        for item in candidates
        if item.handle != wanted.handle
        and item.type == wanted.type
        and item.in_stock
        and (not cheaper or item.price < wanted.price)
        and (shared := tuple(one for one in key if one in item.ingredients))
        and not conflicts(knowledge, item, profile)
    ]
    return sorted(found, key=lambda one: (-_likeness(wanted, one, key), one.item.price, one.item.handle))


def _likeness(wanted: Item, other: Alternative, key: Sequence[str]) -> int:
    """The first key ingredients weigh more; a shared concern of the shop's weighs as the last of them."""
    weights = sum(len(key) - key.index(one) for one in other.shared)
    return weights + len(set(wanted.concerns) & set(other.item.concerns))
