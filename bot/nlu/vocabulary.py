"""Every wording under which the knowledge's subjects may be named, as (wording, label, id)."""

from __future__ import annotations

from typing import Iterator, Mapping, NamedTuple, Sequence

from bot.rules.kinship import OF_PLANTS
from bot.rules.knowledge import Knowledge
from bot.rules.schema import Named

SAFETY_LABEL = "safety"
TIME_LABEL = "time_of_day"
TERM_LABEL = "term"
CONDITION_LABEL = "condition"

TIMES = {
    "morning": ("morning", "mornings", "am", "a.m.", "daytime", "day time", "아침"),
    "night": ("night", "nights", "nite", "evening", "evenings", "pm", "p.m.", "bedtime", "before bed", "밤", "저녁"),
}


# Conditions that are named by the words for a kind of product.
STAND_FOR_OTHERS = frozenset({"sunscreen_any"})

# What sounds like a subject and is none: an adjective of something else than skin, a part of another phrase.
NO_SUBJECT_LABEL = "no_subject"
OF_NO_SKIN = (
    "hair", "shampoo", "scalp", "lips", "teeth", "hands", "feet", "nails", "eyes", "mouth", "cough", "food", "weather",
    "clean", "cleaning", "ice", "day", "days", "humour", "humor", "wine", "subject", "topic", "information", "data",
    "to smell", "to smells", "to scent", "to light", "to cold",
)
NO_SUBJECTS = (
    "tight budget", "tight on money", "tight schedule", "essence of", "point of essence", "hand cream", "hand creams",
    "foot cream", "ice cream", "shaving cream", "lip mask", "lip masks", "hair mask", "hair masks", "hair serum",
    "hair oil", "wearing a mask", "wore a mask", "wear a mask", "halloween mask", "honey i", "hi honey", "thanks honey",
    "olive oil", "engine oil", "snail mail", "shipping container", "tonic water", "gin and tonic", "hit a barrier",
    "language barrier", "trade barrier", "acid rain", "oil painting", "credit line", "mature enough", "a bit dull", "shin", "shins",
)


# How an allergy is named; other ways of telling it are read from the sentence.
ALLERGIC_TO = ("{} allergy", "{} allergies", "{} intolerance", "allergic to {}", "allergy to {}", "react to {}", "reaction to {}")


class Wording(NamedTuple):
    """One wording of one subject; `korean` ones are looked for inside words, as particles stick to them."""

    text: str
    label: str
    id: str
    korean: bool = False


def wordings(knowledge: Knowledge) -> Iterator[Wording]:
    """All wordings of all subjects, safety entries and times of day, lower case, with regular plurals."""
    for label, group in (
        ("product_type", knowledge.product_types),
        ("ingredient", knowledge.ingredients),
        ("family", knowledge.families),
        ("concern", knowledge.concerns),
        ("skin_type", knowledge.skin_types),
        (TERM_LABEL, knowledge.terms),
        (CONDITION_LABEL, _only_conditions(knowledge)),
    ):
        for subject_id, subject in group.items():
            yield from _named(subject, label, subject_id)
    yield from _scientific(knowledge)
    for safety_id, entry in knowledge.safety.items():
        for phrase in entry.phrases:
            yield Wording(phrase.lower(), SAFETY_LABEL, safety_id, korean=_is_korean(phrase))
        for trigger in entry.triggers:
            yield from (Wording(way.format(trigger), SAFETY_LABEL, safety_id) for way in ALLERGIC_TO)
    for text in (*NO_SUBJECTS, *(f"{adjective} {noun}" for adjective in ("dry", "oily", "sensitive") for noun in OF_NO_SKIN)):
        yield Wording(text, NO_SUBJECT_LABEL, NO_SUBJECT_LABEL)
    for time_id, texts in TIMES.items():
        for text in texts:
            yield Wording(text, TIME_LABEL, time_id, korean=_is_korean(text))


def _scientific(knowledge: Knowledge) -> Iterator[Wording]:
    """Names of labels with several words, and the plant that they begin with ("butyrospermum parkii")."""
    said = {text.lower() for one in knowledge.ingredients.values() for text in one.wordings}
    for subject_id, ingredient in knowledge.ingredients.items():
        words = ingredient.inci.lower().replace("/", " ").replace("(", " ").replace(")", " ").split()
        for count in {len(words), 2} if len(words) > 2 else {len(words)}:
            text = " ".join(words[:count])
            if len(words) > 1 and text not in said and (count > 2 or words[-1] in OF_PLANTS or count == len(words)):
                said.add(text)
                yield Wording(text, "ingredient", subject_id)


def _only_conditions(knowledge: Knowledge) -> Mapping[str, Named]:
    """The conditions that are neither a safety entry nor a kind of product under another id."""
    return {key: entry for key, entry in knowledge.conditions.items() if key not in knowledge.safety and key not in STAND_FOR_OTHERS}


class Signs(NamedTuple):
    """Words that show a safety entry when one of every group stands within `reach` of the first group's word, none of
    `unless` does, and none of `not_before` follows it at once; and one of `told`, where there are any, anywhere in the message. One of
    `unless_told` anywhere speaks against it, where none of `despite` stands there, too."""

    id: str
    groups: tuple[frozenset[str], ...]
    unless: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    reach: int = 7
    told: frozenset[str] = frozenset()
    unless_told: frozenset[str] = frozenset()
    despite: frozenset[str] = frozenset()


def signs(knowledge: Knowledge) -> list[Signs]:
    """All signs of all safety entries, lower case."""
    return [
        Signs(
            safety_id, tuple(map(_lower, sign.all)), _lower(sign.unless), _lower(sign.not_before), sign.reach, _lower(sign.told),
            _lower(sign.unless_told), _lower(sign.despite),
        )
        for safety_id, entry in knowledge.safety.items()
        for sign in entry.signs
    ]


def _lower(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


def _named(subject: Named, label: str, subject_id: str) -> Iterator[Wording]:
    for text in dict.fromkeys(text.lower() for text in subject.wordings):
        for variant in _variants(text) if label != TERM_LABEL else (text,):
            yield Wording(variant, label, subject_id, korean=_is_korean(text))
    for text in subject.ko:
        yield Wording(text, label, subject_id, korean=True)


def _variants(text: str) -> Iterator[str]:
    """The wording, its regular plural, and a two-word name written as one."""
    yield text
    last = text.rsplit(" ", 1)[-1]
    if last.isalpha() and len(last) > 2 and not last.endswith("s"):
        yield f"{text}es" if last.endswith(("x", "ch", "sh")) else f"{text}s"
    if text.count(" ") == 1 and len(text) > 7 and text.replace(" ", "").isalpha():
        yield text.replace(" ", "")


def _is_korean(text: str) -> bool:
    return any("\uac00" <= letter <= "\ud7a3" for letter in text)
