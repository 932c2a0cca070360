"""Ways to pay: yes or no for those that a question names."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Dict, List, Mapping

from bot.answers.turn import Turn
from bot.rules.names import listed
from bot.understanding.topics import FOLDER, asks_yes_or_no
from bot.yaml_files import read_yaml

PAYMENT = "payment"
WAYS = FOLDER / "_ways_to_pay.yml"
FEW = 3


def ways(turn: Turn, say: str) -> str:
    """The shop's words on paying; behind yes or no for the ways that the question names, where the shop lists its own."""
    takes = set(turn.resources.shop.pays_with)
    named = named_ways(turn) if takes and (asks_yes_or_no(turn.frame) or len(turn.frame.words) <= FEW) else []
    known = ways_to_pay()
    taken = [one for one in named if takes.intersection((one, *known[one].get("any_of", [])))]
    lines = [
        turn.say(key, ways=listed([str(known[one]["name"]) for one in those]))
        for key, those in (("pays_with", taken), ("pays_not_with", [one for one in named if one not in taken]))
        if those
    ]
    return " ".join([*lines, say])


def named_ways(turn: Turn) -> List[str]:
    """Keys of the ways to pay that the question names; a card by its maker is not named as a card besides."""
    said = f" {' '.join(turn.frame.words)} "
    found = [key for key, way in ways_to_pay().items() if any(f" {one} " in said for one in way["said"])]
    makers = [one for one in found if not ways_to_pay()[one].get("any_of")]
    return makers or found


@lru_cache(maxsize=1)
def ways_to_pay() -> Mapping[str, Dict[str, Any]]:
    """All ways to pay that may be named: how they are called, how people write them, and what a wider one stands for.

    Raises:
        YamlFileError: when they cannot be read.
    """
    content: Mapping[str, Dict[str, Any]] = read_yaml(WAYS)
    return content

