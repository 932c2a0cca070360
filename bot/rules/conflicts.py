"""What in a product speaks against it for one person: pregnancy, allergies, medicines, conditions, age, wishes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

from bot.rules.advice import Line, Profile, merge
from bot.rules.items import Item, covers, strong
from bot.rules.kinship import kin
from bot.rules.knowledge import Knowledge
from bot.rules.names import several
from bot.rules.routine_guard import resting
from bot.rules.safety import CHILD, TEEN, UNDER_13, is_strong, pregnancy_status
from bot.rules.schema import Ingredient, Verdict

MOST_NAMED = 3
AGAINST = ("allergy", "medicine", "condition")
GENTLE_FOR = "redness_sensitivity"
"""The concern whose list of what to avoid holds for sensitive skin too."""


@dataclass(frozen=True)
class Conflict:
    """One reason against a product: how grave, which ingredients, in a sentence, by which sources."""

    verdict: Verdict
    line: Line
    subjects: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def conflicts(knowledge: Knowledge, item: Item, profile: Profile) -> list[Conflict]:
    """Every reason against a product for a person, the gravest first; empty when nothing is known against it.

    Where somebody has to keep clear of an ingredient, a product without a known label is in conflict too: it may
    hold anything.
    """
    found = [
        *_pregnancy(knowledge, item, profile),
        *_safety(knowledge, item, profile),
        *_holding(knowledge, item, "product_allergy", merge(*(kin(knowledge, one) for one in profile.allergies))),
        *_holding(knowledge, item, "product_avoided", profile.avoids),
        *_age(knowledge, item, profile),
        *_resting(knowledge, item, profile),
    ]
    if not item.labelled and (profile.pregnant or profile.avoids or profile.allergies or _entries(knowledge, profile)):
        key = "product_list_unknown" if found else "product_no_label"
        found.append(Conflict(Verdict.UNKNOWN, Line(key=key, params={"product": item.title})))
    return sorted(found, key=lambda one: (Verdict.NO, Verdict.DOCTOR, Verdict.CAREFUL, Verdict.UNKNOWN).index(one.verdict))


def harsh_for_sensitive(knowledge: Knowledge, item: Item) -> tuple[str, ...]:
    """What on its label sensitive skin does better without: strong actives that do not suit it, and what is commonly
    kept from it (fragrance, drying alcohol, menthol)."""
    irritants = [one for one in knowledge.concerns[GENTLE_FOR].avoid if one in knowledge.ingredients]
    scented = [one for one in item.ingredients if knowledge.ingredients[one].family == "essential_oil"]
    unsuited = [one for one in strong(knowledge, item) if "sensitive" not in knowledge.ingredients[one].suits]
    return merge(unsuited, [one for one in item.ingredients if one in irritants], scented)


def pregnancy_concerns(knowledge: Knowledge, item: Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ingredients of its label to avoid in pregnancy, and those to ask a doctor about: strong ones, or where a source
    with an address says so. (That nothing is known of an ingredient is no ground against it.)"""
    avoid, ask = [], []
    for one in (*item.ingredients, *item.families):
        status, sources = pregnancy_status(knowledge, one) or ("ok", ())
        if status == "avoid":
            avoid.append(one)
        elif status == "ask_doctor" and (is_strong(knowledge, one) or _stated_caution(knowledge, one, sources)):
            ask.append(one)
    return tuple(avoid), tuple(ask)


def _stated_caution(knowledge: Knowledge, ingredient_id: str, sources: tuple[str, ...]) -> bool:
    found = knowledge.ingredients.get(ingredient_id)
    return found is not None and found.pregnancy.status == "ask_doctor" and any(knowledge.sources[key].address for key in sources)


def _pregnancy(knowledge: Knowledge, item: Item, profile: Profile) -> list[Conflict]:
    if not profile.pregnant:
        return []
    avoid, ask = pregnancy_concerns(knowledge, item)
    return [
        _conflict(knowledge, verdict, key, item, ids, [pregnancy_status(knowledge, one) for one in ids])
        for verdict, key, ids in (
            (Verdict.NO, "product_pregnancy", avoid),
            (Verdict.DOCTOR, "product_pregnancy_ask", ask),
        )
        if ids
    ]


