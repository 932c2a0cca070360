"""Erases whoever asks to be forgotten, and then says what happened."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Callable, Mapping

from sqlalchemy.exc import SQLAlchemyError

from bot.phrases import phrases
from bot.store.errors import StoreError
from bot.store.privacy import Privacy

WISH = "forget"
"""Key of a reply's data that asks the channel to erase the conversation."""
logger = logging.getLogger(__name__)


class Erasing:
    """Erases conversations of a channel."""

    def __init__(self, privacy: Privacy, say: Callable[..., str] | None = None) -> None:
        """
        Args:
            privacy: erases from every table.
            say: gives the text of a wording; the assistant's own when left out.
        """
        self._privacy = privacy
        self._say = say or phrases().say

    async def erase(self, sender: str) -> str:
        """Erases a conversation and returns the sentence that says so, or that it was not possible."""
        try:
            erased = await asyncio.to_thread(self._privacy.erase, sender)
        except (SQLAlchemyError, StoreError):
            logger.exception("a conversation could not be erased")
            return self._say("not_erased")
        logger.warning("a conversation was erased on request: %s events, %s other rows", erased.events, erased.others)
        return self._say("erased", messages=str(erased.messages), rows=str(erased.events + erased.others))

    def dispose(self) -> None:
        """Closes all connections."""
        self._privacy.dispose()


def without_wish(message: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """A reply without what is for the channel alone, and whether it asks to erase the conversation."""
    custom = dict(message.get("custom") or {})
    wish = bool(custom.pop(WISH, False))
    return {**message, "custom": custom or None}, wish
