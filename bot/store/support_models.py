"""Tables of what customers ask for in the chat: proofs, tries, requests and tickets. None of it is in a conversation's slots."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped

from bot.store.models import SENDER_LENGTH, Base, UtcDateTime, mapped_column

NUMBER_LENGTH = 60
EMAIL_LENGTH = 254
WORD_LENGTH = 40
HASH_LENGTH = 64
DIGEST_LENGTH = 200
PROPOSED, CONFIRMED, SENT, DONE, REFUSED, DROPPED = "proposed", "confirmed", "sent", "done", "refused", "dropped"
WANTED, MAILED, NOT_TAKEN = "wanted", "sent", "not_taken"
"""How a mailed code stands: to be sent, sent, or never sent: the mail server does not take it, or there is nobody."""
GONE = "erased"
"""Whose a row is after its conversation was erased."""
OUTLIVES = "outlives"
"""Marks a table whose rows stay when a conversation is erased, and only lose whose they were."""
OPEN, ANSWERED, CLOSED = "open", "answered", "closed"
"""How a ticket stands."""
REQUEST_STATES = (PROPOSED, CONFIRMED, SENT, DONE, REFUSED, DROPPED)


class Proof(Base):
    """That who writes in a conversation proved to be the customer of an order, until when, and by what."""

    __tablename__ = "proof"
    sender: Mapped[str] = mapped_column(String(SENDER_LENGTH), primary_key=True)
    order_number: Mapped[str] = mapped_column(String(NUMBER_LENGTH), primary_key=True)
    way: Mapped[str] = mapped_column(String(WORD_LENGTH), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)


class CustomerProof(Base):
    """That who writes in a conversation proved to be a customer of the shop, with all their orders, until when, and by what."""

    __tablename__ = "customer_proof"
    sender: Mapped[str] = mapped_column(String(SENDER_LENGTH), primary_key=True)
    customer: Mapped[str] = mapped_column(String(EMAIL_LENGTH), primary_key=True)
    way: Mapped[str] = mapped_column(String(WORD_LENGTH), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)


class MailedCode(Base):
    """A code that proves who writes in a conversation, once it was sent and is typed there; a conversation has one at most.

    `order_number` or `customer` says whose customer it proves; `email` is told where nobody looked yet whether there is such an
    order: then it is sent where there is one. `digest` is of what was sent last. `tries` counts what was typed; `until` ends it; until `lease_until`
    one process sends it.
    """

    __tablename__ = "mailed_code"
    __table_args__ = (CheckConstraint("state IN ('wanted', 'sent', 'not_taken')", name="state_known"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    sender: Mapped[str] = mapped_column(String(SENDER_LENGTH), nullable=False, unique=True)
    order_number: Mapped[str] = mapped_column(String(NUMBER_LENGTH), nullable=False, default="")
    customer: Mapped[str] = mapped_column(String(EMAIL_LENGTH), nullable=False, default="")
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), nullable=False, default="")
    state: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH), nullable=False, default="")
    tries: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    until: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LookUp(Base):
    """A try to see an order that failed, once for each thing that limits count by (`scope`), under a hash of it."""

    __tablename__ = "look_up"
    __table_args__ = (Index("ix_look_up_scope_subject_at", "scope", "subject", "at"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    scope: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    subject: Mapped[str] = mapped_column(String(HASH_LENGTH), nullable=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)


class CustomerRequest(Base):
    """Something that a customer asked for. `token` is its own and goes to the shop with it, so that it is done once;
    `details` what was told so far; `result` what the shop confirmed."""

    __tablename__ = "requests"
    __table_args__ = (CheckConstraint(f"state IN ({', '.join(repr(one) for one in REQUEST_STATES)})", name="state_known"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    token: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False, unique=True)
    sender: Mapped[str] = mapped_column(String(SENDER_LENGTH), nullable=False, index=True)
    kind: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    state: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    order_number: Mapped[str] = mapped_column(String(NUMBER_LENGTH), nullable=False, default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False)
    result: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)


class Ticket(Base):
    """What the shop's staff must do: the shop's own record, which stays when a conversation is erased."""

    __tablename__ = "tickets"
    __table_args__ = (CheckConstraint("state IN ('open', 'answered', 'closed')", name="state_known"), {"info": {OUTLIVES: True}})
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False, unique=True)
    token: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False, unique=True)
    sender: Mapped[str] = mapped_column(String(SENDER_LENGTH), nullable=False, index=True)
    kind: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    state: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    order_number: Mapped[str] = mapped_column(String(NUMBER_LENGTH), nullable=False, default="")
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), nullable=False, default="")
    text: Mapped[str] = mapped_column(Text, nullable=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)
