"""What was asked, sorted by meaning: which wordings make a group, and which turns of whom stand behind each wording."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Callable, Mapping, Sequence

import numpy as np

from bot.desk.review.alike import Matrix, directions, grouped, nearest, unit
from bot.store.review_models import WITHOUT_ANSWER
from bot.store.reviews import Asked

DOWN = "down"
_BESIDES = re.compile(r"[^\w\[\]]+")


@dataclass(frozen=True)
class Sorted:
    """Turns by meaning, each array with a place for each turn unless it says otherwise.

    Attributes:
        turns: the turns, oldest first; `at` and `channel` when and where they came, `at` in seconds since 1970.
        person: whose it was, as a number.
        wording: the number of its wording.
        lacking: whether it was left without an answer, or the answer got a thumb down.
        group: of each wording: the number of its group, -1 for wordings that were always answered.
        middles: of each group: its middle.
        answered: numbers of the wordings that were always answered, and `directions` their meanings.
    """

    turns: Sequence[Asked]
    at: Matrix
    channel: Matrix
    person: Matrix
    wording: Matrix
    lacking: Matrix
    group: Matrix
    middles: Matrix
    answered: Matrix
    directions: Matrix


def sorted_by_meaning(turns: Sequence[Asked], meanings: Callable[[Sequence[int]], Mapping[int, bytes]]) -> Sorted:
    """Sorts turns. Wordings that were left without an answer make the groups: those on a topic that the shop has not said stand
    together, others by their meaning, what most people asked first.

    Args:
        turns: the turns, oldest first.
        meanings: gives the meanings of turns by their numbers.
    """
    people: dict[str, int] = {}
    wordings: dict[str, int] = {}
    firsts: list[int] = []
    numbers: list[int] = []
    for turn in turns:
        plain = plainly(turn.text)
        if plain not in wordings:
            wordings[plain] = len(wordings)
            firsts.append(turn.id)
        numbers.append(wordings[plain])
    person = np.array([people.setdefault(turn.sender, len(people)) for turn in turns], dtype=np.int64)
    wording = np.array(numbers, dtype=np.int64)
    lacking = np.array([turn.outcome in WITHOUT_ANSWER or turn.thumb == DOWN for turn in turns], dtype=bool)
    known = meanings(firsts)
    has_meaning = np.array([first in known for first in firsts], dtype=bool)
    asked_by = Counter(number for number, _ in {(int(number), int(who)) for number, who in zip(wording[lacking], person[lacking])})
    open_ones = [number for number in sorted(asked_by, key=lambda one: (-asked_by[one], firsts[one])) if has_meaning[number]]
    topics = {int(number): turn.topic for number, turn in zip(wording, turns) if turn.topic}
    group, middles = _groups(open_ones, topics, [known[firsts[number]] for number in open_ones], len(firsts))
    answered = np.array([number for number in range(len(firsts)) if number not in asked_by and has_meaning[number]], dtype=np.int64)
    kept = directions([known[firsts[number]] for number in answered]) if len(answered) else np.zeros((0, 1), dtype=np.int8)
    at, channel = np.array([turn.at for turn in turns]), np.array([turn.channel for turn in turns])
    return Sorted(turns, at, channel, person, wording, lacking, group, middles, answered, kept)


def _groups(numbers: Sequence[int], topics: Mapping[int, str], meanings: Sequence[bytes], count: int) -> tuple[Matrix, Matrix]:
    """The group of each of `count` wordings, and the groups' middles."""
    group = np.full(count, -1, dtype=np.int64)
    if not numbers:
        return group, np.zeros((0, 1), dtype=np.float32)
    rows, places = directions(meanings), np.array(numbers)
    named = list(dict.fromkeys(topics[number] for number in numbers if number in topics))
    of_topic = np.array([named.index(topics[number]) if number in topics else -1 for number in numbers])
    vectors = unit(rows)
    middles = unit(np.stack([vectors[of_topic == one].sum(axis=0) for one in range(len(named))])) if named else vectors[:0]
    found = np.where(of_topic >= 0, of_topic, nearest(rows, middles))
    rest = found < 0
    others, their_middles = grouped(rows[rest])
    found[rest] = others + len(named)
    group[places] = found
    return group, np.vstack([middles, their_middles])


def plainly(text: str) -> str:
    """A wording without what makes no other question of it: case, marks, blanks."""
    return _BESIDES.sub(" ", text.casefold()).strip()
