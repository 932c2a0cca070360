"""Visitors' votes on answers, and which conversations were deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import Optional

from sqlalchemy import delete, select

from bot.store.database import Database
from bot.store.models import Feedback, RetiredConversation, utc_now

UP = "up"
DOWN = "down"


class FeedbackStore:
    """What the web channel keeps beside the conversations. Calls block: keep them off an event loop."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def database(self) -> Database:
        """Where it is kept."""
        return self._database

    def vote(self, sender: str, message_id: str, value: str, reason: Optional[str]) -> None:
        """Keeps a vote (`UP` or `DOWN`) on a message; a later one on the same message takes its place."""
        with self._database.session() as session:
            session.execute(delete(Feedback).where(Feedback.sender == sender, Feedback.message_id == message_id))
            vote = Feedback()
            vote.sender, vote.message_id = sender, message_id
            vote.value, vote.reason, vote.at = value, reason, utc_now()
            session.add(vote)
            session.commit()

    def withdraw(self, sender: str, message_id: str) -> None:
        """Drops the vote on a message, where there is one."""
        with self._database.session() as session:
            session.execute(delete(Feedback).where(Feedback.sender == sender, Feedback.message_id == message_id))
            session.commit()

    def votes(self, sender: str) -> dict[str, str]:
        """The votes of a conversation by message id."""
        statement = select(Feedback.message_id, Feedback.value).where(Feedback.sender == sender)
        with self._database.session() as session:
            return {row.message_id: row.value for row in session.execute(statement)}

    def is_retired(self, sender: str) -> bool:
        """Whether the conversation was deleted by its visitor."""
        with self._database.session() as session:
            return session.get(RetiredConversation, sender) is not None

    def retire(self, sender: str, days: int) -> None:
        """Erases a conversation's votes, and notes that it can never be continued.

        Args:
            sender: the conversation.
            days: notes older than this are dropped, as no token is good for longer.
        """
        now = utc_now()
        with self._database.session() as session:
            session.execute(delete(Feedback).where(Feedback.sender == sender))
            session.execute(delete(RetiredConversation).where(RetiredConversation.at < now - timedelta(days=days)))
            if session.get(RetiredConversation, sender) is None:
                retired = RetiredConversation()
                retired.sender, retired.at = sender, now
                session.add(retired)
            session.commit()

    def dispose(self) -> None:
        """Closes all connections."""
        self._database.dispose()
