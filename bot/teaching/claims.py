"""Finds medical claims in what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.paths import DATA

LINES = (DATA / "teaching" / "forbidden_claims.txt").read_text("utf-8").splitlines()
PHRASES = [line for line in LINES if line and not line.startswith("#")]
# What the phrases have in common, so that other objects of the same verbs are found too.
VERBS = (
    r"heal(?:s|ed|ing)?\b(?! (?:care|centre|center))|cur(?:es?|ed|ing)\b|treat(?:s|ed|ing)\b|regenerat(?:es?|ed|ing|ion)\b|"
    r"anti-?inflammatory|rebuilds?\b|revers(?:es?|ed|ing) (?:aging|ageing|wrinkles|damage)|"
    r"stimulat(?:es?|ing) (?:collagen|fibroblasts)|boosts? collagen|repairs? (?:skin|the skin|tissue|dna|the barrier)|"
    r"(?:clears?|eliminates?|removes?|erases?) (?:acne|eczema|rosacea|wrinkles|scars|dark spots)|detox\w*|clinically proven|miracle"
)
VERB = re.compile(rf"\b(?:{VERBS})", re.I)
DENIED = re.compile(
    r"\b(?:not?|never|nothing|none|cannot|can't|don't|doesn't|does not|isn't|won't|without|myth|unproven|instead of|no one|rather than)\b"
    r"(?:\W+\w+){0,9}\W*$",
    re.I,
)
NOTHING = re.compile(r"\W{1,3}(?:nothing|no )")


def medical_claims(text: str) -> list[str]:
    """The claims in a text that are made and not denied ("it cures nothing" makes none)."""
    found = []
    for start, end in _places(text):
        sentence = re.split(r"[.!?\n]", text[:start])[-1]
        if not DENIED.search(sentence) and not NOTHING.match(text, end):
            found.append(text[start:end])
    return found


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where something stands that may be a claim: a phrase of the list, or one of the verbs."""
    lower = text.lower()
    for phrase in PHRASES:
        start = lower.find(phrase)
        while start >= 0:
            yield start, start + len(phrase)
            start = lower.find(phrase, start + len(phrase))
    yield from (match.span() for match in VERB.finditer(text))
