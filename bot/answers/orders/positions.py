"""Which positions of which orders the words of a request name: by title, by what is said of the variant, by how far an order is."""

from __future__ import annotations

from typing import List, Mapping, Sequence

from bot.answers.orders.errand import Desk, is_open
from bot.support import naming
from bot.support.gateway import Order
from bot.support.naming import Position
from bot.understanding.requests import CANCEL, ITEMS, RETURN, Want
from bot.understanding.said import plain, singular

Named = tuple[List[Position], Sequence[str]]
"""Positions, and the names of those of which one is meant and nobody knows which."""
OTHERS = frozenset({"other", "another", "both", "two", "2"})


def positions(want: Want, words: Sequence[str], desk: Desk, orders: Sequence[Order]) -> tuple[Mapping[str, Mapping[str, int]], Sequence[str]]:
    """The positions that the words name in these orders, by order, and the names of those of which one is meant and nobody knows
    which; "everything except the lamp" is what it leaves, "the pot, not the lamp" the pot."""
    there = [Position(order, line) for order in orders for line in order.lines if line.quantity > line.returned]
    at, end = desk.words.first(words, "except")
    kept_back = named(words[end:], desk, there)[0] if at >= 0 else []
    told, among = named(words[:at] if at >= 0 else words, desk, there, want.kind)
    if kept_back and not told:
        of = {one.order.number for one in kept_back}
        told = [one for one in there if one.order.number in of] if desk.words.has(words[:at], "everything") else []
    held = [(one.order.number, one.line.key) for one in kept_back]
    return naming.grouped([one for one in told if (one.order.number, one.line.key) not in held]), among


def named(words: Sequence[str], desk: Desk, there: Sequence[Position], kind: str = "") -> Named:
    """Positions by their titles; of several with one title those that are described, or all of them where it is said so."""
    mentions = [one for one in naming.titles_in([one.line.title for one in there], words) if not naming.denied(words, one)]
    beside = [one for one in mentions if "with" in words[max(0, one.start - 2) : one.start] and len(mentions) > 1]
    mentions = [one for one in mentions if one not in beside or kind == ITEMS]
    titles = {one.title for one in (*mentions, *beside)}
    found = [one for one in there if one.line.sku and one.line.sku.lower() in words[: _behind_to(words)] and one.line.title not in titles]
    for title in dict.fromkeys(one.title for one in mentions):
        of_it = [one for one in mentions if one.title == title]
        said = list(words) if kind in (RETURN, CANCEL) and len(titles) == 1 else _description(words, of_it)
        best = _of_title([one for one in there if one.line.title == title], [*said, *desk.hint], words, titles, desk)
        if not best:
            return [], [f"{one.line.name}, order {one.order.number}" for one in _candidates([one for one in there if one.line.title == title], [*said, *desk.hint], desk)]
        found += best
    return found, ()


def _of_title(of_title: Sequence[Position], said: Sequence[str], words: Sequence[str], titles: set[str], desk: Desk) -> List[Position]:
    """Those of one title that are meant; none where nobody knows which."""
    best = _candidates(of_title, said, desk)
    title = of_title[0].line.title
    last = singular(plain(title)[-1])
    several = last == plain(title)[-1] and any(singular(word) == last and singular(word) != word for word in words)
    if len(best) < 2 or several or desk.words.has(said, "everything"):
        return best
    together = [one for one in best if all(any(line.title == other for line in one.order.lines) for other in titles)]
    best = together if len(titles) > 1 and together else best
    if len(best) < 2 or _count(words, len(best)):
        return best
    same = len({(one.order.number, tuple(sorted(one.line.options.items()))) for one in best}) == 1
    return (best if OTHERS & set(words) else best[:1]) if same else []  # two of the very same: either will do


def _candidates(of_title: Sequence[Position], said: Sequence[str], desk: Desk) -> List[Position]:
    best = naming.by_price(naming.described(_in_state(of_title, said, desk), said, desk.words), said, desk.words)
    told = naming.numbers_in(desk.hint, [one.number for one in desk.orders])
    return [one for one in best if one.order.number in told] or best


def _behind_to(words: Sequence[str]) -> int:
    """Where it is said what something shall become: an item number behind it is no thing that was ordered."""
    return next((place for place in range(1, len(words)) if words[place] == "to" and words[place - 1] not in ("want", "like", "need", "wish", "also")), len(words))


def _in_state(those: Sequence[Position], words: Sequence[str], desk: Desk) -> List[Position]:
    """Of several positions those that are pending, or have arrived, where that is said of them."""
    if len(those) > 1 and desk.words.has(words, "pending"):
        return [one for one in those if is_open(one.order)] or list(those)
    if len(those) > 1 and desk.words.has(words, "received"):
        return [one for one in those if not is_open(one.order)] or list(those)
    return list(those)


def _count(words: Sequence[str], count: int) -> bool:
    """Whether so many are spoken of."""
    return str(count) in words or (count == 2 and ("two" in words or "another" in words)) or (count == 3 and "three" in words)


def _description(words: Sequence[str], mentions: Sequence[naming.Named]) -> List[str]:
    """What is said of a thing itself: the words before each of its names, and behind them up to what it shall become."""
    found: List[str] = []
    for one in mentions:
        behind = list(words[one.end : one.end + 14])
        end = next((place for place, word in enumerate(behind) if word in ("to", "for", "into", "with", "and", "be")), len(behind))
        found += [*words[max(0, one.start - 5) : one.start], *behind[:end]]
    return found
