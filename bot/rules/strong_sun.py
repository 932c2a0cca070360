"""A strong sun, or a holiday in it, with what makes skin burn more easily."""

from __future__ import annotations

from dataclasses import replace

from bot.rules.advice import Advice, Line, Question, from_fact, joined
from bot.rules.facts import general, stated, topic
from bot.rules.kinship import is_among
from bot.rules.knowledge import Knowledge
from bot.rules.names import name
from bot.rules.schema import Ingredient

KIND = "strong_sun"
MEDICINES = ("photosensitising_medicine", "prescription_retinoid", "isotretinoin_oral")
SENSITIVE = ("retinoid", "rx_retinoid", "aha", "bha", "exfoliating_acid", "exfoliant")
RETINOIDS, ACIDS = ("retinoid", "rx_retinoid"), ("aha", "bha", "exfoliating_acid", "exfoliant")


def strong_sun(knowledge: Knowledge, question: Question) -> Advice | None:
    """What each of the person's medicines and creams asks for under a strong sun, then what protects whoever is in it."""
    known = {*question.profile.safety, *question.safety}
    about = [one for one in ("photosensitising_medicine", "isotretinoin_oral") if one in known]
    if "prescription_retinoid" in known or any(is_among(knowledge, one, RETINOIDS) for one in question.subjects):
        about.append("retinoid")
    if any(is_among(knowledge, one, ACIDS) for one in question.subjects):
        about.append("exfoliating_acid")
    parts = [from_fact(knowledge, fact) for one in about if (fact := topic(knowledge, KIND, [one]))]
    rest = general(knowledge, KIND)
    return joined([*parts, *([rest] if rest else [])]) if parts or rest else None


def sunscreen(knowledge: Knowledge, question: Question) -> Advice | None:
    """Why and how to wear sunscreen, with what makes it matter more in front."""
    others = [one for one in question.subjects if one != "sunscreen"]
    sensitive_to_sun = [
        one for one in others if isinstance(found := knowledge.subject(one), Ingredient) and found.sun in ("yes", "possible")
    ]
    advice = stated(knowledge, "sunscreen", others) or stated(knowledge, "sunscreen", question.needs) or general(knowledge, "sunscreen")
    if advice and sensitive_to_sun:
        first = sensitive_to_sun[0]
        line = Line(key="sun_sensitive", params={"subject": name(knowledge, first)}, recommends=(first,))
        return replace(advice, lines=(line, *advice.lines))
    return advice
