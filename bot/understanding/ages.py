"""Whose age is told where a message tells several, and how old a child of whom the talk is."""

from __future__ import annotations

from typing import List, Mapping, Sequence

from bot.understanding.frame import Frame
from bot.understanding.whose import OTHER

OF_MYSELF = ("i'm ", "im ", "i am ")
MONTH, YEAR = 30.0, 365.0
OLDEST = 13
# What stands before an age: nothing, or whose it is. "For 8 months" and "8 months ago" are none.
BEFORE_AGE = frozenset({"", "he is", "she is", "he's", "she's", "hes", "shes", "it's", "it is", "its", "baby is", "only", "just", "about", "he is only", "she is only", "he's only", "she's only"})
NO_AGE = frozenset({"ago", "now it", "of it", "already", "so far"})


def without_others_ages(text: str, entities: Sequence[Mapping[str, object]], whose_skin: str) -> Sequence[Mapping[str, object]]:
    """The values of a message; beside the person's own age that of somebody else tells nothing where it is about the person, or only
    said aside: "I'm 43 and have it since my second child (he is 6)".

    Args:
        text: the message.
        entities: its values as the extractor leaves them, with `entity`, `start` and `end`.
        whose_skin: see `whose`.
    """
    ages = [one for one in entities if one["entity"] == "age"]
    own = [one for one in ages if _written(text, one).startswith(OF_MYSELF)]
    if not own:
        return entities
    kept: List[Mapping[str, object]] = []
    for one in entities:
        others = one in ages and one not in own
        if not (others and (whose_skin != OTHER or _is_aside(text, int(str(one["start"]))))):
            kept.append(one)
    return kept


def _written(text: str, entity: Mapping[str, object]) -> str:
    return text[int(str(entity["start"])) : int(str(entity["end"]))].lower()


def _is_aside(text: str, place: int) -> bool:
    """True where a place of a text stands in brackets."""
    return text.count("(", 0, place) > text.count(")", 0, place)


def told_of_a_child(frame: Frame) -> int | None:
    """The years of a child of whom the talk is, told as a bare time at the beginning: "8 months, on both cheeks"; None where it is none."""
    days = [one.number for one in frame.quantities if one.measures == "duration"]
    text = frame.text.lower().strip()
    place = next((at for at, letter in enumerate(text) if letter.isdecimal()), len(text))
    clause = text[place:].replace(";", ",").replace(".", ",").split(",")[0]
    is_age = text[:place].strip(" ,.") in BEFORE_AGE and not any(clause.rstrip(" ?!").endswith(one) for one in NO_AGE)
    if not days or not is_age or not MONTH / 4 <= days[0] < OLDEST * YEAR:
        return None
    return int(days[0] // YEAR)
