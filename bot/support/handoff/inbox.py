"""Reads who has which conversation, and what was said in it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, Mapping, Optional, Protocol, Sequence

from sqlalchemy import and_, bindparam, case, func, or_, select
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import Database
from bot.store.handoff_models import CLOCK_ROW, HandoffClock, HandoffLine, HandoffTalk
from bot.store.models import utc_now
from bot.support.handoff.owner import Owner
from bot.support.handoff.records import OPEN_ONES, Changes, Filter, Line, Talk
from bot.support.handoff.thread import merged
from bot.support.handoff.veil import is_veiled, veiled
from bot.support.handoff.writing import AGREED, EMERGENCY, Writer, line_of, talk_of

logger = logging.getLogger(__name__)
BY_CUSTOMER = "c:"
"""Stands before the key of what a customer wrote, which is the id of their message."""

BY_ITSELF = "auto:"
"""Stands before the id of the message because of which something is said by itself."""

THERE = select(HandoffTalk.__table__.c.conversation).where(HandoffTalk.__table__.c.conversation == bindparam("conversation"))
"""Asked before a talk is read: twice a message, and hardly a conversation has one."""


class Archive(Protocol):
    """What Rasa keeps of conversations; `bot.store.conversations.Conversations` is one."""

    def said(self, sender: str, most: Optional[int] = None) -> list[dict[str, Any]]:
        """Rasa's `user` and `bot` events of a conversation, oldest first."""


class Inbox:
    """Conversations that a person has, had or was asked for. Calls block: keep them off an event loop. Each raises StoreError
    where the database gives no answer."""

    def __init__(self, database: Database, archive: Optional[Archive] = None, now: Callable[[], datetime] = utc_now) -> None:
        """
        Args:
            database: the shop's database.
            archive: what Rasa keeps of conversations; without it threads hold the lines of hand-overs alone.
            now: the clock.
        """
        self._database = database
        self._archive = archive
        self._now = now
        self._writer = Writer(database, now)
        self.on_change = self._writer.on_change
        self.changed_elsewhere = self._writer.tell

    def owner(self, conversation: str) -> Owner:
        """Who has a conversation; the assistant where nobody ever asked for a person."""
        wanted = select(HandoffTalk.owner).where(HandoffTalk.conversation == conversation)
        with self._database.session() as session:
            found = session.execute(wanted).scalar_one_or_none()
        return Owner(found) if found else Owner.ASSISTANT

    def talk(self, conversation: str) -> Optional[Talk]:
        """How a conversation stands; None where nobody ever asked for a person."""
        with self._database.session() as session:
            if session.execute(THERE, {"conversation": conversation}).first() is None:
                return None
            row = session.execute(select(HandoffTalk).where(HandoffTalk.conversation == conversation)).scalar_one_or_none()
            return talk_of(row) if row else None

    def listed(self, wanted: Filter = OPEN_ONES) -> list[Talk]:
        """The conversations that fit. Those in which an emergency was told and that are not closed come before all others; then who
        waits in the chat; then talks that a person has; then what is to be answered later or by mail. Who has waited longest
        comes first, and of those who wait for nothing the latest."""
        told, waits, by_mail = HandoffTalk.summary[EMERGENCY].as_string(), HandoffTalk.waiting_since, HandoffTalk.owner == Owner.MAIL.value
        groups: Any = case(
            (and_(HandoffTalk.closed_at.is_(None), told != ""), 0), (by_mail, 3), (waits.isnot(None), 1),
            (HandoffTalk.owner == Owner.PERSON.value, 2), else_=4,
        )
        ordered = _matching(wanted).order_by(
            groups, waits.is_(None), waits, HandoffTalk.at.desc(), HandoffTalk.conversation
        )
        with self._database.session() as session:
            return [talk_of(row) for row in session.execute(ordered.limit(wanted.most).offset(wanted.skip)).scalars()]

    def count(self, wanted: Filter = OPEN_ONES) -> int:
        """How many conversations fit, whatever the page."""
        with self._database.session() as session:
            return int(session.execute(select(func.count()).select_from(_matching(wanted).subquery())).scalar_one())

    def lines(self, conversation: str, after: int = 0) -> list[Line]:
        """The lines of hand-overs behind the line of number `after`, oldest first, private ones too."""
        wanted = select(HandoffLine).where(HandoffLine.conversation == conversation, HandoffLine.id > after).order_by(HandoffLine.id)
        with self._database.session() as session:
            return [line_of(row) for row in session.execute(wanted).scalars()]

    def was_heard(self, conversation: str, key: str) -> bool:
        """Whether a customer's message of this key is among the lines."""
        wanted = select(HandoffLine.id).where(HandoffLine.conversation == conversation, HandoffLine.key == f"{BY_CUSTOMER}{key}")
        with self._database.session() as session:
            return session.execute(wanted).first() is not None

    def thread(self, conversation: str, most: Optional[int] = 500, hide: bool = True) -> list[Line]:
        """The whole conversation, oldest first: what the assistant answered with how it read the question, what staff and customer
        wrote, private notes, and answers that were withheld, marked so. At most the last `most` lines of the assistant's part. What
        is or may be about the customer's skin or health is hidden unless they agreed, or it is for themself (`hide`)."""
        events = self._archive.said(conversation, most) if self._archive else []
        lines = merged(events, self.lines(conversation), conversation)
        if not hide or not events or self._agreed(conversation):
            return lines
        return veiled(lines, begun_before=most is not None and len(events) >= most)

    def hides(self, conversation: str) -> bool:
        """Whether anything of a conversation is hidden from the staff; taken for sure where what was said cannot be read now."""
        try:
            return is_veiled(self.thread(conversation))
        except SQLAlchemyError as error:
            logger.error("what of a conversation is hidden cannot be told: %s", error)
            return True

    def _agreed(self, conversation: str) -> bool:
        wanted = select(HandoffTalk.summary).where(HandoffTalk.conversation == conversation)
        with self._database.session() as session:
            summary = session.execute(wanted).scalar_one_or_none()
        return bool((summary or {}).get(AGREED))

    def changes(self, since: int) -> Changes:
        """What changed since a cursor; 0 gives everything. Cheap, so that it can be asked every second."""
        wanted = select(HandoffTalk.conversation).where(HandoffTalk.tick > since).order_by(HandoffTalk.tick)
        with self._database.session() as session:
            cursor = int(session.execute(select(HandoffClock.tick).where(HandoffClock.id == CLOCK_ROW)).scalar_one())
            changed: Sequence[str] = session.execute(wanted).scalars().all() if cursor > since else ()
        return Changes(cursor, tuple(changed))


