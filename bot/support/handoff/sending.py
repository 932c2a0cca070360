"""What waits to be sent to customers: each line once, a conversation's lines in their order, by one process at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Iterable, Optional, Sequence

from sqlalchemy import select, update

from bot.store.database import Database, writing_turn
from bot.store.handoff_models import HandoffLine, HandoffTalk
from bot.store.models import utc_now
from bot.support.handoff.owner import Author
from bot.support.handoff.records import Line
from bot.support.handoff.writing import Writer, line_of

LEASE = timedelta(seconds=60)
MOST_AT_ONCE = 200
FOR_CUSTOMERS = [one.value for one in Author if one.is_for_customer]


class Outgoing:
    """The lines for customers of a database. Calls block: keep them off an event loop. Each raises StoreError where the database
    gives no answer."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now
        self._writer = Writer(database, now)

    def waiting(self, channel: str, conversations: Optional[Sequence[str]] = None) -> list[Line]:
        """The lines of a channel, or of these conversations of it, that have not reached the customer, oldest first."""
        with self._database.session() as session:
            return [line_of(row) for row in session.execute(_unsent(channel, conversations)).scalars()]

    def claim(self, channel: str, conversations: Optional[Sequence[str]] = None) -> list[Line]:
        """The same, for this process alone to send until a lease is over; a conversation of which another process sends something
        is left out."""
        if not self.waiting(channel, conversations):
            return []
        now = self._now()
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            rows = session.execute(_unsent(channel, conversations).with_for_update(of=HandoffLine)).scalars().all()
            busy = {row.conversation for row in rows if row.lease_until is not None and row.lease_until > now}
            mine = [row for row in rows if row.conversation not in busy]
            for row in mine:
                row.lease_until = now + LEASE
            lines = [line_of(row) for row in mine]
            session.commit()
            return lines

    def sent(self, lines: Iterable[Line]) -> None:
        """Notes that lines reached their customers."""
        numbers = [line.number for line in lines]
        if not numbers:
            return
        of_lines = select(HandoffLine.conversation).where(HandoffLine.id.in_(numbers))
        with self._writer.change() as change:
            reached = update(HandoffLine).where(HandoffLine.id.in_(numbers), HandoffLine.delivered_at.is_(None))
            change.session.execute(reached.values(delivered_at=change.now, lease_until=None).execution_options(synchronize_session=False))
            for row in change.session.execute(select(HandoffTalk).where(HandoffTalk.conversation.in_(of_lines))).scalars():
                row.tick = change.tick
                change.told.append(row.conversation)

    def let_go(self, lines: Iterable[Line]) -> None:
        """Gives claimed lines back that could not be sent now, so that they are tried again."""
        numbers = [line.number for line in lines]
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            freed = update(HandoffLine).where(HandoffLine.id.in_(numbers)).values(lease_until=None)
            session.execute(freed.execution_options(synchronize_session=False))
            session.commit()


def _unsent(channel: str, conversations: Optional[Sequence[str]]) -> Any:
    wanted = (
        select(HandoffLine)
        .join(HandoffTalk, HandoffTalk.conversation == HandoffLine.conversation)
        .where(HandoffLine.delivered_at.is_(None), HandoffLine.author.in_(FOR_CUSTOMERS), HandoffTalk.channel == channel)
    )
    if conversations is not None:
        wanted = wanted.where(HandoffLine.conversation.in_(conversations))
    return wanted.order_by(HandoffLine.id).limit(MOST_AT_ONCE)
