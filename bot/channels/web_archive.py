"""What the web channel reads and writes, off the event loop: conversations, votes, deletions."""

from __future__ import annotations

import asyncio
from typing import Any, Optional

from bot.channels.web_wire import Message, history, plan_tokens
from bot.store.conversations import Conversations
from bot.store.feedback import FeedbackStore
from bot.store.plans import PlanStore

MOST_MESSAGES = 200


class Archive:
    """The stores behind the web channel, each call in a thread."""

    def __init__(self, conversations: Conversations, feedback: FeedbackStore, plans: PlanStore, days: int) -> None:
        """
        Args:
            conversations: what was said.
            feedback: votes and deleted conversations.
            plans: weekly plans, which the conversations link to.
            days: how long a session's token is good.
        """
        self._conversations = conversations
        self._feedback = feedback
        self._plans = plans
        self._days = days

    async def history(self, sender: str) -> list[Message]:
        """The conversation's last messages, for a browser."""
        events, votes = await asyncio.to_thread(self._read, sender)
        return history(events, votes)

    async def asked(self, sender: str) -> list[str]:
        """Ids of the visitor's last messages."""
        events = await asyncio.to_thread(self._conversations.said, sender, MOST_MESSAGES)
        return [event["message_id"] for event in events if event["event"] == "user" and event.get("message_id")]

    async def vote(self, sender: str, message_id: str, moment: float, value: str, reason: Optional[str]) -> bool:
        """Keeps a vote on what the bot said at `moment`; False when it said nothing then."""
        if not await asyncio.to_thread(self._conversations.bot_said_at, sender, moment):
            return False
        await asyncio.to_thread(self._feedback.vote, sender, message_id, value, reason)
        return True

    async def is_retired(self, sender: str) -> bool:
        """Whether the conversation was deleted."""
        return await asyncio.to_thread(self._feedback.is_retired, sender)

    async def delete(self, sender: str) -> None:
        """Erases everything of a conversation, for good."""
        await asyncio.to_thread(self._erase, sender)

    def _erase(self, sender: str) -> None:
        self._feedback.retire(sender, self._days)
        self._plans.erase(plan_tokens(self._conversations.said(sender)))
        self._conversations.erase(sender)

    def dispose(self) -> None:
        """Closes the databases."""
        self._conversations.dispose()
        self._feedback.dispose()
        self._plans.dispose()

    def _read(self, sender: str) -> tuple[list[dict[str, Any]], dict[str, str]]:
        return self._conversations.said(sender, MOST_MESSAGES), self._feedback.votes(sender)