def _conflict(
    knowledge: Knowledge, verdict: Verdict, key: str, item: Item, ids: tuple[str, ...], statuses: list[object]
) -> Conflict:
    params = {"product": item.title, "lists": item.lists, "ingredient": several(knowledge, ids[:MOST_NAMED])}
    sources = merge(*(status[1][:1] for status in statuses if isinstance(status, tuple)))
    return Conflict(verdict, Line(key=key, params=params, mentions=ids[:MOST_NAMED]), ids, sources)


def _entries(knowledge: Knowledge, profile: Profile) -> list[str]:
    return [one for one in profile.safety if knowledge.safety[one].kind in AGAINST]


def _safety(knowledge: Knowledge, item: Item, profile: Profile) -> list[Conflict]:
    found = []
    for safety_id in _entries(knowledge, profile):
        entry = knowledge.safety[safety_id]
        about = [one for one in entry.subjects if one not in knowledge.product_types or one == "exfoliant"]
        ids = tuple(one for one in (*item.ingredients, *item.families) if any(_is(knowledge, one, other) for other in about))
        if ids or item.type in about:
            named = ids[:MOST_NAMED] or (item.type,)
            params = {"product": item.title, "lists": item.lists, "ingredient": several(knowledge, named), "reason": _inner(entry.name)}
            verdict = Verdict.DOCTOR if entry.urgency == "ask_doctor" else Verdict.NO
            key = "product_conflict_doctor" if verdict is Verdict.DOCTOR else "product_conflict"
            found.append(Conflict(verdict, Line(key=key, params=params, mentions=named), ids, tuple(entry.sources)))
    return found


def _inner(text: str) -> str:
    """A name as it stands inside a sentence."""
    return text[:1].lower() + text[1:]


def _holding(knowledge: Knowledge, item: Item, key: str, kept_from: Sequence[str]) -> list[Conflict]:
    """What of these the product holds: allergies told by name, or what the person wants to do without."""
    ids = tuple(one for one in kept_from if knowledge.subject(one) is not None and covers(knowledge, item, one))
    params = {"product": item.title, "lists": item.lists, "ingredient": several(knowledge, ids)}
    return [Conflict(Verdict.NO, Line(key=key, params=params, mentions=ids), ids)] if ids else []


def _age(knowledge: Knowledge, item: Item, profile: Profile) -> list[Conflict]:
    if profile.age is None or profile.age >= TEEN:
        return []
    limits = knowledge.safety[UNDER_13].about if profile.age < CHILD else []
    ids = tuple(
        one
        for one in (*item.ingredients, *item.families)
        if is_strong(knowledge, one) or any(_is(knowledge, one, other) for other in limits)
    )
    if not ids and item.type not in limits:
        return []
    named = ids[:MOST_NAMED] or (item.type,)
    params = {"product": item.title, "lists": item.lists, "ingredient": several(knowledge, named)}
    key, verdict = ("product_child", Verdict.NO) if profile.age < CHILD else ("product_teen", Verdict.DOCTOR)
    line = Line(key=key, params=params, mentions=named)
    return [Conflict(verdict, line, ids, tuple(knowledge.safety[UNDER_13].sources))]


def _resting(knowledge: Knowledge, item: Item, profile: Profile) -> list[Conflict]:
    actives = [one for one in (*item.ingredients, *item.families) if is_strong(knowledge, one)]
    found = [(one, why) for one in actives if (why := resting(knowledge, one, profile))]
    if not found:
        return []
    ids = tuple(one for one, _ in found)
    params = {"product": item.title, "lists": item.lists, "ingredient": several(knowledge, ids[:MOST_NAMED])}
    key = "product_procedure" if profile.procedure else "product_resting"
    return [Conflict(Verdict.NO, Line(key=key, params=params, mentions=ids[:MOST_NAMED]), ids, found[0][1].sources)]


def _is(knowledge: Knowledge, listed: str, spoken_of: str) -> bool:
    """True when a rule about `spoken_of` (an ingredient or family) is about a listed ingredient."""
    subject = knowledge.subject(listed)
    if listed == spoken_of or (isinstance(subject, Ingredient) and subject.family == spoken_of):
        return True
    family = knowledge.families.get(spoken_of)
    return family is not None and listed in family.members
