"""What was looked for, what of it a product meets, and where it goes in the person's routine, in words."""

from __future__ import annotations

from bot.answers.products.cards import units
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.rules.advice import Profile
from bot.rules.layering import sequence, step_of
from bot.rules.names import name, several, with_article
from bot.rules.ranking import Fit, Wants
from bot.rules.safety import TEEN

MOST_INGREDIENTS = 3
MOST_CONCERNS = 2


def wishes(turn: Turn, wanted: Wants) -> str:
    """What was looked for: "dark spots, oily skin, up to 20.00 USD"."""
    data, person, currency = turn.knowledge, wanted.profile, turn.currency
    parts = []
    if wanted.concerns:
        parts.append(several(data, wanted.concerns))
    if person.skin_types:
        parts.append(several(data, person.skin_types))
    if person.pregnant:
        parts.append(inside(turn.say("wish_pregnant")))
    parts.extend(inside(data.safety[one].name) for one in person.safety)
    if person.age is not None and person.age < TEEN:
        parts.append(inside(turn.say("wish_age", age=str(person.age))))
    for key, amount in (("wish_from", wanted.min_price), ("wish_up_to", wanted.max_price)):
        if amount is not None:
            parts.append(inside(turn.say(key, amount=units(amount, currency), currency=currency)))
    return ", ".join(parts) or inside(turn.say("wish_anything"))


def reason(turn: Turn, fit: Fit) -> str:
    """What of the wishes a product meets, else whom the shop made it for."""
    data = turn.knowledge
    parts = []
    if fit.ingredients:
        ingredients = several(data, fit.ingredients[:MOST_INGREDIENTS])
        parts.append(turn.say("reason_has", ingredients=ingredients, concerns=several(data, fit.concerns)))
    elif fit.concerns:
        parts.append(turn.say("reason_concerns", concerns=several(data, fit.concerns)))
    if fit.skin_types:
        parts.append(turn.say("reason_skin", skin=several(data, fit.skin_types)))
    if not parts and fit.item.concerns:
        parts.append(turn.say("reason_concerns", concerns=several(data, fit.item.concerns[:MOST_CONCERNS])))
    return "; ".join(map(inside, parts))


def in_routine(turn: Turn, kind: str, person: Profile) -> str:
    """Where a kind of product goes among those the person uses; empty where they told of none."""
    data = turn.knowledge
    used = sequence(data, [step.type for step in person.routine if step.type in data.product_types])
    if not used:
        return ""
    if kind in used:
        return turn.say("finder_same_place", kind=with_article(data, kind))
    place = step_of(data, kind)
    before = [name(data, one) for one in used if step_of(data, one) <= place]
    after = [name(data, one) for one in used if step_of(data, one) > place]
    key = "finder_between" if before and after else "finder_after" if before else "finder_before"
    return turn.say(key, before="".join(before[-1:]), after="".join(after[:1]))


def closing(turn: Turn, wanted: Wants) -> str:
    """What to mind with sensitive skin; empty for any other."""
    return turn.say("finder_one_at_a_time") if wanted.profile.sensitive else ""


