"""Which conversation of Chatwoot is which of ours. The token that is kept of one is the customer's id there, and once there is a
conversation its number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional

from bot.support.places.chatwoot.api import Chatwoot
from bot.support.places.kept import Carried, Kept


@dataclass(frozen=True)
class Thread:
    """A conversation there: the customer's id, which is a secret, and its number."""

    source: str
    number: int


class Threads:
    """The conversations that were opened there. Calls block; each raises what `Chatwoot` and `Kept` raise."""

    def __init__(self, api: Chatwoot, kept: Kept) -> None:
        self._api, self._kept = api, kept

    def of(self, conversation: str) -> Optional[Thread]:
        """Where a conversation of ours is; None where it is not there."""
        return thread_of(self._kept.carried(conversation))

    def conversation(self, thread: Thread) -> Optional[Carried]:
        """Which of ours one is; None where it is none that was opened from here."""
        return self._kept.of_token(_token(thread))

    def opened(self, conversation: str, name: str) -> tuple[Thread, bool]:
        """Where a conversation is, and whether it was made just now."""
        carried = self._kept.carried(conversation)
        there = thread_of(carried)
        if there is not None:
            return there, False
        made = Thread(carried.token, self._api.begin(carried.token, name))
        self._kept.rename(conversation, _token(made))
        return made, True

    def lose(self, conversation: str) -> None:
        """Notes that it was deleted there, so that it is brought anew."""
        self._kept.rename(conversation)
        self._kept.note(replace(self._kept.carried(conversation), is_open=False))


def thread_of(carried: Carried) -> Optional[Thread]:
    """Where a conversation is that is kept so."""
    source, _, number = carried.token.partition(":")
    return Thread(source, int(number)) if number else None


def _token(thread: Thread) -> str:
    return f"{thread.source}:{thread.number}"
