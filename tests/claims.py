"""Finds medical claims in what the assistant says."""

from __future__ import annotations

import re
from pathlib import Path

LINES = (Path(__file__).parent / "forbidden_claims.txt").read_text("utf-8").splitlines()
PHRASES = [line for line in LINES if line and not line.startswith("#")]
# What the phrases have in common, so that other objects of the same verbs are found too.
VERBS = (
    r"heal(?:s|ed|ing)?\b(?! (?:care|centre|center))|cur(?:es?|ed|ing)\b|treat(?:s|ed|ing)\b|regenerat(?:es?|ed|ing|ion)\b|"
    r"anti-?inflammatory|rebuilds?\b|revers(?:es?|ed|ing) (?:aging|ageing|wrinkles|damage)|"
    r"stimulat(?:es?|ing) (?:collagen|fibroblasts)|boosts? collagen|repairs? (?:skin|the skin|tissue|dna|the barrier)|"
    r"(?:clears?|eliminates?|removes?|erases?) (?:acne|eczema|rosacea|wrinkles|scars|dark spots)|detox\w*|clinically proven|miracle"
)
LITERAL = [re.escape(phrase) for phrase in sorted(PHRASES, key=len, reverse=True)]
CLAIM = re.compile("|".join([*LITERAL, rf"\b(?:{VERBS})"]), re.I)
DENIED = re.compile(
    r"\b(?:not?|never|nothing|none|cannot|can't|don't|doesn't|does not|isn't|won't|without|myth|unproven|instead of|no one|rather than)\b"
    r"(?:\W+\w+){0,9}\W*$",
    re.I,
)


def medical_claims(text: str) -> list[str]:
    """The claims in a text that are made and not denied ("it cures nothing" makes none)."""
    found = []
    for match in CLAIM.finditer(text):
        sentence = re.split(r"[.!?\n]", text[: match.start()])[-1]
        if not DENIED.search(sentence) and not re.match(r"\W+(?:nothing|no )", text[match.end() :]):
            found.append(match.group())
    return found
