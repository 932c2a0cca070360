"""Reminders in the database: added, listed, cancelled, and claimed by one sender when they are due. Blocking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from bot.channels.telegram.schedule import next_due
from bot.store.messaging import Chat, MessagingDatabase, Reminder
from bot.store.models import utc_now

LEASE = timedelta(minutes=3)
TOO_LATE = timedelta(hours=2)
MOST_OF_A_PERSON = 10


@dataclass(frozen=True)
class Due:
    """A reminder as it is shown or sent."""

    id: int
    chat_id: int
    about: str
    days: str
    minute: int
    zone: str
    user_id: int = 0


class Reminders:
    """The reminders of all chats."""

    def __init__(self, database: MessagingDatabase) -> None:
        self._database = database

    def add(self, chat_id: int, user_id: int, about: str, days: str, minute: int, zone: str) -> bool:
        """Adds a reminder, in place of one about the same; False when the person has too many already."""
        with self._database.transaction() as session:
            mine = (Reminder.chat_id == chat_id, Reminder.user_id == user_id)
            session.execute(delete(Reminder).where(*mine, Reminder.about == about))
            if len(session.execute(select(Reminder.id).where(*mine)).all()) >= MOST_OF_A_PERSON:
                return False
            next_at = next_due(days, minute, zone, utc_now())
            session.execute(insert(Reminder).values(
                chat_id=chat_id, user_id=user_id, about=about, days=days, minute=minute, zone=zone, next_at=next_at
            ))
            return True

    def of(self, chat_id: int, user_id: int) -> list[Due]:
        """A person's reminders in a chat, the oldest first."""
        with self._database.reading() as session:
            wanted = select(Reminder).where(Reminder.chat_id == chat_id, Reminder.user_id == user_id)
            return [_due(row) for row in session.execute(wanted.order_by(Reminder.id)).scalars()]

    def cancel(self, chat_id: int, user_id: int, reminder_id: int | None = None) -> int:
        """Drops one reminder of a person, or all of them in the chat; returns how many."""
        wanted = delete(Reminder).where(Reminder.chat_id == chat_id, Reminder.user_id == user_id)
        if reminder_id is not None:
            wanted = wanted.where(Reminder.id == reminder_id)
        with self._database.transaction() as session:
            return _count(session.execute(wanted))

    def claim(self, now: datetime | None = None) -> list[Due]:
        """The reminders that are due and now belong to the caller, who sends them and then calls `done`.

        Each is claimed by an update that only one process can win. What is due for longer than two hours (nothing
        was running) is moved on instead of being sent in the middle of the night; blocked chats are moved on too.
        """
        now = now or utc_now()
        claimed = []
        with self._database.transaction() as session:
            free = or_(Reminder.lease_until.is_(None), Reminder.lease_until < now)
            due = session.execute(select(Reminder).where(Reminder.next_at <= now, free).order_by(Reminder.next_at)).scalars()
            for row in due.all():
                mine = update(Reminder).where(Reminder.id == row.id, Reminder.next_at <= now, free)
                leased = mine.values(lease_until=now + LEASE).execution_options(synchronize_session=False)
                if _count(session.execute(leased)) != 1:
                    continue
                chat = session.get(Chat, row.chat_id)
                if row.next_at < now - TOO_LATE or (chat and chat.blocked):
                    row.next_at, row.lease_until = next_due(row.days, row.minute, row.zone, now), None
                else:
                    claimed.append(_due(row))
        return claimed

    def done(self, reminder_id: int, now: datetime | None = None) -> None:
        """Moves a reminder that was sent on to its next time."""
        with self._database.transaction() as session:
            row = session.get(Reminder, reminder_id)
            if row is not None:
                row.next_at, row.lease_until = next_due(row.days, row.minute, row.zone, now or utc_now()), None


def _count(result: Any) -> int:
    """How many rows a statement changed."""
    changed: int = result.rowcount
    return changed


def _due(row: Reminder) -> Due:
    return Due(row.id, row.chat_id, row.about, row.days, row.minute, row.zone, row.user_id)
