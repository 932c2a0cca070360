"""How much one person may ask on Telegram: who writes without a pause is told so once, and then not answered for a while."""

from __future__ import annotations

import time
from collections import OrderedDict

from bot.channels.telegram.updates import Incoming
from bot.channels.web_limits import TokenBuckets
from bot.channels.web_visitors import AT_ONCE

TOLD_PER_MINUTE = 1
MOST_ALBUMS = 1_000


class Flooding:
    """Counts what people write, by when they wrote it: what waited while the server was away did not come at once."""

    def __init__(self, per_minute: float) -> None:
        """
        Args:
            per_minute: messages of one person, on average; a part of them at once.
        """
        self._messages = TokenBuckets(per_minute, max(1, round(per_minute * AT_ONCE)), time.time)
        self._told = TokenBuckets(TOLD_PER_MINUTE, TOLD_PER_MINUTE, time.time)
        self._albums: OrderedDict[str, str] = OrderedDict()

    def is_too_much(self, incoming: Incoming) -> bool:
        """Counts a message; True for one too many. The pictures of an album are one."""
        who = incoming.sender_id
        if incoming.album and self._albums.get(who) == incoming.album:
            return False
        if not self._messages.take(who, incoming.at):
            return True
        if incoming.album:
            self._albums.pop(who, None)
            self._albums[who] = incoming.album
            if len(self._albums) > MOST_ALBUMS:
                self._albums.popitem(last=False)
        return False

    def is_to_be_told(self, incoming: Incoming) -> bool:
        """Whether the person has not heard of it yet."""
        return self._told.take(incoming.sender_id, incoming.at)
