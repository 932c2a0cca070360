"""Builds a routine for a person: which kinds of product, what should be in them, and which of the shop's fit.

The shop is asked through a function, so that the rules know nothing of it: given a wish it returns candidates, the
best first, and the first that this person may use and that gets along with the rest is taken. Where the shop has
nothing the step stands without a product.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, Iterable, Sequence

from bot.rules.advice import Profile, merge
from bot.rules.kinship import is_among
from bot.rules.knowledge import Knowledge
from bot.rules.routine import RoutineCheck, check, why_held
from bot.rules.routine_clashes import clash
from bot.rules.routine_guard import IRRITATED, held_back, irritated, not_to_add
from bot.rules.routine_use import acid_ids, strong_in
from bot.rules.safety import TEEN, is_strong, pregnancy_status
from bot.rules.schema import Ingredient, Routine
from bot.rules.steps import MORNING, NIGHT, Step

COURSE = "ampoule_as_course"
EXFOLIANT = "exfoliant"
NAMED_BY_CONTENT = ("serum", "ampoule", EXFOLIANT)
MOST_FALLBACKS = 4


@dataclass(frozen=True)
class Wish:
    """What a step should be: its type, when it is used, and ingredients of which it should hold one, best first."""

    type: str
    times: tuple[str, ...]
    ingredients: tuple[str, ...] = ()


Offers = Callable[[Wish], Iterable[Step]]


@dataclass(frozen=True)
class Built:
    """A routine made for somebody. `course` is the ampoule for a skin crisis, None where none fits; `checked` holds
    morning and night in order; `sources` are those of the routine's shape and of what was chosen."""

    steps: tuple[Step, ...]
    course: Step | None
    checked: RoutineCheck
    sources: tuple[str, ...]


def nothing(_: Wish) -> Iterable[Step]:
    """Offers of a shop that has nothing."""
    return ()


def build(knowledge: Knowledge, profile: Profile, size: str = "short", offers: Offers = nothing) -> Built:
    """A routine of the given size for this person, without anything they should leave out.

    Raises:
        KeyError: when the knowledge has no routine of that size.
    """
    template = knowledge.routines[size]
    chosen: list[Step] = []
    for wish in _wishes(knowledge, template, profile):
        step = _fulfilled(knowledge, wish, chosen, profile, offers)
        if step:
            chosen.append(step)
    young = profile.age is not None and profile.age < TEEN
    has_one = "ampoule" in {step.type for step in chosen}
    course = None if young or has_one else _course(knowledge, chosen, profile, offers)
    suggested = [one for step in chosen for one in step.actives]
    sources = merge(template.sources, *(sources_of(knowledge, one, profile) for one in suggested))
    return Built(tuple(chosen), course, check(knowledge, chosen, profile), sources)


def candidates(knowledge: Knowledge, profile: Profile) -> list[str]:
    """Ingredients for this person's concerns and skin types, best first, without any that they should leave."""
    concerns = [knowledge.concerns[one] for one in profile.concerns]
    if irritated(profile) and IRRITATED not in profile.concerns:
        concerns.insert(0, knowledge.concerns[IRRITATED])
    suggested = merge(*([item.ingredient for item in concern.suggest] for concern in concerns))
    wanted = merge(*(knowledge.skin_types[one].good_ingredients for one in profile.skin_types))
    basic = knowledge.skin_types["normal"].good_ingredients
    in_order = merge(_asked_for(knowledge, profile), _first_of_each(concerns), suggested, wanted, basic)
    avoided = merge(*(concern.avoid for concern in concerns))
    return [
        one
        for one in in_order
        if fits(knowledge, one, profile) and (one in profile.wants or not is_among(knowledge, one, avoided))
    ]


def _asked_for(knowledge: Knowledge, profile: Profile) -> tuple[str, ...]:
    """The ingredients that the person wants in it; of a family the first that they may use."""
    found: list[str] = []
    for one in profile.wants:
        members = [one] if one in knowledge.ingredients else knowledge.families[one].members if one in knowledge.families else []
        found += [member for member in members if member in knowledge.ingredients and fits(knowledge, member, profile)][:1]
    return tuple(found)


def fits(knowledge: Knowledge, ingredient_id: str, profile: Profile) -> bool:
    """True for an ingredient that may be recommended to this person; no strong active to begin with unless they want it,
    nor to the young."""
    ingredient = knowledge.ingredients[ingredient_id]
    if ingredient.recommendable != "yes" or held_back(knowledge, ingredient_id, profile):
        return False
    if not_to_add(knowledge, ingredient_id, profile):
        return False
    status = pregnancy_status(knowledge, ingredient_id)
    if profile.pregnant and (status is None or status[0] != "ok"):
        return False
    if not is_strong(knowledge, ingredient_id):
        return True
    if profile.age is not None and profile.age < TEEN:
        return False
    if {ingredient_id, ingredient.family} & set(profile.wants):
        return True
    if profile.beginner:
        return False
    return not profile.sensitive or "sensitive" in ingredient.suits


