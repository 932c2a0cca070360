"""The order of the web channel: everything that happens to a conversation in its turn, and each message once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from bot.channels.web_archive import Archive
from bot.channels.web_visitors import Conversation
from bot.store.errors import StoreError
from bot.store.turns import turns_of

MOST_WAITING = 5
REFUSALS = frozenset({"not_text", "too_long", "too_fast", "no_session", "malformed", "failed"})


class Refused(Exception):
    """An event is not obeyed; the message is one of `REFUSALS` or "not_ready"."""


class Order:
    """The order of the conversations of one database."""

    def __init__(self, database: str, archive: Archive, several: bool) -> None:
        """
        Args:
            database: address of the conversations' database.
            archive: what is kept of conversations.
            several: whether other processes may answer the same conversations, so that the database alone knows what they did.
        """
        self._database = database
        self._archive = archive
        self._several = several

    def turn(self, sender: str) -> AbstractAsyncContextManager[None]:
        """Held while something happens to a conversation.

        Raises:
            TurnTimeout: when it is busy for too long.
        """
        return turns_of(self._database).of(sender)

    @asynccontextmanager
    async def next(self, conversation: Conversation, message_id: str) -> AsyncIterator[bool]:
        """Held after all that came before a message in its conversation; tells whether it is to be answered, which it is once.

        Raises:
            Refused: when it is one too many, or the conversation was deleted.
            TurnTimeout: as `turn`.
        """
        if conversation.waiting >= MOST_WAITING:
            raise Refused("too_fast")
        conversation.waiting += 1
        try:
            async with self.turn(conversation.sender):
                handled = await self._was_handled(conversation, message_id)
                conversation.remember(message_id)
                try:
                    yield not handled
                except StoreError:
                    conversation.forget(message_id)
                    raise
        finally:
            conversation.waiting -= 1

    async def _was_handled(self, conversation: Conversation, message_id: str) -> bool:
        if conversation.deleted:
            raise Refused("no_session")
        if not conversation.knows_handled:
            conversation.remember(*await self._archive.asked(conversation.sender))
        if conversation.handled(message_id) or not self._several:
            return conversation.handled(message_id)
        is_retired, was_asked = await self._archive.elsewhere(conversation.sender, message_id)
        if is_retired:
            raise Refused("no_session")
        return was_asked