def _matching(wanted: Filter) -> Any:
    conditions: list[Any] = []
    if wanted.owners:
        conditions.append(HandoffTalk.owner.in_([one.value for one in wanted.owners]))
    if wanted.channel:
        conditions.append(HandoffTalk.channel == wanted.channel)
    if wanted.agent:
        mine: Mapping[str, Any] = {"agent": HandoffTalk.agent == wanted.agent, "before": HandoffTalk.last_agent == wanted.agent}
        conditions.append(or_(mine["agent"], and_(HandoffTalk.agent == "", mine["before"])))
    if wanted.unread:
        conditions.append(HandoffTalk.unread > 0)
    if wanted.closed is not None:
        conditions.append(HandoffTalk.closed_at.isnot(None) if wanted.closed else HandoffTalk.closed_at.is_(None))
    for word in wanted.words.split():
        conditions.append(_having(word))
    return select(HandoffTalk).where(*conditions)


def _having(word: str) -> Any:
    escaped = word.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    like = f"%{escaped}%"
    columns = (HandoffTalk.conversation, HandoffTalk.order_number, HandoffTalk.email, HandoffTalk.last_line, HandoffTalk.agent)
    in_lines = (
        select(HandoffLine.id)
        .where(HandoffLine.conversation == HandoffTalk.conversation, func.lower(HandoffLine.text).like(like, escape="\\"))
        .exists()
    )
    return or_(*(func.lower(column).like(like, escape="\\") for column in columns), in_lines)
