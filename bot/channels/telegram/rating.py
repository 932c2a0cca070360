"""Reactions to answers count as votes on them, as thumbs do on the web."""

from __future__ import annotations

import asyncio
import logging
from typing import Callable, Optional

from bot.channels.telegram.memory import Memory
from bot.channels.telegram.updates import Incoming
from bot.store.feedback import FeedbackStore

Thumb = Callable[[str, float, str, Optional[str]], None]
logger = logging.getLogger(__name__)


class Rating:
    """Takes reactions."""

    def __init__(self, memory: Memory, feedback: FeedbackStore, thumb: Thumb) -> None:
        """
        Args:
            memory: knows which message was an answer to whom.
            feedback: keeps votes.
            thumb: notes a vote for whoever reviews answers: conversation, moment of the answer, vote, reason.
        """
        self._memory, self._feedback, self._thumb = memory, feedback, thumb

    async def take(self, incoming: Incoming) -> None:
        """Keeps what somebody thinks of an answer to themself; a reaction that was taken back is no vote any more."""
        await asyncio.to_thread(self._take, incoming)

    def _take(self, incoming: Incoming) -> None:
        if incoming.chat_id is None or incoming.message_id is None:
            return
        found = self._memory.answer(incoming.chat_id, incoming.message_id)
        if found is None or found.sender != incoming.sender_id:
            return
        message = f"t{incoming.message_id}"
        if incoming.text:
            self._feedback.vote(found.sender, message, incoming.text, None)
        else:
            self._feedback.withdraw(found.sender, message)
        self._thumb(found.sender, found.at.timestamp(), incoming.text, None)
