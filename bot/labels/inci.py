"""One spelling for each ingredient name, so that two labels can be compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Labels share most of their names: a catalogue of any size has a few thousand.
MOST_KEPT = 20_000

_BRACKETS = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_PERCENT = re.compile(r"\d{1,6}(?:[.,]\d{1,6})?\s?%")
_FOOTNOTE = re.compile(r"[*†‡®™]+")
_SPACED_HYPHEN = re.compile(r"\s?[-‐‑‒–]\s?")
_COLOUR_INDEX = re.compile(r"^C[IL] ?(\d{5})$")

WATER_NAMES = frozenset(
    {"AQUA", "WATER", "EAU", "WASSER", "AGUA", "ACQUA", "PURIFIED WATER", "DEIONIZED WATER", "정제수"}
)
FRAGRANCE_NAMES = frozenset({"PARFUM", "FRAGRANCE", "PERFUME", "AROMA", "향료"})


@lru_cache(maxsize=MOST_KEPT)
def normalise_inci(name: str) -> str:
    """An ingredient's name as the EU's inventory (CosIng) prints it: upper case, one spelling.

    Bracketed remarks, percentages and footnote marks are dropped. Water and perfume have one name each (AQUA,
    PARFUM) whatever the label's country calls them, "/"-joined synonyms of them included. An unknown name is
    only cleaned, never guessed.
    """
    text = unicodedata.normalize("NFKC", name).upper()
    outside = _BRACKETS.sub("", text)
    text = outside if outside.strip() else text
    text = _FOOTNOTE.sub("", _PERCENT.sub("", text))
    text = _SPACED_HYPHEN.sub("-", " ".join(text.split())).strip(" .,;:")
    if text == "ALCOHOL DENAT":  # the one common name whose full stop is part of it
        return "ALCOHOL DENAT."
    parts = {part.strip() for part in re.split(r"[/\\]", text)}
    if parts & WATER_NAMES and parts <= WATER_NAMES:
        return "AQUA"
    if parts & FRAGRANCE_NAMES and parts <= FRAGRANCE_NAMES:
        return "PARFUM"
    return _COLOUR_INDEX.sub(r"CI \1", text)
