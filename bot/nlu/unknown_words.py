"""Words of a message that nobody knows, and words that are English but seldom said of skincare."""

from __future__ import annotations

from typing import List, NamedTuple, Tuple

from spacy.tokens import Doc

from bot.nlu.pipeline import SubjectFinder

# A name with a number in it ("Lumivex-9") begins with so many letters; shorter ones are measures and grades ("B5", "SPF50").
SHORTEST_NAME = 4
# A word that nobody knows costs a search for what it may be a slip of, so that only so many are looked for.
MOST_UNKNOWN = 40
# Endings of words that tell what something is like, not what it is made of; those of comparatives behind an English word.
DESCRIBING = ("ing", "ed", "ful", "less", "ish", "able", "ive", "ly", "my", "ty", "dy", "ny", "ry", "sy", "zy")
COMPARING = ("er", "est")


class UnknownWords(NamedTuple):
    """Words in lower case: those nobody knows, and rare ones."""

    unknown: Tuple[str, ...]
    rare: Tuple[str, ...]


def unknown_words(doc: Doc, finder: SubjectFinder) -> UnknownWords:
    """Both of a message as `finder` reads it; what names a subject or a product counts as known."""
    inside = {token.i for group in ("subjects", "safety", "products") for span in doc.spans[group] for token in span}
    unknown: List[str] = []
    rare: List[str] = []
    for token in doc:
        word = token.lower_
        if len(unknown) == MOST_UNKNOWN:
            break
        if token.i in inside:
            continue
        if _is_name(word) and not finder.knows(_letters(word)):
            unknown.append(word)
        elif word.isalpha() and finder.rarely_met(word) and not _describes(word, finder):
            rare.append(word)
    return UnknownWords(tuple(unknown), tuple(rare))


def _is_name(word: str) -> bool:
    return word.isalpha() or len(_letters(word)) >= SHORTEST_NAME


def _describes(word: str, finder: SubjectFinder) -> bool:
    stem = next((word.removesuffix(ending) for ending in COMPARING if word.endswith(ending)), "")
    return word.endswith(DESCRIBING) or bool(stem and (finder.knows(stem) or finder.knows(f"{stem}e")))


def _letters(word: str) -> str:
    """The letters that a word begins with."""
    end = next((place for place, letter in enumerate(word) if not letter.isalpha()), len(word))
    return word[:end]
