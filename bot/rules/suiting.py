"""Is a product for this person: what speaks against it, then what the shop made it for and what its label holds."""

from __future__ import annotations

from dataclasses import replace

from bot.rules.advice import Advice, Line, Profile, Question, merge
from bot.rules.conflicts import conflicts, harsh_for_sensitive
from bot.rules.items import Item, suggested
from bot.rules.knowledge import Knowledge
from bot.rules.names import name, several
from bot.rules.safety import BABY, entries, of_age
from bot.rules.schema import Verdict

MOST_REASONS = 2
MOST_NAMED = 3
SENSITIVE = "sensitive"


def suits(knowledge: Knowledge, question: Question, item: Item) -> Advice:
    """Whether a product suits the person, as the question and the profile tell of them.

    The verdict is that of the gravest conflict; without one "careful" for skin it was not made for, "yes" where it
    meets what is known, "depends" where nothing is.
    """
    profile = _asked_for(knowledge, question)
    if profile.age is not None and of_age(profile.age) == BABY and (said := entries(knowledge, (BABY,))):
        return said  # no shelf of a shop for adults
    against = conflicts(knowledge, item, profile)[:MOST_REASONS]
    if against:
        sources = merge(*(one.sources for one in against))
        return Advice(against[0].verdict, tuple(one.line for one in against), sources=sources)
    for_skin = _skin(knowledge, item, profile)
    for_concern = _concerns(knowledge, item, profile)
    lines = [line for _, line in (*for_skin, *for_concern)]
    if not lines:
        return Advice(Verdict.DEPENDS, (_made_for(knowledge, item),))
    careful = any(not good for good, _ in (*for_skin, *for_concern))
    cautions = (Line(key="start_gently"),) if profile.sensitive and not careful else ()
    return Advice(Verdict.CAREFUL if careful else Verdict.YES, tuple(lines), cautions=cautions)


def _asked_for(knowledge: Knowledge, question: Question) -> Profile:
    """The person the question is about: what it names goes before what they told earlier."""
    skin_types = tuple(one for one in question.needs if one in knowledge.skin_types)
    concerns = tuple(one for one in question.needs if one in knowledge.concerns)
    known = question.profile
    return replace(
        known,
        skin_types=skin_types or known.skin_types,
        concerns=concerns or (() if skin_types else known.concerns),
        age=known.age if question.number is None else int(question.number),
        safety=merge(known.safety, question.safety),
        pregnant=known.pregnant or "pregnancy" in question.safety,
    )


def _skin(knowledge: Knowledge, item: Item, profile: Profile) -> list[tuple[bool, Line]]:
    found = []
    wanted = profile.skin_types or ((SENSITIVE,) if profile.irritated else ())
    harsh = harsh_for_sensitive(knowledge, item) if profile.sensitive else ()
    if harsh:
        params = {"product": item.title, "ingredient": several(knowledge, harsh[:MOST_NAMED])}
        found.append((False, Line(key="product_harsh", params=params, mentions=harsh[:MOST_NAMED])))
    good = [one for one in wanted if one in item.skin_types and not (harsh and one == SENSITIVE)]
    if good:
        params = {"product": item.title, "skin": several(knowledge, good)}
        found.append((True, Line(key=item.told("product_made_for", "skin_types"), params=params)))
    elif wanted and item.skin_types and not harsh:
        params = {
            "product": item.title,
            "skin": several(knowledge, item.skin_types[:MOST_NAMED]),
            "wanted": several(knowledge, wanted, last="or"),
        }
        found.append((False, Line(key=item.told("product_made_for_others", "skin_types"), params=params)))
    return found


def _concerns(knowledge: Knowledge, item: Item, profile: Profile) -> list[tuple[bool, Line]]:
    found = []
    for concern in profile.concerns[:MOST_REASONS]:
        helps = suggested(knowledge, item, (concern,))[:MOST_NAMED]
        params = {
            "product": item.title,
            "concern": name(knowledge, concern),
            "ingredients": several(knowledge, helps),
        }
        if helps:
            found.append((True, Line(key="product_has_for", params=params, recommends=helps)))
        elif concern in item.concerns:
            found.append((True, Line(key=item.told("product_listed_for", "concerns"), params=params)))
        else:
            found.append((False, Line(key="product_not_for", params=params)))
    return found


def _made_for(knowledge: Knowledge, item: Item) -> Line:
    """Whom the shop made it for, and what to tell for a better answer."""
    params = {
        "product": item.title,
        "skin": several(knowledge, item.skin_types),
        "concerns": several(knowledge, item.concerns),
    }
    if item.skin_types and item.concerns:
        return Line(key=item.told("product_for_whom", "concerns", "skin_types"), params=params)
    return Line(key=item.told("product_for_skin", "skin_types") if item.skin_types else "product_for_unknown", params=params)
