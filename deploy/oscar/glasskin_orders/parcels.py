"""Parcels of an order, out of its shipping events. Oscar keeps no tracking of its own: the notes of an event hold the carrier, the
number and, where there is one, the link, as "USPS 9400111899560000000000 https://carrier.example/9400111899560000000000"."""

from typing import Any, Iterable

from glasskin_orders.conf import chosen

LINKS = ("https://", "http://")


def parcels_of(events: Iterable[Any]) -> list[dict[str, Any]]:
    """The parcels that left, the first first; one has arrived once an event says so of all that is in it."""
    events = sorted(events, key=lambda one: (one.date_created, one.id))
    sent, come = chosen("GLASSKIN_SHIPPED_EVENTS"), chosen("GLASSKIN_DELIVERED_EVENTS")
    arrived = [(one.date_created, set(_lines(one))) for one in events if one.event_type.name in come]
    return [_parcel(one, arrived) for one in events if one.event_type.name in sent]


def came_back(events: Iterable[Any]) -> dict[int, int]:
    """How many of each line the shop noted as returned, by the line's id."""
    found: dict[int, int] = {}
    for event in events:
        if event.event_type.name in chosen("GLASSKIN_RETURNED_EVENTS"):
            for line, count in _lines(event).items():
                found[line] = found.get(line, 0) + count
    return found


def _lines(event: Any) -> dict[int, int]:
    return {one.line_id: one.quantity for one in event.line_quantities.all()}


def _parcel(event: Any, arrived: list[tuple[Any, set[int]]]) -> dict[str, Any]:
    words = event.notes.split()
    link = next((word for word in words if word.startswith(LINKS)), "")
    said = [word for word in words if word != link]
    lines = sorted(_lines(event))
    when = next((at for at, those in arrived if lines and those.issuperset(lines) and at >= event.date_created), None)
    carrier, number = (" ".join(said[:-1]), said[-1]) if len(said) > 1 else ("", "".join(said))
    return {
        "lines": [str(line) for line in lines], "carrier": carrier, "tracking": number, "url": link,
        "shipped_at": event.date_created.isoformat(), "delivered_at": when.isoformat() if when else None,
    }  # fmt: skip
