"""The table of what led people into the chat, as SQLAlchemy classes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped

from bot.store.handoff_models import one_of
from bot.store.models import SENDER_LENGTH, Base, UtcDateTime, mapped_column

WAYS = ("prompt", "link", "box")
"""The one sentence above the button, a question on something of the page, and the box to ask in."""
WORDS_LENGTH = 200


class Opening(Base):
    """That something on the shop's pages was pressed to ask: what it was, and the words on it; empty for a question of somebody's own,
    which stands with the messages."""

    __tablename__ = "opening"
    __table_args__ = (CheckConstraint(one_of("way", WAYS), name="way_known"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    sender: Mapped[str] = mapped_column(String(SENDER_LENGTH), nullable=False, index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)
    way: Mapped[str] = mapped_column(String(16), nullable=False)
    words: Mapped[str] = mapped_column(String(WORDS_LENGTH), nullable=False)
