"""What a messenger channel must remember beside the conversation itself: updates, buttons, chats and reminders.

The tables lie in the conversations' database, because they live and are forgotten with the conversations; like
Rasa's own events table they are created where they are missing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    and_,
    delete,
    func,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Session, registry, sessionmaker
from sqlalchemy.orm.decl_api import DeclarativeMeta

from bot.store.database import delete_rows, make_engine, one_at_a_time, writing_turn
from bot.store.models import SENDER_LENGTH, UtcDateTime, mapped_column, utc_now

TOKEN_LENGTH = 32
OWNER_LENGTH = 255
NEW, ANSWERED, DONE = "new", "answered", "done"
SENDER = re.compile(r"telegram:(-?\d{1,19})(?::(\d{1,19}))?")
"""How Telegram's conversations are called."""

_registry = registry(metadata=MetaData())


class MessagingBase(metaclass=DeclarativeMeta):
    """What these tables share."""

    __abstract__ = True
    registry = _registry
    metadata = _registry.metadata


class Update(MessagingBase):
    """An update as it came in and how far its handling is: `new`, `answered` (the calls that send its reply are in
    `outbox`, the first `sent` of them are out) or `done` (the body is dropped). It is handled by the process `owner`, until
    `lease_until`, which that process moves on as long as it lives."""

    __tablename__ = "telegram_update"
    __table_args__ = (Index("ix_telegram_update_state", "state"), Index("ix_telegram_update_chat", "chat_id"))
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(10), nullable=False, default=NEW)
    body: Mapped[str] = mapped_column(Text, nullable=False)
    outbox: Mapped[str] = mapped_column(Text, nullable=False, default="[]")
    sent: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    owner: Mapped[str | None] = mapped_column(String(OWNER_LENGTH))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=utc_now)


class Button(MessagingBase):
    """What a pressed button of a chat stands for; the token is what fits into the 64 bytes of a button's data."""

    __tablename__ = "telegram_button"
    token: Mapped[str] = mapped_column(String(TOKEN_LENGTH), primary_key=True)
    payload: Mapped[str] = mapped_column(Text, nullable=False)
    chat_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=utc_now)


class KeptCount(MessagingBase):
    """How many messages of a kind there were on a day (UTC, ISO 8601) on a channel, after they were dropped for their age."""

    __tablename__ = "kept_count"
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    kind: Mapped[str] = mapped_column(String(255), primary_key=True)
    messages: Mapped[int] = mapped_column(Integer, nullable=False)


class Chat(MessagingBase):
    """A chat that needs remembering: nothing is sent to a blocked one; `draft` is a reminder half made (JSON)."""

    __tablename__ = "telegram_chat"
    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    blocked: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    draft: Mapped[str] = mapped_column(Text, nullable=False, default="")


class AnswerSent(MessagingBase):
    """A message that is an answer of the assistant to somebody, which they may react to."""

    __tablename__ = "telegram_answer"
    __table_args__ = (Index("ix_telegram_answer_sender", "sender"), Index("ix_telegram_answer_at", "at"))
    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    sender: Mapped[str] = mapped_column(String(SENDER_LENGTH), nullable=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=utc_now)


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


@dataclass(frozen=True)
class Person:
    """A person on a messenger: the chat, and in a group the person in it."""

    chat_id: int
    user_id: int
    private: bool

    @classmethod
    def of(cls, sender: str) -> Person | None:
        """Whose conversation it is by its sender's id, None for one of another channel."""
        found = SENDER.fullmatch(sender)
        if found is None:
            return None
        return cls(int(found[1]), int(found[2] or found[1]), found[2] is None)

    @property
    def sender(self) -> str:
        """Their conversation."""
        return f"telegram:{self.chat_id}" if self.private else f"telegram:{self.chat_id}:{self.user_id}"

    @property
    def reminders(self) -> Any:
        """Which reminders are theirs: all of a private chat, their own of a group."""
        of_chat: Any = Reminder.chat_id == self.chat_id
        return of_chat if self.private else and_(of_chat, Reminder.user_id == self.user_id)


class MessagingDatabase:
    """The conversations' database, as messenger channels use it."""

    def __init__(self, url: str) -> None:
        """
        Args:
            url: SQLAlchemy address of the conversations' database.
        """
        self.url = url
        self.engine = make_engine(url)
        self._sessions = sessionmaker(bind=self.engine, future=True, expire_on_commit=False)

    def create_tables(self) -> None:
        """Creates the tables that are missing, and the columns that an older version did not have."""
        with self.engine.execution_options(writing=True).begin() as connection:
            one_at_a_time(connection)
            MessagingBase.metadata.create_all(connection, checkfirst=True)
            for table in (Button.__table__, Update.__table__):
                there = {column["name"] for column in inspect(connection).get_columns(table.name)}
                for column in [one for one in table.columns if one.name not in there]:
                    kind = column.type.compile(self.engine.dialect)
                    connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {column.name} {kind}"))
            connection.execute(update(Button).where(Button.at.is_(None)).values(at=utc_now()))

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

    def erase(self, person: Person) -> int:
        """Deletes what is kept of a person beside the conversation; returns how many rows. Of the update that is being
        answered, and of those behind it, only the number stays, so that none is answered twice."""
        chat = person.chat_id
        self.create_tables()
        with self.transaction() as session:
            count = delete_rows(session, delete(Reminder).where(person.reminders))
            count += delete_rows(session, delete(AnswerSent).where(AnswerSent.sender == person.sender))
            if person.private:
                count += delete_rows(session, delete(Chat).where(Chat.chat_id == chat))
                count += delete_rows(session, delete(Button).where(Button.chat_id == chat))
                count += delete_rows(session, delete(Update).where(Update.chat_id == chat, Update.state == DONE))
                session.execute(update(Update).where(Update.chat_id == chat).values(chat_id=None))
        return count

    def age(self, before: datetime) -> int:
        """Deletes buttons and answered updates from before a moment; returns how many rows."""
        with self.engine.connect() as connection:
            if not inspect(connection).has_table(Button.__tablename__):
                return 0
        self.create_tables()
        with self.transaction() as session:
            count = delete_rows(session, delete(Button).where(Button.at < before))
            count += delete_rows(session, delete(AnswerSent).where(AnswerSent.at < before))
            return count + delete_rows(session, delete(Update).where(Update.state == DONE, Update.at < before))

    def export(self, person: Person) -> dict[str, Any]:
        """What is kept of a person beside the conversation, as JSON can hold it, by table."""
        self.create_tables()
        mine: dict[Any, Any] = {Reminder: person.reminders, AnswerSent: AnswerSent.sender == person.sender}
        if person.private:
            mine |= {Chat: Chat.chat_id == person.chat_id, Button: Button.chat_id == person.chat_id}
            mine |= {Update: Update.chat_id == person.chat_id}
        with self.engine.connect() as connection:
            return {
                table.__tablename__: [
                    json.loads(json.dumps(dict(row._mapping), default=str))
                    for row in connection.execute(select(table.__table__).where(whose))
                ]
                for table, whose in mine.items()
            }

    def dispose(self) -> None:
        """Closes all connections."""
        self.engine.dispose()


def oldest_open_update(connection: Connection) -> float:
    """For how many seconds the oldest update that is not done has waited; 0 where there is none."""
    since: datetime | None = connection.execute(select(func.min(Update.at)).where(Update.state != DONE)).scalar()
    return (utc_now() - since).total_seconds() if since else 0.0
