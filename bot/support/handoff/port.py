"""`Handoff`: the door to wherever a shop's staff answer. The embedded desk is the default; mail, a messenger's group or a helpdesk
are others behind the same door."""

from __future__ import annotations

from typing import Optional, Protocol, Sequence

from bot.support.handoff.owner import Ending
from bot.support.handoff.records import Line, Talk


class HandoffUnreachable(Exception):
    """The staff's place gave no answer; what was to be told is told again later, with the same key.

    Attributes:
        again_after: so many seconds later, where the place says when; None where nobody knows.
    """

    def __init__(self, told: str, again_after: Optional[float] = None) -> None:
        super().__init__(told)
        self.again_after = again_after


class Handoff(Protocol):
    """A place where staff answer. Calls may be repeated: each says with its key what it was. What the staff do there comes back
    through `Conversations`: `take`, `reply`, `note`, `give_back`, `close`. Calls block, and may raise `HandoffUnreachable`."""

    def names(self) -> Sequence[str]:
        """Who could answer there, whatever the hour, by the names that customers read; an empty name for people whose names are known
        only when they write. Nobody where the place is not set up."""
        ...

    def opened(self, talk: Talk, thread: list[Line], key: str) -> None:
        """A person is asked for: brings the conversation there with what was said so far."""
        ...

    def said(self, talk: Talk, line: Line) -> None:
        """The customer wrote; `line.key` makes it once."""
        ...

    def closed(self, talk: Talk, ending: Ending, key: str) -> None:
        """The conversation is over, or the assistant's again."""
        ...

    def forget(self, conversation: str) -> bool:
        """Erases a conversation there; False where a person must do it by hand."""
        ...
