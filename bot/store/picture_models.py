"""The table of pictures that customers sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred

from bot.store.handoff_models import KEY_LENGTH, WORD_LENGTH
from bot.store.models import SENDER_LENGTH, Base, UtcDateTime, mapped_column


class Picture(Base):
    """A picture of a conversation, made anew from what was sent. `name` tells it, `message` is the message that it came with, empty
    while none has: such a picture is dropped after `until`."""

    __tablename__ = "picture"
    __table_args__ = (UniqueConstraint("conversation", "key"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False, unique=True)
    conversation: Mapped[str] = mapped_column(String(SENDER_LENGTH), nullable=False, index=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), nullable=False)
    message: Mapped[str] = mapped_column(String(KEY_LENGTH), nullable=False, default="")
    kind: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    width: Mapped[int] = mapped_column(Integer, nullable=False)
    height: Mapped[int] = mapped_column(Integer, nullable=False)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
