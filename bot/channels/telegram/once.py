"""What would be answered twice: an edit that leaves the words as they are, the pictures of one album, a button pressed twice."""

from __future__ import annotations

import time
from collections import OrderedDict

from bot.channels.telegram.updates import Incoming, Kind

MOST = 5_000
TAPS_WITHIN_S = 20.0
WORDLESS = ""


class Once:
    """Knows the last messages. Telegram tells of an edit also when only a link's preview has changed, and sends an album as a
    message for each picture, of which one may carry words. What a stopped server knew is forgotten: an answer too many then is
    better than none."""

    def __init__(self) -> None:
        self._said: OrderedDict[tuple[int | None, str], str] = OrderedDict()
        self._taps: OrderedDict[tuple[str, int | None, str], float] = OrderedDict()

    def is_known(self, incoming: Incoming) -> bool:
        """Whether a message says what was answered before."""
        words = incoming.kind is Kind.TEXT
        album = self._said.get((incoming.chat_id, f"album {incoming.album}")) if incoming.album and not incoming.edited else None
        if album is not None and not (words and album == WORDLESS):
            return True
        return incoming.edited and self._said.get((incoming.chat_id, f"message {incoming.message_id}")) == _said(incoming)

    def keep(self, incoming: Incoming) -> None:
        """To be called when a message is answered."""
        if incoming.album:
            self._put(incoming.chat_id, f"album {incoming.album}", incoming.text if incoming.kind is Kind.TEXT else WORDLESS)
        if incoming.kind in (Kind.TEXT, Kind.COMMAND):
            self._put(incoming.chat_id, f"message {incoming.message_id}", _said(incoming))

    def is_pressed_again(self, incoming: Incoming) -> bool:
        """Whether somebody pressed the same button a moment ago, as an impatient finger does."""
        before = self._taps.get(_tap(incoming))
        return before is not None and time.monotonic() - before < TAPS_WITHIN_S

    def pressed(self, incoming: Incoming) -> None:
        """To be called when a pressed button is answered."""
        self._taps.pop(_tap(incoming), None)
        self._taps[_tap(incoming)] = time.monotonic()
        if len(self._taps) > MOST:
            self._taps.popitem(last=False)

    def _put(self, chat_id: int | None, name: str, said: str) -> None:
        self._said.pop((chat_id, name), None)
        self._said[chat_id, name] = said
        if len(self._said) > MOST:
            self._said.popitem(last=False)


def _said(incoming: Incoming) -> str:
    return f"{incoming.command} {incoming.text}"


def _tap(incoming: Incoming) -> tuple[str, int | None, str]:
    return incoming.sender_id, incoming.message_id, incoming.text
