"""Which positions of which orders words mean: by their titles, by what is said of their variant, by how far an order is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Mapping, Sequence

from bot.support.gateway import Line, Order, State
from bot.understanding.requests import RequestWords
from bot.understanding.said import holds, plain, singular

SHORTEST = 3
SHORTEST_PART = 4
GAP = 2
SAID_ANYWAY = frozenset({"the", "one", "and", "for", "with", "all", "you", "your", "that", "this", "not", "yes", "new", "set", "size", "has", "was"})
BEFORE_A_NAME = frozenset({"the", "my", "a", "an", "that", "this", "for", "of", "it", "one"})
NOTS = frozenset({"not", "keep", "without"})


@dataclass(frozen=True)
class Named:
    """Words that name a title: from where to where, and how many of the title's words they are."""

    title: str
    start: int
    end: int
    score: int


@dataclass(frozen=True)
class Position:
    """A position of an order."""

    order: Order
    line: Line


def titles_in(titles: Sequence[str], words: Sequence[str]) -> List[Named]:
    """Where titles are named, in the order of the words. A word that all titles have names none of them; of two titles that are
    named by the same words the one goes that is named by more."""
    bare = {title: [singular(word) for word in plain(title) if len(word) >= SHORTEST or word.isdecimal()] for title in dict.fromkeys(titles)}
    common = set.intersection(*(set(one) for one in bare.values())) if len(bare) > 1 else set()
    told = [singular(word) for word in words]
    found = [named for title, own in bare.items() for named in _runs(title, [one for one in own if one not in common], told)]
    kept = [one for one in found if not any(_over(other, one) for other in found if other is not one)]
    return sorted(kept, key=lambda one: (one.start, one.title))


def _over(other: Named, one: Named) -> bool:
    return other.score > one.score and other.start < one.end and one.start < other.end


def _runs(title: str, own: Sequence[str], told: Sequence[str]) -> List[Named]:
    """The stretches of words that name a title. Its last word alone names it, another one does where it is long enough."""
    hits: Dict[int, int] = {}
    joined = singular("".join(plain(title)))
    for place, word in enumerate(told):
        if word in SAID_ANYWAY:
            continue
        if place + 1 < len(told) and word + told[place + 1] in own:
            hits[place] = hits[place + 1] = own.index(word + told[place + 1])
        elif word == joined and own and word != own[-1]:
            hits[place] = len(own) - 1
        elif word in own:
            hits[place] = own.index(word)
        elif own and len(word) > SHORTEST_PART and own[-1].endswith(word):
            hits[place] = len(own) - 1
    runs: List[List[int]] = []
    for place in sorted(hits):
        if runs and place - runs[-1][-1] <= GAP and hits[place] not in {hits[one] for one in runs[-1]}:
            runs[-1].append(place)
        else:
            runs.append([place])
    last = len(own) - 1
    weighed = [(run, sum(2 if hits[place] == last else 1 for place in run)) for run in runs]
    return [Named(title, run[0], run[-1] + 1, score) for run, score in weighed]


def denied(words: Sequence[str], one: Named) -> bool:
    """Whether a thing is named as what is not meant: "not the keyboard"."""
    place = one.start - 1
    while place >= 0 and words[place] in BEFORE_A_NAME:
        place -= 1
    return place >= 0 and words[place] in NOTS and place < one.start - 1


def numbers_in(words: Sequence[str], numbers: Sequence[str]) -> List[str]:
    """Which of these order numbers words name, in their order; also without the letters or marks at its beginning."""
    found: Dict[str, None] = {}
    for word in words:
        for number in numbers:
            bare = "".join(letter for letter in number.lower() if letter.isalnum())
            digits = bare.lstrip("abcdefghijklmnopqrstuvwxyz")
            if word.replace("-", "") in (bare, digits) and len(digits) > SHORTEST:
                found[number] = None
    for number in numbers:  # a number of several words ("KB-2001" is "kb 2001")
        if number not in found and holds(words, plain(number)) >= 0:
            found[number] = None
    return list(found)


def by_state(orders: Sequence[Order], words: Sequence[str], reading: RequestWords) -> List[Order]:
    """The orders that words tell by how far they are, or by when they were placed; all where they tell nothing."""
    kept = list(orders)
    if reading.has(words, "pending"):
        kept = [one for one in kept if one.state in (State.OPEN, State.PACKED)] or kept
    return kept


def described(positions: Sequence[Position], words: Sequence[str], reading: RequestWords) -> List[Position]:
    """Of several positions those whose variant the words tell best; all where they tell nothing of it."""
    scores = [sum(told_value(value, words) or any(holds(words, other) >= 0 for other in reading.synonyms(value)) for value in one.line.options.values()) for one in positions]
    best = max(scores, default=0)
    return [one for one, score in zip(positions, scores) if score == best]


def told_value(value: str, words: Sequence[str]) -> bool:
    """Whether words say a value; a bare number or letter says nothing."""
    own = plain(value)
    return holds(words, own) >= 0 and (len(own) > 1 or len(own[0]) >= SHORTEST) if own else False


def by_price(positions: Sequence[Position], words: Sequence[str], reading: RequestWords) -> List[Position]:
    """Of several positions of one title the dearest or the cheapest, where words say so."""
    if len(positions) < 2:
        return list(positions)
    if reading.has(words, "cheaper"):
        return [min(positions, key=lambda one: one.line.price)]
    return [max(positions, key=lambda one: one.line.price)] if reading.has(words, "dearer") else list(positions)


def grouped(positions: Sequence[Position]) -> Mapping[str, Dict[str, int]]:
    """Positions by the number of their order, each with how many are left of it."""
    found: Dict[str, Dict[str, int]] = {}
    for one in positions:
        left = one.line.quantity - one.line.returned
        if left > 0:
            found.setdefault(one.order.number, {})[one.line.key] = left
    return found
