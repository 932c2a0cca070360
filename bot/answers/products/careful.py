"""What somebody must mind before any product is looked for: a red flag told of lately, a skin condition or medicine, a child, an
allergy, a pregnancy."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import Answer, Offers, Part, Words
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.rules.names import listed
from bot.rules.names import name as name_of
from bot.rules.safety import BABY, CHILD, UNDER_13, of_age
from bot.rules.schema_safety import SafetyEntry

YOUNG = frozenset({UNDER_13, BABY})


def careful(turn: Turn, answer: Answer) -> Answer:
    """The answer with what must be minded in front, where there is such, and below a list what was left out of it."""
    first = _minded(turn)
    parts = answer.parts
    if parts and isinstance(parts[0], Offers) and parts[0].offers and parts[0].for_use:
        parts = (replace(parts[0], hints=[*parts[0].hints, *_left_out(turn)]), *parts[1:])
    told = [inside(entry.name) for entry in treated(turn)]
    if not first and told and parts and isinstance(parts[0], Offers) and parts[0].offers:
        first = turn.say("products_ask_doctor", names=listed(told))
    if first and parts:
        parts = (_after(first, parts[0]), *parts[1:])
    return replace(answer, parts=parts)


def treated(turn: Turn) -> list[SafetyEntry]:
    """The diseases and treatments that the person told of, with which no active is begun before a doctor is asked."""
    return [entry for one in turn.person.safety if (entry := turn.knowledge.safety[one]).adding]


def _minded(turn: Turn) -> str:
    data, person = turn.knowledge.safety, turn.person
    young = [of_age(person.age)] if person.age is not None and person.age < CHILD else []
    minded = [data[one].say for one in (*turn.frame.ids("safety"), *young) if data[one].kind == "condition" or one in YOUNG]
    after = data[person.red_flag].after if person.red_flag else None
    return after or (minded[0] if minded else "")


def _left_out(turn: Turn) -> list[str]:
    """What a list was kept free of for this person, and what to look at all the same."""
    data, person = turn.knowledge, turn.person
    names = [name_of(data, one) for one in person.allergies if data.subject(one) is not None]
    strange = [one for one in person.allergies if data.subject(one) is None]
    of_entries = [inside(entry.name) for one in person.safety if (entry := data.safety[one]).kind == "allergy"]
    said = [turn.say("products_without", names=listed(names))] if names else []
    said += [turn.say("products_minding", names=listed(of_entries))] if of_entries and not names else []
    said += [turn.say("products_not_checked", names=listed(strange))] if strange and not names else []
    return [*said, turn.say("products_pregnant")] if person.pregnant else said


def _after(first: str, part: Part) -> Part:
    """The part behind a paragraph."""
    if isinstance(part, Offers):
        if first in part.intro:
            return part
        return replace(part, intro=[first, "", *part.intro])
    if isinstance(part, Words):
        return replace(part, text=f"{first}\n\n{part.text}")
    return part
