"""The inbox for many who look at it: what was read since the last change is not read again for the next of them."""

from __future__ import annotations

from threading import Lock
from typing import Callable, TypeVar

from bot.support.handoff import Conversations, Filter, Talk

NEVER = 2**31 - 1
"""A cursor behind which nothing lies."""
Read = TypeVar("Read")


class Glance:
    """Lists and counts conversations, as of a change. Calls block: keep them off an event loop."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations
        self._lock = Lock()
        self._cursor = -1
        self._kept: dict[tuple[str, Filter], object] = {}

    def cursor(self) -> int:
        """The number of the last change; what is listed and counted after this is at least as new.

        Raises:
            StoreError: when the database gives no answer (so does every method).
        """
        cursor = self._conversations.changes(NEVER).cursor
        with self._lock:
            if cursor > self._cursor:
                self._cursor, self._kept = cursor, {}
        return cursor

    def listed(self, wanted: Filter) -> list[Talk]:
        """The conversations that fit."""
        return self._of("listed", wanted, self._conversations.listed)

    def count(self, wanted: Filter) -> int:
        """How many fit."""
        return self._of("count", wanted, self._conversations.count)

    def _of(self, what: str, wanted: Filter, read: Callable[[Filter], Read]) -> Read:
        with self._lock:
            cursor, found = self._cursor, self._kept.get((what, wanted))
        if found is None:
            found = read(wanted)
            with self._lock:
                if cursor == self._cursor:
                    self._kept[what, wanted] = found
        return found  # type: ignore[return-value]
