"""Which positions of an order a message names: by words of their titles, by their place in the list, or all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Mapping, Sequence

from bot.answers.orders.case import Case
from bot.store.text import words
from bot.support.gateway import Line, Order

PLACES = ("first", "second", "third")
SHORTEST = 3
# Words of titles that anybody says about anything.
SAID_ANYWAY = frozenset({"the", "one", "and", "for", "with", "all", "you", "your", "that", "this", "not", "yes", "new", "set"})


def left(order: Order) -> list[Line]:
    """The positions of which something is not on its way back yet, with how many of it."""
    return [replace(line, quantity=line.quantity - line.returned) for line in order.lines if line.quantity > line.returned]


def named_lines(case: Case, lines: Sequence[Line]) -> Mapping[str, int]:
    """The keys of those positions that the message names, each with its quantity; empty where it names none.

    A word names a position that has it in its title where not all positions have it: of a toner and a serum of one brand the
    brand names neither.
    """
    named = _by_words(lines, words(case.text)) or _by_kind(case, lines) or [line.key for line, place in zip(lines, PLACES) if case.says(place)]
    if not named and case.says("last_one") and lines:
        named = [lines[-1].key]
    if not named and case.says("all_of_it"):
        named = [line.key for line in lines]
    return {line.key: line.quantity for line in lines if line.key in named}


def _by_kind(case: Case, lines: Sequence[Line]) -> list[str]:
    """The positions that are of a kind that the message names in other words: "the sun cream" is a sunscreen."""
    kinds = [case.turn.knowledge.product_types[one] for one in case.kinds if one in case.turn.knowledge.product_types]
    wordings = [frozenset(words(text)) for kind in kinds for text in kind.wordings]
    return [line.key for line in lines if any(wording <= frozenset(words(line.title)) for wording in wordings)]


def _by_words(lines: Sequence[Line], said: Sequence[str]) -> list[str]:
    titles = {line.key: frozenset(_singular(word) for word in words(line.name) if len(word) >= SHORTEST) for line in lines}
    told = {_singular(word) for word in said if len(word) >= SHORTEST and word not in SAID_ANYWAY}
    common = frozenset.intersection(*titles.values()) if len(titles) > 1 else frozenset()
    scores = {key: len((title - common) & told) for key, title in titles.items()}
    return [key for key, score in scores.items() if score and not _outdone(key, titles, common, told)]


def _outdone(key: str, titles: Mapping[str, frozenset[str]], common: frozenset[str], told: set[str]) -> bool:
    """Whether another position has all the words that this one was named by, and more of what was said: "the sheet mask" names
    no ampoule of its brand."""
    own = (titles[key] - common) & told
    return any(own < ((title - common) & told) for other, title in titles.items() if other != key)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > SHORTEST else word
