"""Which products fit a person best. The order follows from what is known of skin and label; brands never count.

Left out before any ranking: what is sold out, in conflict with the person or with what they use, against their
concern, of another kind, or outside their budget.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Iterable

from bot.rules import pairs
from bot.rules.advice import Line, Profile
from bot.rules.conflicts import conflicts, harsh_for_sensitive
from bot.rules.items import Item, covers, strong, suggested
from bot.rules.knowledge import Knowledge
from bot.rules.names import name, several

MOST_NAMED = 3
APART = ("alternate_nights", "separate_am_pm")
NEVER = ("avoid", "refer")


@dataclass(frozen=True)
class Wants:
    """What is looked for. `types` in the order they are preferred; prices in minor units; `in_use` what the person
    uses already, by id."""

    types: tuple[str, ...]
    concerns: tuple[str, ...] = ()
    profile: Profile = field(default_factory=Profile)
    max_price: int | None = None
    min_price: int | None = None
    in_use: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fit:
    """A product that fits, and why: concerns met, ingredients chosen for them, skin types it is made for, cautions."""

    item: Item
    concerns: tuple[str, ...]
    ingredients: tuple[str, ...]
    skin_types: tuple[str, ...]
    cautions: tuple[Line, ...]


def rank(knowledge: Knowledge, wants: Wants, items: Iterable[Item]) -> list[Fit]:
    """The products that fit, the best first: gentle ones for sensitive skin, then by concerns met, skin type, how many
    ingredients are commonly chosen for the concern, the kind preferred, the lower price. What is equal in all of it
    stands in an order that depends on no name."""
    fitting = [_fit(knowledge, wants, item) for item in items if _allowed(knowledge, wants, item)]
    met = [fit for fit in fitting if fit.concerns or not wants.concerns]
    return sorted(met, key=lambda fit: _place(knowledge, wants, fit))


def in_order(knowledge: Knowledge, wants: Wants, items: Iterable[Item]) -> list[Item]:
    """All of the products in the order of `rank`, those in stock first; none is left out."""
    fits = [_fit(knowledge, wants, item) for item in items]
    return [fit.item for fit in sorted(fits, key=lambda fit: (not fit.item.in_stock, _place(knowledge, wants, fit)))]


def within_budget(wants: Wants, item: Item) -> bool:
    """True when its cheapest size lies within the bounds."""
    return (wants.max_price is None or item.price <= wants.max_price) and (
        wants.min_price is None or item.price >= wants.min_price
    )


def _allowed(knowledge: Knowledge, wants: Wants, item: Item) -> bool:
    unwanted = [one for concern in wants.concerns for one in knowledge.concerns[concern].avoid]
    return (
        item.in_stock
        and item.type in wants.types
        and within_budget(wants, item)
        and not any(knowledge.subject(one) is not None and covers(knowledge, item, one) for one in unwanted)
        and not conflicts(knowledge, item, wants.profile)
        and not _clashes(knowledge, wants, item)
    )


def _clashes(knowledge: Knowledge, wants: Wants, item: Item) -> bool:
    """True where it holds a strong active that is used already, or that must not meet one in use."""
    actives = strong(knowledge, item)
    for used in wants.in_use:
        if used in knowledge.product_types:
            continue
        if any(_same_kind(knowledge, one, used) for one in actives):
            return True
        rules = [rule for one in actives if (rule := pairs.rule_for(knowledge, one, used))]
        if any(rule.verdict in NEVER for rule in rules):
            return True
    return False


def _same_kind(knowledge: Knowledge, active: str, used: str) -> bool:
    family = knowledge.ingredients[active].family
    other = knowledge.ingredients.get(used)
    members = knowledge.families[used].members if used in knowledge.families else ()
    return used in (active, family) or active in members or (other is not None and other.family == family)


def _fit(knowledge: Knowledge, wants: Wants, item: Item) -> Fit:
    ingredients = suggested(knowledge, item, wants.concerns)
    met = tuple(one for one in wants.concerns if _meets(knowledge, item, one))
    skin = tuple(one for one in wants.profile.skin_types if one in item.skin_types)
    return Fit(item, met, ingredients, skin, _cautions(knowledge, wants, item))


def _meets(knowledge: Knowledge, item: Item, concern: str) -> bool:
    """By the shop's own word; where it says of no concern that the product is for it, by the label."""
    return concern in item.concerns if item.concerns else bool(suggested(knowledge, item, (concern,)))


def _cautions(knowledge: Knowledge, wants: Wants, item: Item) -> tuple[Line, ...]:
    lines = []
    harsh = harsh_for_sensitive(knowledge, item) if wants.profile.sensitive else ()
    if harsh:
        params = {"product": item.title, "ingredient": several(knowledge, harsh[:MOST_NAMED])}
        lines.append(Line(key="product_harsh", params=params, mentions=harsh[:MOST_NAMED]))
    for used in wants.in_use:
        for one in strong(knowledge, item):
            rule = pairs.rule_for(knowledge, one, used)
            if rule and rule.verdict in APART:
                params = {"product": item.title, "actives": name(knowledge, one), "used": name(knowledge, used)}
                lines.append(Line(key=f"finder_{rule.verdict}", params=params, recommends=(one, used)))
    actives = strong(knowledge, item)
    if actives and not harsh:
        params = {"product": item.title, "actives": several(knowledge, actives[:MOST_NAMED])}
        lines.append(Line(key="finder_slowly", params=params, recommends=actives[:MOST_NAMED]))
    return tuple(lines)


def _place(knowledge: Knowledge, wants: Wants, fit: Fit) -> tuple[object, ...]:
    gentle = not (wants.profile.sensitive and harsh_for_sensitive(knowledge, fit.item))
    return (
        not gentle,
        -len(fit.concerns),
        -len(fit.skin_types),
        -min(len(fit.ingredients), MOST_NAMED),
        wants.types.index(fit.item.type) if fit.item.type in wants.types else len(wants.types),
        fit.item.price,
        sha256(fit.item.handle.encode()).digest(),
    )
