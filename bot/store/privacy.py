"""What is kept of people: erased, exported, counted, and dropped with age, over every table of both databases.

A table of the shop's database belongs to a conversation by a column `sender` (or `conversation`), and ages by a column `at`;
whoever adds such a table need do nothing here. The conversations' database has Rasa's events and the tables of messengers.
"""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, inspect, select, update
from sqlalchemy.engine import Connection

from bot.store import handoff_models, opening_models, picture_models, place_models, review_models
from bot.store.aging import drop_old_events
from bot.store.conversations import Conversations
from bot.store.database import Database, delete_rows, tidy, writing_turn
from bot.store.errors import StoreError
from bot.store.messaging import MessagingBase, MessagingDatabase, Person
from bot.store.models import Base, Plan, RetiredConversation, utc_now
from bot.store.plans import KEEP as PLANS_KEPT
from bot.store.plans import tokens_in
from bot.store.reviews.closing import keep_weeks
from bot.store.reviews.later import later_at
from bot.store.support_models import GONE, OUTLIVES, LookUp

OWNERS = ("sender", "conversation")
AGE, UNTIL = "at", "until"
TRIES_KEPT = timedelta(days=1)
USER = "user"
TABLES_OF = (handoff_models, opening_models, picture_models, place_models, review_models)
"""Rooms whose tables are known by being imported."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Erased:
    """How much was deleted: messages that the person wrote, all rows of the conversation, and rows beside it (votes, plans,
    reminders, buttons and the like)."""

    messages: int = 0
    events: int = 0
    others: int = 0


class Privacy:
    """Both databases, as far as they hold what people said. Calls block: keep them off an event loop.

    Any call raises SQLAlchemyError or StoreError where a database gives no answer; what was not erased then is told by the
    next call.
    """

    def __init__(self, tracker_url: str, shop_url: str, forget: Callable[[str], int] = lambda _: 0) -> None:
        """
        Args:
            tracker_url: SQLAlchemy address of the conversations' database.
            shop_url: SQLAlchemy address of the shop's database.
            forget: forgets a conversation outside of both, and gives how much that was.
        """
        self._forget = forget
        self._conversations = Conversations(tracker_url)
        self._messaging = MessagingDatabase(tracker_url)
        self._shop = Database(shop_url)

    def erase(self, sender: str) -> Erased:
        """Deletes every row of a conversation from both databases. The conversation itself goes last, because it tells which
        plans are its own; a call that failed can be made again. Where `forget` fails both databases are erased all the same, and its error
        is raised then."""
        said = self._conversations.all_events(sender)
        others, failed = self._forgotten(sender)
        later_at(self._shop.url).forget(sender)
        with self._shop.session() as session:
            others += delete_rows(session, delete(Plan).where(Plan.token.in_(tokens_in(said))))
            for table, owner in owned_tables(session.connection()):
                if OUTLIVES in table.info:
                    session.execute(update(table).where(table.c[owner] == sender).values({owner: GONE}))
                else:
                    others += delete_rows(session, delete(table).where(table.c[owner] == sender))
            session.commit()
        person = Person.of(sender)
        if person:
            others += self._messaging.erase(person)
        events = self._conversations.erase(sender)
        tidy(self._messaging.engine)
        tidy(self._shop.engine)
        if failed is not None:
            raise failed
        return Erased(sum(event.get("event") == USER for event in said), events, others)

    def _forgotten(self, sender: str) -> tuple[int, StoreError | None]:
        """What was forgotten outside of both databases, or why it was not."""
        try:
            return self._forget(sender), None
        except StoreError as error:
            logger.error("a conversation is erased from the databases, but not outside of them: %s", error)
            return 0, error

    def export(self, sender: str) -> dict[str, Any]:
        """Everything that is kept of a conversation, as JSON can hold it."""
        said = self._conversations.all_events(sender)
        found: dict[str, Any] = {"sender": sender, "events": said}
        with self._shop.session() as session:
            connection = session.connection()
            plans = select(Plan.token, Plan.content, Plan.at).where(Plan.token.in_(tokens_in(said)))
            found["plan"] = [_plain(row._mapping) for row in session.execute(plans)]
            for table, owner in owned_tables(connection):
                rows = connection.execute(select(table).where(table.c[owner] == sender))
                found[table.name] = [_plain(row._mapping) for row in rows]
        person = Person.of(sender)
        return {**found, **(self._messaging.export(person) if person else {})}

    def find(self, words: str) -> dict[str, int]:
        """The conversations in which somebody wrote these words, and how many messages each has."""
        return self._conversations.having(words)

    def report(self) -> dict[str, int]:
        """How much is kept: conversations by channel, and rows by table."""
        counts = {f"conversations, {channel}": count for channel, count in self._conversations.by_channel().items()}
        of_people = [table for table in Base.metadata.sorted_tables if _owner(table) or table is Plan.__table__]
        for engine, tables in ((self._shop.engine, of_people), (self._messaging.engine, MessagingBase.metadata.sorted_tables)):
            with engine.connect() as connection:
                there = set(inspect(connection).get_table_names())
                for table in tables:
                    if table.name in there:
                        counts[table.name] = connection.execute(select(func.count()).select_from(table)).scalar_one()
        return counts

    def age(self, days: int, session_days: int) -> Erased:
        """Deletes what is older than so many days, keeps the counts of it, and gives the room back.

        Args:
            days: how long conversations and what belongs to them are kept.
            session_days: how long the note of a deleted web conversation is kept at least, since its token is good so long.
        """
        now = utc_now()
        messages, events = drop_old_events(self._messaging, now - timedelta(days=days))
        others = self._messaging.age(now - timedelta(days=days))
        with writing_turn(self._shop.engine), self._shop.session(writing=True, catalogue=False) as session:
            keep_weeks(session, now - timedelta(days=days), now)
            session.execute(delete(Plan).where(Plan.at < now - PLANS_KEPT))
            noted = now - timedelta(days=max(days, session_days))
            session.execute(delete(LookUp).where(LookUp.at < now - TRIES_KEPT))
            session.execute(delete(RetiredConversation).where(RetiredConversation.at < noted))
            for table, _ in owned_tables(session.connection()):
                if UNTIL in table.c:
                    others += delete_rows(session, delete(table).where(table.c[UNTIL] < now))
                if AGE in table.c:
                    others += delete_rows(session, delete(table).where(table.c[AGE] < now - timedelta(days=days)))
            session.commit()
        for engine in (self._messaging.engine, self._shop.engine):
            tidy(engine, compact=True)
        return Erased(messages, events, others)

    def compact(self) -> None:
        """Gives freed room back to the disk, so that nothing deleted is left in any file of SQLite."""
        for engine in (self._messaging.engine, self._shop.engine):
            tidy(engine, compact=True, always=True)

    def dispose(self) -> None:
        """Closes all connections."""
        self._conversations.dispose()
        self._messaging.dispose()
        self._shop.dispose()


def owned_tables(connection: Connection) -> list[tuple[Any, str]]:
    """The tables of the shop's database that belong to conversations, with the column that says to which, as far as they are
    there. The note that a conversation was deleted is none: it holds nothing that was said, and must outlive it."""
    there = set(inspect(connection).get_table_names())
    tables = [table for table in Base.metadata.sorted_tables if table.name in there]
    return [(table, owner) for table in reversed(tables) if (owner := _owner(table))]


def _owner(table: Any) -> str | None:
    if table is RetiredConversation.__table__:
        return None
    return next((name for name in OWNERS if name in table.c), None)


def _plain(row: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(dict(row), default=_readable))
    return plain


def _readable(value: Any) -> str:
    """What JSON has no form for: bytes as base64 (RFC 4648), anything else as it prints."""
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)
