"""Narrower questions to a shop's owner ("do you sell gift cards?"): the starter pack, and what an owner adds."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Dict, List, Mapping, Tuple

from bot.paths import DATA
from bot.understanding.asked import PHRASES_ONLY, Asked, AskedFinder, load
from bot.understanding.frame import Frame

FOLDER = DATA / "understanding" / "topics"
SKINCARE = "skincare"
OF_ONE_PRODUCT = frozenset({"price", "stock"})
"""A sure guess of these lets phrases count alone too: "hyaluron serum 100ml price and stock" asks of no wholesale."""
SHOP_TOPIC = "shop_topic"
"""The kind of a narrower question that no policy is for."""


class Topic(Asked):
    """A narrower question.

    Attributes:
        name: what it is about, as "I have no word from the shop on ..." goes on.
        question: the question that yes or no answers, for the shop's owner.
        under: the policy whose general rule holds where the owner says nothing of its own.
    """

    kind: str = SHOP_TOPIC
    name: str
    question: str = ""
    under: str = ""


def pack(folder: Path = FOLDER) -> Tuple[Dict[str, Topic], Dict[str, List[str]], Dict[str, List[str]]]:
    """The topics that every shop is asked for, the lists of words of their phrases, and groups of kinds.

    Raises:
        AskedError: when they cannot be used.
    """
    return load(folder, Topic)


@lru_cache(maxsize=1)
def groups() -> Dict[str, List[str]]:
    """Groups of kinds of question, read once."""
    return pack()[2]


def finder(own: Mapping[str, Topic], folder: Path = FOLDER) -> AskedFinder[Topic]:
    """Finds the topics of the pack and a shop's own, which go first where both are found alike.

    Raises:
        AskedError: when they cannot be used.
    """
    return _finder(own, folder) if own else _of_the_pack(folder)


@lru_cache(maxsize=1)
def _of_the_pack(folder: Path) -> AskedFinder[Topic]:
    return _finder({}, folder)


def _finder(own: Mapping[str, Topic], folder: Path) -> AskedFinder[Topic]:
    topics, lists, groups = pack(folder)
    alone, phrases_only = (frozenset(groups.get(one, ())) for one in (SKINCARE, PHRASES_ONLY))
    return AskedFinder({**own, **topics}, lists, alone, phrases_only | OF_ONE_PRODUCT, certain_first=True)


# With these a question begins that yes or no answers, and whom or what it is then about.
BEGIN = frozenset({
    "can", "could", "may", "might", "will", "would", "do", "does", "did", "is", "are", "am", "was", "were", "should", "must", "shall", "has", "have", "any",
})
WHOM = frozenset({
    "i", "you", "we", "it", "they", "he", "she", "there", "one", "my", "your", "the", "a", "an", "this", "that", "these", "those", "any", "anyone",
    "someone", "somebody", "people", "customers", "returns", "delivery", "shipping", "prices", "orders", "products", "duties", "customs", "taxes",
})
QUESTION_WORDS = frozenset({"how", "what", "which", "when", "where", "why", "who", "whom", "whose"})
POSSIBLE = frozenset({"possible", "ok", "fine", "allowed", "available", "accepted", "included", "needed", "required", "right", "too"})


def asks_yes_or_no(frame: Frame) -> bool:
    """True where yes or no is a fitting first word: "do you ...", "is it possible to ...", "... possible?"."""
    said = frame.words
    for place, word in enumerate(said[:-1]):
        if word in QUESTION_WORDS:
            return False
        if word in BEGIN and (said[place + 1] in WHOM or place == 0):
            return True
    return bool(said) and said[-1] in POSSIBLE
