"""What every change of a conversation is made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Optional, Sequence

from sqlalchemy import select

from bot.phrases import phrases
from bot.store.database import Database
from bot.store.handoff_models import HandoffEnded, HandoffLine
from bot.store.models import utc_now
from bot.store.orders.models import new
from bot.support.handoff.inbox import BY_ITSELF, Archive, Inbox
from bot.support.handoff.owner import Author, Ending, Owner
from bot.support.handoff.records import Summary, TooLate, Unknown
from bot.support.handoff.writing import EMERGENCY, ENDED, Change, summary_row, talk_of

Promise = Callable[[datetime], Optional[datetime]]
"""Until when an answer to something that was said at a moment is promised; None for no promise."""


def no_promise(_: datetime) -> Optional[datetime]:
    """For a shop that promises nothing."""
    return None


class Steps(Inbox):
    """Reads conversations, and has the steps by which they change."""

    def __init__(
        self, database: Database, archive: Optional[Archive] = None, promise: Promise = no_promise, now: Callable[[], datetime] = utc_now
    ) -> None:
        """
        Args:
            database: the shop's database.
            archive: what Rasa keeps of conversations.
            promise: until when an answer is promised.
            now: the clock.
        """
        super().__init__(database, archive, now)
        self._promise = promise

    def _looked_at(self, change: Change, conversation: str, version: Optional[int]) -> Any:
        row = change.row(conversation)
        if row is None:
            raise Unknown(conversation)
        if version is not None and row.version != version:
            raise TooLate(talk_of(row))
        return row

    def _join(self, change: Change, row: Any, agent: str) -> None:
        change.pass_to(row, Owner.PERSON, agent)
        row.summary = {key: value for key, value in row.summary.items() if key != ENDED}
        row.closed_at, row.outcome = None, Ending.OPEN.value
        self._notice(change, row, "joined", name=agent)

    def _open(self, change: Change, row: Any, reason: str, summary: Summary, held: Sequence[str] = ()) -> None:
        told = summary.emergency or row.summary.get(EMERGENCY, "")
        row.reason, row.summary = reason, {**summary_row(summary, held), EMERGENCY: told}
        row.order_number = summary.order_number or row.order_number
        row.closed_at, row.outcome = None, Ending.OPEN.value

    def _awaits(self, change: Change, row: Any) -> None:
        """Notes that the customer waits for a word from now on, unless they wait already."""
        if row.waiting_since is None:
            row.waiting_since, row.due_at = change.now, self._promise(change.now)
            change.touch(row)

    @staticmethod
    def _ends(change: Change, row: Any, outcome: Ending, agent: str = "") -> None:
        """Notes how a talk ended; where that was noted already, how it ended after all."""
        row.outcome = outcome.value
        there = change.session.get(HandoffEnded, row.summary.get(ENDED) or 0)
        if there is not None:
            there.outcome = outcome.value
            return
        ended = new(
            HandoffEnded, conversation=row.conversation, channel=row.channel, reason=row.reason, outcome=outcome.value, rating="",
            agent=agent or row.agent or row.last_agent, at=change.now,
        )
        change.session.add(ended)
        change.session.flush()
        row.summary = {**row.summary, ENDED: ended.id}

    @staticmethod
    def _had_a_person(change: Change, row: Any) -> bool:
        """Whether somebody of the staff wrote in this conversation."""
        wanted = select(HandoffLine.id).where(HandoffLine.conversation == row.conversation, HandoffLine.author == Author.AGENT.value)
        return change.session.execute(wanted.limit(1)).first() is not None

    def _notice_of_end(self, change: Change, row: Any, kind: str, by: str = "", **params: str) -> None:
        """Says that a talk is over, and asks what it was worth where a person had it."""
        self._notice(change, row, kind, by, asks=self._had_a_person(change, row), **params)

    @staticmethod
    def _notice(change: Change, row: Any, kind: str, by: str = "", asks: bool = True, **params: str) -> None:
        """Says something by itself; because of the customer's message `by` where there is one. `asks`: with its buttons."""
        key, said = f"handoff_{kind}", phrases()
        buttons = said.buttons_of(key) if asks else []
        data = {"notice": kind, **params, **({"buttons": buttons} if buttons else {})}
        change.line(row, Author.NOTICE, said.say(key, **params), f"{BY_ITSELF}{by}:{kind}" if by else "", data=data)
