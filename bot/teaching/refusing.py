"""What is not taught, with a sentence that says why."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import AbstractSet

import numpy as np

from bot.rules.knowledge import Knowledge
from bot.teaching.claims import medical_claims
from bot.teaching.kept import Kept, Matrix
from bot.teaching.lessons import MOST_LESSONS, MOST_WORDINGS, Does, Lesson, plainly

LONGEST_WORDING, LONGEST_ANSWER = 300, 500
SOUNDS_LIKE_SAFETY = 0.8
"""A wording asks a kept question about safety from this cosine on."""
KNOWN_ALREADY = 0.96
MARKUP = ("<", ">", "](", "javascript:", "data:", "http://", "{", "}")
SCHEMES = ("https://",)
OF_HARM = (
    "rash", "burn", "burns", "burned", "burnt", "itch", "itchy", "itches", "sting", "stings", "swollen", "swelling", "allergy", "allergic", "allergies",
    "pregnant", "pregnancy", "breastfeeding", "medicine", "medication", "blister", "blisters", "hives", "infection", "infected", "bleeding", "suicide",
    "swallowed", "anaphylaxis", "breathe", "emergency", "eczema", "rosacea", "psoriasis", "dermatitis", "steroid", "tretinoin", "isotretinoin", "accutane",
)
"""Words of skin, health and danger, of which only sourced statements speak."""
ADVISES = ("you can use", "you may use", "apply", "safe for", "safe to use", "is safe", "are safe", "suitable for", "no side effects", "every day on", "no need to see", "instead of a doctor")


@dataclass(frozen=True)
class Known:
    """What lessons are held against: the others, the knowledge, and the kinds of question that can be meant."""

    others: Sequence[Lesson]
    knowledge: Knowledge
    kinds: AbstractSet[str]


def refusals(lesson: Lesson, vectors: Matrix, known: Known, kept: Kept) -> list[str]:
    """Why a lesson is not taught, a sentence each; none where it may be.

    Args:
        lesson: as it would be kept.
        vectors: the meanings of its wordings.
        known: see there.
        kept: the kept questions.
    """
    already = _known_already(lesson, vectors, kept) if lesson.does is Does.MEANT else ()
    return list(dict.fromkeys([*plain_refusals(lesson, known), *_about_safety(lesson, vectors, kept), *already]))


def plain_refusals(lesson: Lesson, known: Known) -> list[str]:
    """As `refusals`, as far as that needs no meanings: at once, without the encoder."""
    found = list(_wordings(lesson, known))
    if lesson.does is Does.ANSWER:
        found += _answer(lesson.say or "", known.knowledge)
    if lesson.does is Does.MEANT and lesson.kind not in known.kinds:
        found.append("Choose what was meant from the list.")
    if len(known.others) >= MOST_LESSONS:
        found.append(f"There are {MOST_LESSONS} lessons already: take one back first.")
    return list(dict.fromkeys(found))


def text_refusals(text: str, longest: int, what: str) -> Iterator[str]:
    """Why a text is not taken in any place: markup, links that are not https, invisible signs, too long."""
    if len(text) > longest:
        yield f"{what} is longer than {longest} characters."
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cs", "Cn") and letter not in "\n\t" for letter in text):
        yield f"{what} holds signs that nobody sees; type it anew."
    plain = text.lower()
    for scheme in SCHEMES:
        plain = plain.replace(scheme, "")
    if any(one in plain for one in MARKUP):
        yield f"{what} holds markup or a link that is not https; write plain words."


def _wordings(lesson: Lesson, known: Known) -> Iterator[str]:
    if not lesson.wordings:
        yield "Give at least one way in which people say it."
    if len(lesson.wordings) > MOST_WORDINGS:
        yield f"Give at most {MOST_WORDINGS} ways in which people say it."
    seen: set[str] = set()
    taken = {plainly(one.said): other for other in known.others for one in other.wordings if other.id != lesson.id}
    for one in lesson.wordings:
        plain = plainly(one.said)
        yield from text_refusals(one.said, LONGEST_WORDING, f"“{short(one.said)}”")
        if one.said.startswith("/"):
            yield f"“{short(one.said)}” looks like a command."
        if sum(letter.isalpha() for letter in plain) < 4:
            yield f"“{short(one.said)}” says too little to be told from other messages."
        if plain in seen:
            yield f"“{short(one.said)}” stands there twice."
        if plain in taken:
            yield f"“{short(one.said)}” was taught already, under “{short(taken[plain].title)}”."
        harm = named_harm(one.said, known.knowledge)
        if harm:
            yield f"“{short(one.said)}” speaks of {harm}: what is answered to that keeps people safe and can't be taught."
        seen.add(plain)


def _answer(say: str, knowledge: Knowledge) -> Iterator[str]:
    if not say.strip():
        yield "Write the answer."
    yield from text_refusals(say, LONGEST_ANSWER, "The answer")
    claims = medical_claims(say)
    if claims:
        yield f"The answer makes a medical claim (“{claims[0]}”), which a cosmetic must not make."
    harm = named_harm(say, knowledge)
    if harm:
        yield f"The answer speaks of {harm}: of skin and health only statements with a source speak."
    advises = [one for one in ADVISES if one in say.lower()]
    if advises and knowledge.names_in_text.find(say):
        yield f"The answer gives advice on an ingredient (“{advises[0]}”): of that only statements with a source speak."


def _about_safety(lesson: Lesson, vectors: Matrix, kept: Kept) -> Iterator[str]:
    """Wordings that ask a kept question about safety of another kind."""
    safe = np.array([bool(one) and kind != lesson.kind for one, kind in zip(kept.safety, kept.kinds)])
    if not len(vectors) or not safe.any():
        return
    texts = [text for text, one in zip(kept.texts, safe) if one]
    for one, row in zip(lesson.wordings, vectors @ kept.vectors[safe].T):
        if float(row.max()) >= SOUNDS_LIKE_SAFETY:
            yield f"“{short(one.said)}” asks what “{short(texts[int(row.argmax())])}” asks, whose answer keeps people safe and stays as it is."


def _known_already(lesson: Lesson, vectors: Matrix, kept: Kept) -> Iterator[str]:
    """Wordings that are examples of another kind of question."""
    for one, row in zip(lesson.wordings, vectors @ kept.vectors.T):
        best = int(row.argmax())
        if float(row[best]) >= KNOWN_ALREADY and kept.kinds[best] and kept.kinds[best] != lesson.kind:
            yield f"“{short(one.said)}” is an example of another question already: “{short(kept.texts[best])}”."


def named_harm(text: str, knowledge: Knowledge) -> str:
    """What of skin, health or danger a text names; empty for nothing."""
    words = f" {plainly(text)} "
    return next((name for name in (*OF_HARM, *_conditions(knowledge)) if f" {name} " in words), "")


def _conditions(knowledge: Knowledge) -> Iterable[str]:
    return (plainly(text) for entry in knowledge.conditions.values() for text in entry.wordings)


def short(text: str) -> str:
    """A text as a sentence quotes it."""
    return text if len(text) <= 80 else f"{text[:77]}…"
