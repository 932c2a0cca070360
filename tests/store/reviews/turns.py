"""Turns for tests, with what most of them have."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from bot.store.reviews import Kept

NOON = datetime(2026, 11, 16, 12, tzinfo=timezone.utc)
TURN = Kept("web-1", "m1", NOON, "web", "open", "do you sell gift cards", "shop_topic", "sure", 0.98, "answered", answer="Yes.", vector=bytes(384))


def turn(number: int = 0, **changed: Any) -> Kept:
    """A turn that came so many minutes after noon."""
    return replace(TURN, **{"sender": f"web-{number}", "message": f"m{number}", "at": NOON + timedelta(minutes=number), **changed})
