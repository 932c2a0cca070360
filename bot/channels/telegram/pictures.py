"""Pictures that people send on Telegram: fetched, and kept as the shop keeps pictures."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Optional

from bot.channels.telegram.api import TelegramError
from bot.channels.telegram.updates import Incoming
from bot.support.pictures import NotTaken, Pictures, Refusal

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Received:
    """What became of the picture of an update: its name, or why it is not kept; neither where there is none, or it cannot be had."""

    name: str = ""
    refusal: Optional[Refusal] = None


NOTHING = Received()


class TelegramPictures:
    """Receives the pictures of updates."""

    def __init__(self, pictures: Optional[Pictures], fetch: Callable[[str], Awaitable[bytes]]) -> None:
        """
        Args:
            pictures: takes them; None where the shop takes none.
            fetch: gives the bytes of a file of Telegram's by its id.
        """
        self._pictures = pictures
        self._fetch = fetch
        self._albums: dict[int, str] = {}

    def goes_on(self, incoming: Incoming) -> bool:
        """Whether an update is a further picture of the album that this chat sent last, so that it needs no answer of its own."""
        if not incoming.album or incoming.chat_id is None:
            return False
        before = self._albums.get(incoming.chat_id)
        self._albums[incoming.chat_id] = incoming.album
        return before == incoming.album

    async def received(self, incoming: Incoming) -> Received:
        """Fetches and keeps the picture of an update, once.

        Raises:
            TelegramUnreachable: it cannot be fetched now.
            StoreError: it cannot be kept now.
        """
        if not incoming.picture or self._pictures is None:
            return NOTHING
        key, sender = f"telegram-{incoming.message_id}", incoming.sender_id
        try:
            raw = await self._fetch(incoming.picture)
            name = await asyncio.to_thread(self._pictures.take, sender, key, raw)
        except TelegramError as error:
            logger.warning("a picture cannot be had: %s", error)
            return NOTHING
        except NotTaken as refused:
            return Received(refusal=refused.why)
        await asyncio.to_thread(self._pictures.store.sent, name, sender, key)
        return Received(name)
