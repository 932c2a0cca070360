"""Tables of places elsewhere where staff answer, such as a mailbox: what was brought there, and what came back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, Integer, String
from sqlalchemy.orm import Mapped

from bot.store.handoff_models import KEY_LENGTH, WORD_LENGTH
from bot.store.models import SENDER_LENGTH, Base, UtcDateTime, mapped_column

CURSOR_LENGTH = 100


class HandoffPlace(Base):
    """A place: how far changes were brought there (`tick`), how far what came back was read (`cursor`), and until when one process
    alone does both."""

    __tablename__ = "handoff_place"
    name: Mapped[str] = mapped_column(String(WORD_LENGTH), primary_key=True)
    tick: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    cursor: Mapped[str] = mapped_column(String(CURSOR_LENGTH), nullable=False, default="")
    holder: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False, default="")
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class HandoffCarried(Base):
    """A conversation at a place: `token` names it there, `told` is the last line that was brought, `is_open` whether the place has it
    as going on, `parts` counts what was sent."""

    __tablename__ = "handoff_carried"
    place: Mapped[str] = mapped_column(String(WORD_LENGTH), primary_key=True)
    conversation: Mapped[str] = mapped_column(String(SENDER_LENGTH), primary_key=True)
    token: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False, unique=True)
    told: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    is_open: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    parts: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)


class HandoffArrived(Base):
    """Something that came back from a place and was seen to, or a part of what went there, so that each is once."""

    __tablename__ = "handoff_arrived"
    place: Mapped[str] = mapped_column(String(WORD_LENGTH), primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True)
    conversation: Mapped[str] = mapped_column(String(SENDER_LENGTH), nullable=False, index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)
