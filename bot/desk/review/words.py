"""What is reviewed in words for the shop's owner: kinds of question as their buttons say them, what came of a turn, who may read it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.phrases import Phrases, capital
from bot.store.review_models import ANSWERED, ASKED_BACK, BEYOND, HEALTH, LOST, ORDER, UNKNOWN, UNSAID
from bot.store.reviews.looking import HANDED, NOT_UNDERSTOOD, RED_FLAG, THUMB_DOWN
from bot.understanding.frame import SURE, UNSURE

DOTS = "…"
ONLY: Mapping[str, str] = {
    "": "All", NOT_UNDERSTOOD: "Not understood", ASKED_BACK: "Asked back", UNSAID: "You have not said", UNKNOWN: "Nothing known", THUMB_DOWN: "Thumb down",
    HANDED: "Passed to a person", RED_FLAG: "Red flag",
}
OUTCOMES: Mapping[str, str] = {
    ANSWERED: "Answered", ASKED_BACK: "Asked back", LOST: "Not understood", BEYOND: "Not its subject", UNSAID: "You have not said", UNKNOWN: "Nothing known",
}
BANDS: Mapping[str, str] = {SURE: "sure", UNSURE: "unsure"}
HIDDEN: Mapping[str, str] = {
    HEALTH: "These words may tell of somebody’s skin or health, so they are not kept here.",
    ORDER: "These words belong to an order or a request, so they are not kept here.",
}


def kind_words(phrases: Phrases, kind: str) -> str:
    """A kind of question as a button says it: "Can I use … with other products?"."""
    for key in (f"question_{kind}_general", f"question_{kind}", f"review_kind_{kind}"):
        if phrases.has(key):
            return phrases.say(key, subject=DOTS, name=DOTS, subjects=DOTS)
    return capital(kind.replace("_", " "))


def subject_words(subjects: list[str]) -> str:
    """What was named: "retinol, ascorbic acid"."""
    return ", ".join(one.partition(":")[2].replace("_", " ") for one in subjects)


def band_words(band: str, confidence: float) -> str:
    """How sure the assistant was: "sure, 98 %"."""
    return f"{BANDS.get(band, 'a guess')}, {round(confidence * 100)} %"
