"""The embedded desk together with places elsewhere, as one place."""

from __future__ import annotations

from typing import Sequence

from bot.support.handoff.owner import Ending
from bot.support.handoff.port import Handoff
from bot.support.handoff.records import Line, Talk


class Several:
    """Whoever could answer at any of these places; a `Handoff`. What is to be told goes to each."""

    def __init__(self, places: Sequence[Handoff]) -> None:
        self._places = places

    def names(self) -> Sequence[str]:
        """All names, each once."""
        return list(dict.fromkeys(name for place in self._places for name in place.names()))

    def opened(self, talk: Talk, thread: list[Line], key: str) -> None:
        """Tells each of them."""
        for place in self._places:
            place.opened(talk, thread, key)

    def said(self, talk: Talk, line: Line) -> None:
        """Tells each of them."""
        for place in self._places:
            place.said(talk, line)

    def closed(self, talk: Talk, ending: Ending, key: str) -> None:
        """Tells each of them."""
        for place in self._places:
            place.closed(talk, ending, key)

    def forget(self, conversation: str) -> bool:
        """Whether it is erased at each of them."""
        erased = [place.forget(conversation) for place in self._places]
        return all(erased)
