"""Which address a message means: one that it tells, the customer's own, that of another order, or one of theirs in a city."""

from __future__ import annotations

from dataclasses import replace
from typing import List, Sequence

from bot.answers.orders.case import Case
from bot.support.gateway import Address
from bot.support.naming import numbers_in, titles_in
from bot.understanding.addresses import Told, address_in
from bot.understanding.regions import region_of
from bot.understanding.requests import RequestWords
from bot.understanding.said import holds, plain

BEFORE = "before"


def address_meant(case: Case, now: Address) -> Address | None:
    """The address that the message means instead of the one that holds now; None where it means none. Only addresses of who asks
    are known: their own, and those of their orders."""
    text = case.text
    told = address_in(text)
    if told.whole:
        return Address(now.name, told.line1, told.line2, told.city, _region(case, told, told.country or now.country), told.postcode, told.country or now.country)
    if told.only_unit and not case.fresh:
        return replace(now, line2=told.line2)
    words = plain(text)
    reading = case.turn.resources.request_words
    known = [one for one in _known(case) if one != now]
    before = _before(case, now) if reading.has(words, "back_to") else None
    if before is not None:
        return before
    others = [one for one in case.orders.proving.orders_of(case.asker) if one.number != case.order.number]
    behind = words[_to(words) :]
    numbered = numbers_in(behind, [one.number for one in others])
    if numbered:
        return next(one.address for one in others if one.number == numbered[0])
    placed = [one for one in known if _is_at(one, behind, reading) or _is_at(one, words, reading)]
    if len(placed) == 1:
        return placed[0]
    customer = case.orders.proving.customer(case.asker)
    if customer is not None and customer.address != now and reading.has(behind, "own_address") and customer.address.line1:
        return customer.address
    titles = {one.title for one in titles_in([line.title for order in others for line in order.lines], words)}
    by_item = list(dict.fromkeys(order.address for order in others if any(line.title in titles for line in order.lines) and order.address != now))
    if len(by_item) == 1 and reading.has(words, "of_orders"):
        return by_item[0]
    elsewhere = reading.has(words, "elsewhere")
    return known[0] if elsewhere and len(known) == 1 else None


def _before(case: Case, now: Address) -> Address | None:
    """What the address was before it was changed in this conversation; None where it was not."""
    changed = [one for one in case.orders.requests.done_of(case.asker.sender) if one.kind == case.request.kind and one.order_number == case.request.order_number]
    kept = changed[-1].details.get(BEFORE) if changed else None
    before = Address(**kept) if kept else None
    return before if before != now else None


def _known(case: Case) -> List[Address]:
    customer = case.orders.proving.customer(case.asker)
    found = [customer.address] if customer is not None and customer.address.line1 else []
    found += [one.address for one in case.orders.proving.orders_of(case.asker) if one.address.line1]
    return list(dict.fromkeys(replace(one, name=case.order.address.name) for one in found))


def _to(words: Sequence[str]) -> int:
    """Where it is said where something shall go."""
    return next((place for place, word in enumerate(words) if word in ("to", "with")), 0)


def _is_at(address: Address, words: Sequence[str], reading: RequestWords) -> bool:
    """Whether words name the city of an address, also by another name of it, or its street."""
    city = plain(address.city)
    if city and holds(words, city) >= 0:
        return True
    others = reading.table("places").get(address.city.lower(), [])
    street = [word for word in plain(address.line1) if word.isalpha()]
    return any(holds(words, one) >= 0 for one in others) or (len(street) > 1 and holds(words, street) >= 0)


def _region(case: Case, told: Told, country: str) -> str:
    """The region, where the message leaves it out by an address of theirs in that city, or by the postcode."""
    known = next((one.region for one in _known(case) if one.city.lower() == told.city.lower()), "")
    return told.region or region_of(told.postcode, country) or known
