"""Spreads over processes what happens between customers and staff: that a talk changed, and that somebody types.

Without it the others would see a change within seconds, when they look, and typing never.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from bot.store.broadcasts import Broadcasts
from bot.support.handoff import TYPING, Conversations

TALK, TYPES, DELETED = "talk", "types", "deleted"
_HEARD: ContextVar[bool] = ContextVar("heard", default=False)
"""True while what another process told is passed on within this one."""


class Spreading:
    """Tells other processes of what happens in this one, and the other way round."""

    def __init__(self, talks: Conversations) -> None:
        """
        Args:
            talks: the talks with the staff.
        """
        self._talks = talks
        self._ends: list[Callable[[], None]] = []

    def start(self, broadcasts: Broadcasts) -> None:
        """Begins, in the running event loop."""

        def changed(conversation: str) -> None:
            if not _HEARD.get():
                broadcasts.tell(TALK, conversation)

        def types(conversation: str, who: str) -> None:
            if not _HEARD.get():
                broadcasts.tell(TYPES, [conversation, who])

        TYPING.listen(types)
        self._ends = [
            self._talks.on_change(changed),
            broadcasts.subscribe(TALK, lambda told: _passed_on(self._talks.changed_elsewhere, told)),
            broadcasts.subscribe(TYPES, lambda told: _passed_on(TYPING.writes, *told)),
        ]

    def stop(self) -> None:
        """Ends."""
        for end in self._ends:
            end()


def _passed_on(take: Callable[..., None], *told: str) -> None:
    token = _HEARD.set(True)
    try:
        take(*told)
    finally:
        _HEARD.reset(token)
