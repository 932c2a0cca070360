"""Who is writing at this moment, within this process: shown to the other side, kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from time import monotonic

LASTS_S = 6.0
"""So long after the last sign somebody counts as writing."""
MOST_KEPT = 10_000
Listener = Callable[[str, str], None]


class Typing:
    """Notes who writes. `who` is a member of the staff, or CUSTOMER."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._until: dict[tuple[str, str], float] = {}
        self._listeners: list[Listener] = []
        self._lock = Lock()

    def writes(self, conversation: str, who: str) -> None:
        """Notes that somebody writes, and tells who listens."""
        now = self._clock()
        with self._lock:
            if len(self._until) >= MOST_KEPT:
                self._until = {key: until for key, until in self._until.items() if until > now}
            self._until[conversation, who] = now + LASTS_S
        for listener in list(self._listeners):
            listener(conversation, who)

    def stopped(self, conversation: str, who: str) -> None:
        """Notes that somebody does not write any more, as after sending."""
        with self._lock:
            self._until.pop((conversation, who), None)

    def writing(self, conversation: str) -> list[str]:
        """Who writes in a conversation now."""
        now = self._clock()
        with self._lock:
            return sorted(who for (where, who), until in self._until.items() if where == conversation and until > now)

    def listen(self, listener: Listener) -> None:
        """Calls `listener` with conversation and writer whenever somebody writes, from the thread that noted it."""
        self._listeners.append(listener)


TYPING = Typing()
"""Of this process."""
