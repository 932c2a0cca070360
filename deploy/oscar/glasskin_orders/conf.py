"""The shop's settings, each with what it is where the shop's settings name none."""

from typing import Any

from django.conf import settings

DEFAULTS = {
    "GLASSKIN_KEY": "",
    "GLASSKIN_STATES": {
        "Pending": "open", "Being processed": "packed", "Processed": "packed", "Shipped": "shipped", "Partially shipped": "shipped",
        "Complete": "shipped", "Delivered": "delivered", "Cancelled": "cancelled",
    },
    "GLASSKIN_CANCELLED": "Cancelled",
    "GLASSKIN_SHIPPED_EVENTS": ("Shipped", "Dispatched"),
    "GLASSKIN_DELIVERED_EVENTS": ("Delivered",),
    "GLASSKIN_RETURNED_EVENTS": ("Returned",),
    "GLASSKIN_EVENTS_URL": "",
    "GLASSKIN_EVENTS_SECRET": "",
}  # fmt: skip
"""KEY: what the assistant is let in with. STATES: how far an order of each of the shop's statuses is; one that is not named is for a
person to judge. CANCELLED: the status of an order that was called off. The events: the names of the shop's shipping event types.
EVENTS_URL and EVENTS_SECRET: where changes are told to, and what they are signed with; empty: nowhere."""
SHORTEST_KEY = 32


def chosen(name: str) -> Any:
    """A setting."""
    return getattr(settings, name, DEFAULTS[name])
