"""The commands of the menu and what each asks of the assistant."""

from __future__ import annotations

from typing import Mapping

# Commands that are an intent of their own; only a channel can raise one, no typed text ever does.
INTENTS: Mapping[str, str] = {
    "help": "ask_capabilities",
    "quiz": "start_finder",
    "routine": "build_routine",
    "products": "ask_popular",
    "language": "ask_language",
}
START, FORGET, REMINDERS, GROUP = "start", "forget", "reminders", "group"
# In the order of the menu; the description's wording is `telegram_menu_<command>`.
MENU = ("quiz", "routine", "products", REMINDERS, "help", "language", FORGET)
PRODUCT_LINK = "product_"


def linked_product(payload: str) -> str | None:
    """The product handle of a deep link's payload (t.me/<bot>?start=product_<handle>), None for another payload."""
    return payload[len(PRODUCT_LINK) :] or None if payload.startswith(PRODUCT_LINK) else None
