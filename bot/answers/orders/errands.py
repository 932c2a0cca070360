"""From what a customer wants to errands: each for one order, with the positions that it is about.

Nothing is said of orders that who asks may not be told of: only `orders` are looked at.
"""

from __future__ import annotations

from dataclasses import replace
from typing import List, Sequence

from bot.answers.orders.errand import Desk, Errand
from bot.answers.orders.positions import named, positions
from bot.answers.orders.sums import asks as sums_asked
from bot.support import naming
from bot.support.gateway import Order
from bot.support.naming import Position
from bot.understanding.requests import ADDRESS, CANCEL, FACTS, ITEMS, OWN_ADDRESS, PAYMENT, RETURN, TEAM, Want
from bot.understanding.said import holds, plain


def errands(wants: Sequence[Want], desk: Desk) -> List[Errand]:
    """The errands of what is wanted: what goes to one order in one way is one errand, and of one order that which others shut
    out comes last."""
    found: List[Errand] = []
    for want in wants:
        if desk.words.has(plain(want.text), "all_named") and any(one.kind == want.kind for one in found):
            continue  # "make sure that all the items I want to return are returned"
        if _says_nothing_new(want, desk, found):
            found[-1] = replace(found[-1], text=f"{found[-1].text}. {want.text}")
            continue
        for errand in _located(want, desk, next((one.number for one in reversed(found) if one.number), "")):
            same = next((place for place, one in enumerate(found) if _is_same(one, errand)), None)
            if same is None:
                found.append(errand)
            else:
                one = found[same]
                found[same] = replace(one, text=f"{one.text}. {errand.text}" if errand.text not in one.text else one.text, lines={**one.lines, **errand.lines})
    return _sorted(_without_doubles(found, desk))


def _says_nothing_new(want: Want, desk: Desk, found: Sequence[Errand]) -> bool:
    """Whether a want names nothing and goes on with the one before: "I want the exchange to be quick"."""
    words = plain(want.text)
    titles = naming.titles_in([line.title for order in desk.orders for line in order.lines], words)
    names = titles or naming.numbers_in(words, [one.number for one in desk.orders]) or desk.words.has(words, "everything") or _unknown_number(words)
    return bool(found) and want.kind == found[-1].kind and want.kind not in (FACTS, OWN_ADDRESS, TEAM) and not names and not want.otherwise


def _without_doubles(found: Sequence[Errand], desk: Desk) -> List[Errand]:
    """Without cancelling what can only be returned and is returned anyway ("cancel or return everything"), and without sums that are
    said behind what is done."""
    returned = {one.number for one in found if one.kind == RETURN and one.number}
    unable = {one.number for one in desk.orders if not desk.allowed(one, CANCEL)}
    does = any(one.kind != FACTS for one in found)
    kept = [one for one in found if not (one.kind == CANCEL and one.number in unable and (one.number in returned or (not one.number and returned)))]
    return [one for one in kept if not (one.kind == FACTS and does and _of_sums(one, desk))]


def _of_sums(errand: Errand, desk: Desk) -> bool:
    words = plain(errand.text)
    return not errand.number and sums_asked(words) and "balance" not in words


def _is_same(one: Errand, other: Errand) -> bool:
    return (one.kind, one.number, one.otherwise) == (other.kind, other.number, other.otherwise) and one.kind != FACTS and not one.otherwise


def _sorted(found: Sequence[Errand]) -> List[Errand]:
    """Facts first; of one order a change of items behind that of its address, because it may be the last one."""
    placed: List[Errand] = [one for one in found if one.kind == FACTS]
    rest = [one for one in found if one.kind != FACTS]
    for one in rest:
        place = len(placed)
        if one.kind in (ADDRESS, PAYMENT):
            place = next((at for at, other in enumerate(placed) if other.number == one.number and other.kind == ITEMS and not other.otherwise), place)
        placed.insert(place, one)
    return placed


def _located(want: Want, desk: Desk, before: str = "") -> List[Errand]:
    words = plain(want.text)
    if want.kind == ITEMS and desk.last_kind in (ADDRESS, OWN_ADDRESS) and desk.words.has(words, "back_to") and desk.words.has(words, "spoken_of"):
        want = replace(want, kind=desk.last_kind)  # "change it back"
    if want.kind in (OWN_ADDRESS, TEAM):
        return [Errand(want.kind, want.text, otherwise=want.otherwise)]
    told = _numbered(want, desk, words)
    unknown = "" if told else _unknown_number(words)
    if want.kind == FACTS or unknown:
        return [Errand(want.kind, want.text, told[0].number if len(told) == 1 else "", otherwise=want.otherwise, unknown=unknown)]
    titles = naming.titles_in([line.title for order in desk.orders for line in order.lines], words)
    last = before or desk.last
    candidates = told or _last(want, desk, words, before, bool(titles)) or _in_state(desk, words)
    able = [one for one in candidates if desk.allowed(one, want.kind)]
    if want.kind in (ADDRESS, PAYMENT):
        return _of_orders(want, desk, words, told, able, candidates, last)
    named_by = words if titles or told or desk.words.has(words, "everything") or not desk.words.has(words, "spoken_of") else (*words, *desk.topic)
    groups, among = positions(want, named_by, desk, able)
    if not groups and not among:
        groups, among = positions(want, named_by, desk, candidates)
    if among:
        return [Errand(want.kind, want.text, otherwise=want.otherwise, among=among)]
    if groups:
        return [Errand(want.kind, want.text, number, lines, want.otherwise) for number, lines in groups.items()]
    return _of_orders(want, desk, words, told, able, candidates, last)


