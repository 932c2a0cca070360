"""The knowledge for tests, loaded once a process."""

from __future__ import annotations

from functools import lru_cache

from bot.rules.knowledge import Knowledge, load
from bot.settings import settings


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The project's own knowledge."""
    return load(settings().knowledge)
