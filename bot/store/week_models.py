"""The tables of counts by week, which outlive what was counted, and of the weeks that the owner had a mail on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, Integer, String
from sqlalchemy.orm import Mapped

from bot.store.handoff_models import WORD_LENGTH
from bot.store.models import Base, UtcDateTime, mapped_column

NAME_LENGTH = 255


class WeekCount(Base):
    """How often something was in a week in UTC (`week`, its Monday): what of (`what`), which (`name`, from what the shop and the project name,
    never anybody's words), how often (`number`). Whose it was stands nowhere."""

    __tablename__ = "week_count"
    week: Mapped[date] = mapped_column(Date, primary_key=True)
    what: Mapped[str] = mapped_column(String(WORD_LENGTH), primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, nullable=False)


class WeekMail(Base):
    """That the mail on a week (its Monday) is sent by one process until `lease_until`, or was sent."""

    __tablename__ = "week_mail"
    week: Mapped[date] = mapped_column(Date, primary_key=True)
    lease_until: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