def _numbered(want: Want, desk: Desk, words: Sequence[str]) -> List[Order]:
    """The orders that are named by number; of an address those before it is said where it shall go, where any is."""
    numbers = naming.numbers_in(words, [one.number for one in desk.orders])
    if want.kind == ADDRESS and len(numbers) > 1:
        first = naming.numbers_in(words[: _to(words)], numbers)
        numbers = first or numbers[:1]
    return [one for one in desk.orders if one.number in numbers]


def _last(want: Want, desk: Desk, words: Sequence[str], before: str, titles: bool) -> List[Order]:
    """The order that was spoken of last, where words mean it: "the same order", or an item without a name."""
    same = holds(words, ("same", "order")) >= 0
    nameless = want.kind == ITEMS and not titles and not desk.words.has(words, "pending") and not desk.words.has(words, "received")
    return [one for one in desk.orders if one.number == before and desk.allowed(one, want.kind)] if before and (same or nameless) else []


def _in_state(desk: Desk, words: Sequence[str]) -> List[Order]:
    return list(desk.orders) if desk.words.has(words, "received") else naming.by_state(desk.orders, words, desk.words)


def _of_orders(want: Want, desk: Desk, words: Sequence[str], told: Sequence[Order], able: Sequence[Order], candidates: Sequence[Order], last: str) -> List[Errand]:
    """Errands for whole orders: those that are numbered, all, the newest, one that is named by what is in it or where it goes, the
    one spoken of, the only one that can be; else the customer is asked which."""
    one_order = desk.words.has(words, "one_order")
    chosen: Sequence[Order] = told
    if not chosen and want.kind in (ADDRESS, PAYMENT, CANCEL):
        groups = naming.grouped(named(words, desk, [Position(order, line) for order in able for line in order.lines])[0])
        chosen = [one for one in able if one.number in groups]
    if not chosen and want.kind == ADDRESS:
        chosen = _by_place(words, able)
    if not chosen and desk.words.has(words, "newest") and candidates:
        chosen = [(able or candidates)[0]]
    if not chosen and desk.words.has(words, "oldest") and able:
        chosen = [able[-1]]
    if not chosen and (one_order or (desk.words.has(words, "spoken_of") and not desk.words.has(words, "everything"))):
        chosen = [one for one in candidates if one.number == last]
    if not chosen and desk.words.has(words, "everything") and able and not one_order:
        chosen = able
    if not chosen and len(able) == 1:
        chosen = able
    if not chosen and not able and len(candidates) == 1:
        chosen = candidates
    if not chosen:
        return [Errand(want.kind, want.text, otherwise=want.otherwise)]
    whole = {one.number: {line.key: line.quantity - line.returned for line in one.lines if line.quantity > line.returned} for one in chosen}
    everything = want.kind == CANCEL or (want.kind in (RETURN, ITEMS) and (desk.words.has(words, "everything") or all(len(one.lines) == 1 for one in chosen)))
    return [Errand(want.kind, want.text, one.number, whole[one.number] if everything else {}, want.otherwise) for one in chosen]


def _to(words: Sequence[str]) -> int:
    """Where words say where something shall go."""
    return next((place for place, word in enumerate(words) if word == "to" and place and words[place - 1] not in ("want", "like", "need", "wish", "going")), len(words))


def _by_place(words: Sequence[str], able: Sequence[Order]) -> List[Order]:
    """The order that goes to a place that the words name before they say where it shall go ("my LA order")."""
    to = _to(words)
    found = [one for one in able if one.address.city and all(word in words[:to] for word in plain(one.address.city))]
    return found if len(found) == 1 else []


def _unknown_number(words: Sequence[str]) -> str:
    """A number that is called one of an order's and that no order of theirs has."""
    for place, word in enumerate(words):
        digits = sum(letter.isdecimal() for letter in word)
        letters = len(word) - digits
        if digits >= 6 and letters <= 3 and place and (words[place - 1] in ("order", "orders") or words[max(0, place - 2) : place] == ("order", "number")):
            return word.upper()
    return ""


