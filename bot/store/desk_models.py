"""Tables of the desk itself: who is signed in. What belongs to conversations stands with the hand-over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped

from bot.store.models import Base, UtcDateTime, mapped_column

DIGEST_LENGTH = 64


class DeskSession(Base):
    """That a browser is signed in: a digest of its cookie, whose it is, since when, and when it was last used."""

    __tablename__ = "desk_session"
    digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH), primary_key=True)
    user_id: Mapped[int] = mapped_column(Integer, ForeignKey("desk_user.id", ondelete="CASCADE"), nullable=False, index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)
