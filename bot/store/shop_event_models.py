"""The tables of what a shop told by signed events: which were taken, and how new what is known of each thing is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from bot.store.models import Base, UtcDateTime, binary_ordered, mapped_column

DIGEST_LENGTH = 64


class ShopEventTaken(Base):
    """An event that was taken, by a digest of its id, so that it is taken once; `at` is when it came."""

    __tablename__ = "shop_event_taken"
    key: Mapped[str] = mapped_column(String(DIGEST_LENGTH), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True)


class ShopSubject(Base):
    """A thing of the shop that events tell of, by a digest of its name, and how new the newest that is known of it is."""

    __tablename__ = "shop_subject"
    key: Mapped[str] = mapped_column(binary_ordered(DIGEST_LENGTH), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