def sources_of(knowledge: Knowledge, ingredient_id: str, profile: Profile) -> tuple[str, ...]:
    """Who says that an ingredient is chosen for this person's concerns; of its benefits in general otherwise."""
    told = [
        tuple(item.sources)
        for one in profile.concerns
        for item in knowledge.concerns[one].suggest
        if item.ingredient == ingredient_id
    ]
    subject = knowledge.subject(ingredient_id)
    return told[0] if told else tuple(subject.what.sources[:1]) if isinstance(subject, Ingredient) else ()


def _first_of_each(concerns: Sequence[object]) -> tuple[str, ...]:
    """The best of each concern before the second best of any."""
    return tuple(item.ingredient for concern in concerns for item in concern.suggest[:1])  # type: ignore[attr-defined]


def _wishes(knowledge: Knowledge, template: Routine, profile: Profile) -> list[Wish]:
    """What each step of the routine should be; actives for the morning and for the night may differ."""
    picked = candidates(knowledge, profile)
    asked = _asked_for(knowledge, profile)
    acids = acid_ids(knowledge)
    layered = [one for one in picked if one not in acids]
    gentle = [one for one in picked if not is_strong(knowledge, one)]
    by_day = [one for one in layered if _when(knowledge, one) in ("am", "am_or_pm", "am_and_pm")]
    by_night = [one for one in layered if _when(knowledge, one) != "am"]
    wishes = []
    for type_id in merge(template.morning, template.night):
        times = tuple(time for time, types in ((MORNING, template.morning), (NIGHT, template.night)) if type_id in types)
        if type_id == EXFOLIANT:
            wishes += _exfoliant(knowledge, profile, [one for one in picked if one in acids])
        elif type_id in template.active and len(times) == 2:
            day, night = by_day[:MOST_FALLBACKS], by_night[:MOST_FALLBACKS]
            same = day[:1] == night[:1]
            if same and len(set(day[:2]) & {*asked}) == 2:
                same, night = False, night[1:]
            wishes += [Wish(type_id, times, tuple(day))] if same else [
                Wish(type_id, (MORNING,), tuple(day)), Wish(type_id, (NIGHT,), tuple(night)),
            ]
        else:
            wishes.append(Wish(type_id, times, tuple(gentle[:MOST_FALLBACKS])))
    wanted_acids = [one for one in asked if one in acids]
    if wanted_acids and EXFOLIANT not in {wish.type for wish in wishes}:
        wishes.append(Wish(EXFOLIANT, (NIGHT,), tuple(wanted_acids)))
    return wishes


def _when(knowledge: Knowledge, ingredient_id: str) -> str:
    use = knowledge.ingredients[ingredient_id].use
    return use.when if use else "am_or_pm"


def _exfoliant(knowledge: Knowledge, profile: Profile, acids: Sequence[str]) -> list[Wish]:
    """An exfoliant's acid: one chosen for the concern, else the mildest; no exfoliant where none fits."""
    mildest = [one for one in knowledge.families["pha"].members if fits(knowledge, one, profile)]
    chosen = tuple(acids[:MOST_FALLBACKS]) or tuple(mildest)
    return [Wish(EXFOLIANT, (NIGHT,), chosen)] if chosen else []


def _fulfilled(
    knowledge: Knowledge, wish: Wish, chosen: Sequence[Step], profile: Profile, offers: Offers
) -> Step | None:
    """The shop's best product for a wish, else the kind of product itself; None where even that must be left."""
    for step in _in_order(wish, [*offers(wish)], _asked_for(knowledge, profile)):
        step = replace(step, times=wish.times)
        if why_held(knowledge, step, profile) or not _suitable(knowledge, step, profile):
            continue
        if not set(strong_in(knowledge, [step])) <= set(wish.ingredients):
            continue
        found = [one for other in chosen if (one := clash(knowledge, step, other))]
        if any(one.never or one.kind == "unknown" for one in found):
            continue
        if not check(knowledge, [*chosen, step], profile).out:
            return step
    return None


def _in_order(wish: Wish, offered: Sequence[Step], asked: Sequence[str]) -> list[Step]:
    """What could fulfil a wish, best first: what the person asked for goes before the shop's other products."""
    plain = _plain(wish)
    first = [one for one in (*offered, *plain) if set(wish.ingredients[:1]) & {*asked} & {*one.actives}]
    return [*first, *offered, *plain]


def _plain(wish: Wish) -> list[Step]:
    """The wish without a product of the shop."""
    named = wish.ingredients if wish.type in NAMED_BY_CONTENT else ()
    return [*(Step(wish.type, (one,)) for one in named), Step(wish.type)]


def _suitable(knowledge: Knowledge, step: Step, profile: Profile) -> bool:
    """True where the product and everything in it that is known to the rules may be recommended to this person."""
    if any(not_to_add(knowledge, one, profile) for one in step.ids):
        return False
    named = [one for one in step.actives if one in knowledge.ingredients]
    return all(fits(knowledge, one, profile) for one in named)


def _course(knowledge: Knowledge, chosen: Sequence[Step], profile: Profile, offers: Offers) -> Step | None:
    """An ampoule for a skin crisis: gentle, as it comes on top of the rest."""
    gentle = [one for one in candidates(knowledge, profile) if not is_strong(knowledge, one)]
    return _fulfilled(knowledge, Wish("ampoule", (NIGHT,), tuple(gentle[:MOST_FALLBACKS])), chosen, profile, offers)
