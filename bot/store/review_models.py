"""The tables of what was asked and what came of it, for the shop's owner to look through."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped

from bot.store.handoff_models import KEY_LENGTH, WORD_LENGTH, one_of
from bot.store.models import HANDLE_LENGTH, SENDER_LENGTH, SLUG_LENGTH, Base, UtcDateTime, mapped_column

OPEN, APART, HEALTH, ORDER = "open", "apart", "health", "order"
SIGHTS = (OPEN, APART, HEALTH, ORDER)
"""Who may read the words of a turn: the staff; the staff without whose they are; nobody, as they may tell of skin or health; nobody, as
they belong to an order. Words that nobody may read are not kept here."""
ANSWERED, ASKED_BACK, LOST, BEYOND, UNSAID, UNKNOWN = "answered", "asked_back", "lost", "beyond", "unsaid", "unknown"
OUTCOMES = (ANSWERED, ASKED_BACK, LOST, BEYOND, UNSAID, UNKNOWN)
"""What came of a turn: answered; "did you mean"; not understood; about neither skincare nor the shop; a topic that the shop has not
said; a subject of which nothing is known."""
WITHOUT_ANSWER = (LOST, BEYOND, UNSAID, UNKNOWN)
THUMBS = ("", "up", "down")


class ReviewTurn(Base):
    """A message and what came of it. `text` is masked of whatever would tell who wrote it, and so is `reason`, which stands beside a
    thumb down; `subjects` are "label:id" of what it named, nothing of anybody's skin or health among them; `language` a code, empty where nobody noted it."""

    __tablename__ = "review_turn"
    __table_args__ = (
        CheckConstraint(one_of("sight", SIGHTS), name="sight_known"),
        CheckConstraint(one_of("outcome", OUTCOMES), name="outcome_known"),
        CheckConstraint(one_of("thumb", THUMBS), name="thumb_known"),
        UniqueConstraint("sender", "message"),
        Index("ix_review_turn_outcome_id", "outcome", "id"),
        Index("ix_review_turn_kind_id", "kind", "id"),
        Index("ix_review_turn_product_id", "product", "id"),
        Index("ix_review_turn_thumb_id", "thumb", "id"),
        Index("ix_review_turn_red_flag_id", "red_flag", "id"),
        Index("ix_review_turn_handed_id", "handed", "id"),
        Index("ix_review_turn_channel_id", "channel", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    sender: Mapped[str] = mapped_column(String(SENDER_LENGTH), nullable=False)
    message: Mapped[str] = mapped_column(String(KEY_LENGTH), nullable=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)
    channel: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    sight: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    text: Mapped[str] = mapped_column(Text, nullable=False)
    kind: Mapped[str] = mapped_column(String(SLUG_LENGTH), nullable=False)
    band: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    confidence: Mapped[float] = mapped_column(Float, nullable=False)
    outcome: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    topic: Mapped[str] = mapped_column(String(SLUG_LENGTH), nullable=False)
    red_flag: Mapped[bool] = mapped_column(Boolean, nullable=False)
    handed: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    product: Mapped[str] = mapped_column(String(HANDLE_LENGTH), nullable=False)
    language: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False, default="", server_default="")
    subjects: Mapped[list[str]] = mapped_column(JSON, nullable=False)
    thumb: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    reason: Mapped[str] = mapped_column(Text, nullable=False)


class ReviewAnswer(Base):
    """What was answered to a turn, masked and empty where nobody may read it, and the meaning of the turn's words as 384 signed bytes
    (`vector`; None where they are not kept). Apart from the turns, so that these are looked through quickly."""

    __tablename__ = "review_answer"
    turn: Mapped[int] = mapped_column(ForeignKey("review_turn.id", ondelete="CASCADE"), primary_key=True)
    sender: Mapped[str] = mapped_column(String(SENDER_LENGTH), nullable=False, index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)
    answer: Mapped[str] = mapped_column(Text, nullable=False)
    vector: Mapped[bytes | None] = mapped_column(LargeBinary)
