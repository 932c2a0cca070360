"""Whose age is told where a message tells several."""

from __future__ import annotations

from typing import List, Mapping, Sequence

from bot.understanding.whose import OTHER

OF_MYSELF = ("i'm ", "im ", "i am ")


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
