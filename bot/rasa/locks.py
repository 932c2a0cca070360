"""`ConversationLocks`: Rasa's lock store over the turns of the conversations' database.

Rasa's own looks once a second whether a ticket's turn has come, in the memory of one process or in Redis, where two processes may
draw the same ticket. Here nobody looks again: see `bot.store.turns`. In endpoints.yml:

    lock_store:
      type: bot.rasa.locks.ConversationLocks
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import Any, AsyncIterator, Optional

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, LockError, LockStore

from bot.settings import settings
from bot.store.turns import TurnTimeout, turns_of
from bot.store.turns.turns import PATIENCE_S


class ConversationLocks(LockStore):
    """Locks a conversation for whoever handles a message of it."""

    def __init__(self, endpoint_config: Optional[Any] = None) -> None:
        """
        Args:
            endpoint_config: the section of endpoints.yml; `url` in it is an SQLAlchemy address, by default that of the conversations.
        """
        self._url = str(getattr(endpoint_config, "url", None) or settings().tracker_database)

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = PATIENCE_S
    ) -> AsyncIterator[TicketLock]:
        """Waits for the conversation's turn (see parent class), and has it until the end.

        Raises:
            LockError: when it does not come within `wait_time_in_seconds`.
        """
        turn = turns_of(self._url).of(conversation_id, wait_time_in_seconds)
        try:
            await turn.__aenter__()
        except TurnTimeout as error:
            raise LockError(str(error)) from error
        try:
            yield TicketLock(conversation_id)
        finally:
            await turn.__aexit__(None, None, None)

    def get_lock(self, conversation_id: str) -> Optional[TicketLock]:
        """Tickets are nowhere kept."""
        return None

    def save_lock(self, lock: TicketLock) -> None:
        """Tickets are nowhere kept."""

    def delete_lock(self, conversation_id: str) -> None:
        """Tickets are nowhere kept."""
