"""What a messenger channel must remember beside the conversation itself: updates, buttons, chats and reminders.

The tables lie in the conversations' database, because they live and are forgotten with the conversations; like
Rasa's own events table they are created where they are missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Index, Integer, MetaData, String, Text
from sqlalchemy.orm import Mapped, Session, registry, sessionmaker
from sqlalchemy.orm.decl_api import DeclarativeMeta

from bot.store.database import make_engine, writing_turn
from bot.store.models import UtcDateTime, mapped_column, utc_now

TOKEN_LENGTH = 32
NEW, ANSWERED, DONE = "new", "answered", "done"

_registry = registry(metadata=MetaData())


class MessagingBase(metaclass=DeclarativeMeta):
    """What these tables share."""

    __abstract__ = True
    registry = _registry
    metadata = _registry.metadata


class Update(MessagingBase):
    """An update as it came in and how far its handling is: `new`, `answered` (the calls that send its reply are in
    `outbox`, the first `sent` of them are out) or `done` (the body is dropped)."""

    __tablename__ = "telegram_update"
    __table_args__ = (Index("ix_telegram_update_state", "state"), Index("ix_telegram_update_chat", "chat_id"))
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(10), nullable=False, default=NEW)
    body: Mapped[str] = mapped_column(Text, nullable=False)
    outbox: Mapped[str] = mapped_column(Text, nullable=False, default="[]")
    sent: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=utc_now)


class Button(MessagingBase):
    """What a pressed button stands for; the token is what fits into the 64 bytes of a button's data."""

    __tablename__ = "telegram_button"
    token: Mapped[str] = mapped_column(String(TOKEN_LENGTH), primary_key=True)
    payload: Mapped[str] = mapped_column(Text, nullable=False)


class Chat(MessagingBase):
    """A chat that needs remembering: nothing is sent to a blocked one; `draft` is a reminder half made (JSON)."""

    __tablename__ = "telegram_chat"
    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    blocked: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    draft: Mapped[str] = mapped_column(Text, nullable=False, default="")


class Reminder(MessagingBase):
    """A weekly reminder of one person. `days` are weekdays as digits (0 is Monday), `minute` counts from midnight
    in `zone`; `next_at` is when it is due. `lease_until` keeps a second process from sending the same one."""

    __tablename__ = "reminder"
    __table_args__ = (Index("ix_reminder_next_at", "next_at"), Index("ix_reminder_chat_id", "chat_id"))
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger, nullable=False)
    user_id: Mapped[int] = mapped_column(BigInteger, nullable=False)
    about: Mapped[str] = mapped_column(String(80), nullable=False)
    days: Mapped[str] = mapped_column(String(7), nullable=False)
    minute: Mapped[int] = mapped_column(Integer, nullable=False)
    zone: Mapped[str] = mapped_column(String(64), nullable=False)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MessagingDatabase:
    """The conversations' database, as messenger channels use it."""

    def __init__(self, url: str) -> None:
        """
        Args:
            url: SQLAlchemy address of the conversations' database.
        """
        self.engine = make_engine(url)
        self._sessions = sessionmaker(bind=self.engine, future=True, expire_on_commit=False)

    def create_tables(self) -> None:
        """Creates the tables that are missing."""
        MessagingBase.metadata.create_all(self.engine, checkfirst=True)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that is committed at the end, rolled back on an error. On SQLite it begins as a writer, so that
        two never fail half-way on each other's lock."""
        with writing_turn(self.engine), self._sessions() as session:
            session.connection(execution_options={"writing": True})
            yield session
            session.commit()

    def reading(self) -> Session:
        """A session that only reads, to be used in a `with`."""
        session: Session = self._sessions()
        return session

    def dispose(self) -> None:
        """Closes all connections."""
        self.engine.dispose()
