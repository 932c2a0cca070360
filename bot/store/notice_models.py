"""The table of who wants to be told when something is back in stock."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Integer, String
from sqlalchemy.orm import Mapped

from bot.store.models import SENDER_LENGTH, SKU_LENGTH, Base, UtcDateTime, mapped_column
from bot.store.support_models import EMAIL_LENGTH, WORD_LENGTH

HANDLE_LENGTH = 255
NAME_LENGTH = 500
ASKED, AGREED = "asked", "agreed"
"""How a notice stands: the address has not agreed yet, or it waits for the product."""
BY_MAIL, BY_TELEGRAM = "mail", "telegram"


class StockNotice(Base):
    """That somebody wants to be told once when a product is back, or one variant of it (`sku`, empty for any): by mail, once the
    address agreed, or in their own chat. The row goes with the message."""

    __tablename__ = "stock_notice"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'agreed')", name="state_known"), CheckConstraint("way IN ('mail', 'telegram')", name="way_known"),
        Index("ix_stock_notice_state_way", "state", "way"),
    )  # fmt: skip
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    sender: Mapped[str] = mapped_column(String(SENDER_LENGTH), nullable=False, index=True)
    way: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    handle: Mapped[str] = mapped_column(String(HANDLE_LENGTH), nullable=False)
    sku: Mapped[str] = mapped_column(String(SKU_LENGTH), nullable=False, default="")
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), nullable=False)
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), nullable=False, default="")
    state: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
