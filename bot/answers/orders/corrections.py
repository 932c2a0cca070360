"""How a message corrects what an open request is about."""

from __future__ import annotations

from typing import Mapping

from bot.answers.orders.case import Case
from bot.support.naming import denied, titles_in
from bot.understanding.said import plain


def held_back(case: Case) -> set[str]:
    """The keys of the positions that the message names as those which are not meant: "not the keyboard"."""
    words = plain(case.text)
    titles = {one.title for one in titles_in([line.title for line in case.order.lines], words) if denied(words, one)}
    return {line.key for line in case.order.lines if line.title in titles}


def lines_after(case: Case, kept: Mapping[str, int], named: Mapping[str, int]) -> Mapping[str, int]:
    """The positions after a message that corrects: "only the lamp", "also the pot", "not the cream"."""
    words = plain(case.text)
    held = held_back(case)
    if held and kept:
        return {key: count for key, count in {**kept, **named}.items() if key not in held} if set(kept) - held else kept
    reading = case.turn.resources.request_words
    at, _ = reading.first(words, "except")
    if named and kept and at >= 0:
        return {key: count for key, count in kept.items() if key not in named} or kept
    if not named or set(named) == set(kept):
        return kept
    if kept and set(named) < set(kept):
        narrows = reading.has(words, "only") or case.turn.frame.has("said_no")
        return named if narrows else kept
    replaces = kept and not reading.has(words, "also") and (reading.has(words, "only") or case.turn.frame.has("said_no"))
    return named if replaces else {**kept, **named}
