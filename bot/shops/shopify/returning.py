"""Returns of a Shopify order: what is told of them, and what is asked for.

A return names the parcel's position that comes back. The note of each position holds the key of who asked, so that none is asked for twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.support.gateway import GoingBack, Line, Moved, Outcome

Json = Mapping[str, Any]
OVER = frozenset({"DECLINED", "CANCELED"})
WAITS = "REQUESTED"
REASONS = {"unwanted": "UNWANTED", "fault": "DEFECTIVE"}
"""Shopify's words for why something comes back; it has none for a reaction of the skin."""
HERE = re.compile(r"\[glasskin (\S+)\]")
LONGEST_NOTE = 255


def returned(told: Json) -> dict[str, int]:
    """How many of each position are on their way back or there, by the position's key."""
    found: dict[str, int] = {}
    for one in _returns(told):
        if one["status"] not in OVER:
            for line, count in _contents(one).items():
                found[line] = found.get(line, 0) + count
    return found


def returns_of(told: Json, lines: Sequence[Line], method: str) -> tuple[GoingBack, ...]:
    """The returns of an order, with what is paid back for each by the prices of its positions."""
    prices = {line.key: line.price for line in lines}
    return tuple(_going_back(one, prices, method) for one in _returns(told))


def outcome_of_return(told: Json, key: str, lines: Sequence[Line], method: str) -> Outcome | None:
    """What the return of a key led to: done once the team took it; None where there is none."""
    found = next((one for one in _returns(told) if key in _keys(one)), None)
    if found is None:
        return None
    back = _going_back(found, {line.key: line.price for line in lines}, method)
    return Outcome(found["status"] not in {WAITS, *OVER}, ((back.refund, method),) if method else ())


def positions(told: Json, wanted: Mapping[str, int], key: str, reason: str, approved: bool) -> list[dict[str, Any]]:
    """What comes back as Shopify takes it, a position of a parcel each.

    Args:
        told: the order.
        wanted: how many of which position of the order.
        key: who asks.
        reason: a word of ours for why.
        approved: whether it is a return, else the wish for one.

    Raises:
        Moved: where not so many of them were sent and are not on their way back.
    """
    gone: dict[str, int] = {}
    for one in _returns(told):
        if one["status"] not in OVER:
            for item in _items(one):
                place = str(item["fulfillmentLineItem"]["id"])
                gone[place] = gone.get(place, 0) + int(item["quantity"])
    note, found = f"{reason} [glasskin {key}]"[-LONGEST_NOTE:], []
    for line, count in wanted.items():
        if count < 1:
            raise Moved
        for place, there in _sent(told, line):
            part = min(count, there - gone.get(place, 0))
            if part > 0:
                found.append(_position(place, part, REASONS.get(reason, "OTHER"), note, approved))
                count -= part
        if count:
            raise Moved
    return found


def _position(place: str, count: int, reason: str, note: str, approved: bool) -> dict[str, Any]:
    return {"fulfillmentLineItemId": place, "quantity": count, "returnReason": reason, ("returnReasonNote" if approved else "customerNote"): note}


def _sent(told: Json, line: str) -> Iterator[tuple[str, int]]:
    for parcel in told["fulfillments"]:
        if parcel["status"] == "SUCCESS":
            for one in parcel["fulfillmentLineItems"]["nodes"]:
                if str(one["lineItem"]["id"]).rpartition("/")[2] == line:
                    yield str(one["id"]), int(one["quantity"])


def _returns(told: Json) -> Sequence[Json]:
    """None where the token may not see them."""
    found: Sequence[Json] = (told.get("returns") or {"nodes": []})["nodes"]
    return found


def _items(one: Json) -> list[Json]:
    """The positions that came in a parcel; Shopify also takes back what it never sent."""
    return [item for item in one["returnLineItems"]["nodes"] if item.get("fulfillmentLineItem")]


def _contents(one: Json) -> dict[str, int]:
    found: dict[str, int] = {}
    for item in _items(one):
        line = str(item["fulfillmentLineItem"]["lineItem"]["id"]).rpartition("/")[2]
        found[line] = found.get(line, 0) + int(item["quantity"])
    return found


def _keys(one: Json) -> set[str]:
    return {key for item in _items(one) for note in (item["customerNote"], item["returnReasonNote"]) for key in HERE.findall(str(note or ""))}


def _going_back(one: Json, prices: Mapping[str, Decimal], method: str) -> GoingBack:
    contents = _contents(one)
    refund = sum((prices.get(line, Decimal(0)) * count for line, count in contents.items()), Decimal(0))
    return GoingBack(contents, _state(one), refund, method, at=datetime.fromisoformat(str(one["createdAt"]).replace("Z", "+00:00")))


def _state(one: Json) -> str:
    if one["status"] in OVER:
        return "refused"
    items = _items(one)
    if items and all(int(item["refundedQuantity"]) >= int(item["quantity"]) for item in items):
        return "refunded"
    return "received" if one["status"] == "CLOSED" else "requested"
