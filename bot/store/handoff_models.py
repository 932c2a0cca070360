"""Tables of hand-over: who has which conversation, what staff and customers wrote to each other, and who the staff are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from bot.store.models import SENDER_LENGTH, Base, UtcDateTime, mapped_column

AGENT_LENGTH = 60
WORD_LENGTH = 40
KEY_LENGTH = 100
EMAIL_LENGTH = 254
NUMBER_LENGTH = 60
HASH_LENGTH = 255
CLOCK_ROW = 1
OWNERS = ("assistant", "offered", "waiting", "person", "mail")
AUTHORS = ("customer", "agent", "note", "assistant", "notice", "withheld")
ROLES = ("agent", "owner")
OUTCOMES = ("by_person", "by_assistant", "unresolved")
RATINGS = ("", "good", "bad")


def one_of(column: str, values: tuple[str, ...]) -> str:
    """The condition that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(one) for one in values)})"


class HandoffClock(Base):
    """One row that counts the changes. Whoever changes anything counts it up first, so that changes become visible in the order
    of their numbers, on every database."""

    __tablename__ = "handoff_clock"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    tick: Mapped[int] = mapped_column(Integer, nullable=False, default=0)


class HandoffTalk(Base):
    """A conversation that a person has, had or was asked for. `version` counts who had it, `tick` is its last change of any kind,
    `unread` how many of the customer's lines nobody of the staff has seen, `due_at` until when an answer is promised."""

    __tablename__ = "handoff"
    __table_args__ = (
        CheckConstraint(one_of("owner", OWNERS), name="owner_known"),
        CheckConstraint("(owner = 'person') = (agent <> '')", name="person_named"),
        Index("ix_handoff_owner_waiting_since", "owner", "waiting_since"),
    )
    conversation: Mapped[str] = mapped_column(String(SENDER_LENGTH), primary_key=True)
    channel: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    owner: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    agent: Mapped[str] = mapped_column(String(AGENT_LENGTH), nullable=False, default="")
    last_agent: Mapped[str] = mapped_column(String(AGENT_LENGTH), nullable=False, default="")
    since: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False, default="")
    summary: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False)
    unread: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    last_line: Mapped[str] = mapped_column(String(255), nullable=False, default="")
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), nullable=False, default="")
    order_number: Mapped[str] = mapped_column(String(NUMBER_LENGTH), nullable=False, default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False, default="")
    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1)
    tick: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)


class HandoffLine(Base):
    """A line of such a conversation that Rasa has not: what customer and staff write to each other, private notes, and what is said
    by itself ("Mia joined"). `key` makes it once, `delivered_at` is None until a line for the customer reached their channel;
    `lease_until` keeps a second process from sending the same."""

    __tablename__ = "handoff_line"
    __table_args__ = (
        CheckConstraint(one_of("author", AUTHORS), name="author_known"),
        UniqueConstraint("conversation", "key"),
        Index("ix_handoff_line_delivered_at", "delivered_at", "author"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    conversation: Mapped[str] = mapped_column(String(SENDER_LENGTH), nullable=False, index=True)
    author: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    agent: Mapped[str] = mapped_column(String(AGENT_LENGTH), nullable=False, default="")
    text: Mapped[str] = mapped_column(Text, nullable=False)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), nullable=False)
    tick: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class HandoffEnded(Base):
    """A talk with a person that ended: how (`outcome`), who had it, and what the customer thought of it (`rating`, empty while they
    have not said)."""

    __tablename__ = "handoff_ended"
    __table_args__ = (
        CheckConstraint(one_of("outcome", OUTCOMES), name="outcome_known"),
        CheckConstraint(one_of("rating", RATINGS), name="rating_known"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    conversation: Mapped[str] = mapped_column(String(SENDER_LENGTH), nullable=False, index=True)
    channel: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    reason: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    agent: Mapped[str] = mapped_column(String(AGENT_LENGTH), nullable=False)
    outcome: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    rating: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)


class DeskUser(Base):
    """Somebody of the staff: `name` signs in and is what customers read, `password` is an argon2 hash, `picture` a small image."""

    __tablename__ = "desk_user"
    __table_args__ = (CheckConstraint(one_of("role", ROLES), name="role_known"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(AGENT_LENGTH), nullable=False, unique=True)
    password: Mapped[str] = mapped_column(String(HASH_LENGTH), nullable=False)
    role: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    picture: Mapped[bytes | None] = mapped_column(LargeBinary)
    picture_type: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False, default="")
    created: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    disabled: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
