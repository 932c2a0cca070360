"""The statements behind `Conversations`: one transaction a change, counted by the clock, told to who waits for changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from functools import cache
from typing import Any, Mapping, Optional, Sequence
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.store.database import Database, writing_turn
from bot.store.handoff_models import CLOCK_ROW, HandoffClock, HandoffLine, HandoffTalk
from bot.store.orders.models import new
from bot.support.handoff.owner import Author, Ending, Owner
from bot.support.handoff.records import LONGEST_LINE, Line, Summary, Talk, Unusable

LONGEST_SNIPPET = 200
HELD, EMERGENCY, AGREED, ENDED = "held", "emergency", "agreed", "ended"


@dataclass
class Change:
    """A transaction that changes something: its session, moment and number, and the conversation's row, locked."""

    session: Session
    now: datetime
    tick: int
    told: list[str] = field(default_factory=list)

    def row(self, conversation: str) -> Optional[Any]:
        """The conversation's row; None where there is none. Nobody else changes it until this transaction ends."""
        wanted = select(HandoffTalk).where(HandoffTalk.conversation == conversation).with_for_update()
        return self.session.execute(wanted).scalar_one_or_none()

    def begun(self, conversation: str, channel: str) -> Any:
        """The conversation's row, made where there is none."""
        row = self.row(conversation)
        if row is None:
            row = new(
                HandoffTalk, conversation=conversation, channel=channel, owner=Owner.ASSISTANT.value, since=self.now,
                summary={}, version=1, tick=self.tick, at=self.now,
            )
            self.session.add(row)
            self.session.flush()
        return row

    def pass_to(self, row: Any, owner: Owner, agent: str = "") -> None:
        """Gives a conversation to somebody else."""
        row.last_agent = row.agent or row.last_agent
        row.owner, row.agent, row.since = owner.value, agent, self.now
        row.version = row.version + 1
        self.touch(row)

    def touch(self, row: Any) -> None:
        """Notes that something changed."""
        row.tick, row.at = self.tick, self.now
        self.told.append(row.conversation)

    def there(self, conversation: str, key: str) -> Optional[Any]:
        """The line of this key, None where there is none."""
        wanted = select(HandoffLine).where(HandoffLine.conversation == conversation, HandoffLine.key == key)
        return self.session.execute(wanted).scalar_one_or_none()

    def line(self, row: Any, author: Author, text: str, key: str = "", agent: str = "", data: Optional[Mapping[str, Any]] = None) -> Any:
        """Adds a line, or gives the one of this key that is there."""
        key = key or uuid4().hex
        there = self.there(row.conversation, key)
        if there is not None:
            return there
        added = new(
            HandoffLine, conversation=row.conversation, author=author.value, agent=agent, text=text, data=dict(data or {}), key=key,
            tick=self.tick, at=self.now,
        )
        self.session.add(added)
        self.session.flush()
        if author in (Author.CUSTOMER, Author.AGENT):
            row.last_line = " ".join(text.split())[:LONGEST_SNIPPET]
        self.touch(row)
        return added


@cache
def listeners(address: str) -> list[Callable[[str], None]]:
    """Who in this process waits for changes of a database."""
    return []


class Writer:
    """Changes in a database, one at a time and numbered."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._listeners = listeners(str(database.url))

    def on_change(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Calls `listener` with the conversation after every change that anybody in this process makes to the database, from the
        thread that made it; what is given back ends that. Changes of other processes come here as far as these tell of them;
        `changes` finds all."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def tell(self, conversation: str) -> None:
        """Tells who waits for changes in this process that a conversation changed, here or in another."""
        for listener in list(self._listeners):
            listener(conversation)

    @contextmanager
    def change(self) -> Iterator[Change]:
        """A change, committed at the end and undone on an error.

        Raises:
            StoreError: when the database gives no answer.
        """
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            session.execute(update(HandoffClock).where(HandoffClock.id == CLOCK_ROW).values(tick=HandoffClock.tick + 1))
            tick = int(session.execute(select(HandoffClock.tick).where(HandoffClock.id == CLOCK_ROW)).scalar_one())
            made = Change(session, self._now(), tick)
            yield made
            session.commit()
        for conversation in dict.fromkeys(made.told):
            self.tell(conversation)


def clean(text: str) -> str:
    """What was written, as it may be kept and sent: without what cannot be seen.

    Raises:
        Unusable: when nothing is left, or too much.
    """
    seen = "".join(letter for letter in text if letter.isprintable() or letter in "\n\t").strip()
    if not seen:
        raise Unusable("Write something first.")
    if len(seen) > LONGEST_LINE:
        raise Unusable(f"At most {LONGEST_LINE} characters, please.")
    return seen


def talk_of(row: Any) -> Talk:
    """A row as it is told."""
    return Talk(
        conversation=row.conversation, channel=row.channel, owner=Owner(row.owner), since=row.since, at=row.at, agent=row.agent,
        last_agent=row.last_agent, waiting_since=row.waiting_since, due_at=row.due_at, reason=row.reason,
        summary=summary_of(row), unread=row.unread, last_line=row.last_line, email=row.email, order_number=row.order_number,
        closed_at=row.closed_at, ending=Ending(row.outcome), version=row.version,
    )


def line_of(row: Any) -> Line:
    """A row as it is told."""
    return Line(
        id=f"h{row.id}", number=row.id, conversation=row.conversation, author=Author(row.author), agent=row.agent, text=row.text,
        at=row.at, data=dict(row.data), key=row.key, delivered_at=row.delivered_at, withheld=row.author == Author.WITHHELD.value,
    )


def summary_row(summary: Summary, held: Sequence[str] = ()) -> dict[str, Any]:
    """A summary as it is kept. `held` are lines about the person that nobody reads unless the customer agrees."""
    return {**asdict(summary), "person": list(summary.person), HELD: list(held)}


def mark_emergency(row: Any, at: Optional[datetime]) -> None:
    """Notes when an emergency was told; None takes the mark away."""
    row.summary = {**row.summary, EMERGENCY: at.isoformat() if at else ""}


def agreed(row: Any) -> bool:
    """Moves what was held of the person into the summary, and notes that what was told may be read; False where that was agreed
    to before."""
    if row.summary.get(AGREED):
        return False
    held = row.summary.get(HELD) or []
    row.summary = {**row.summary, "person": [*row.summary.get("person", ()), *held], HELD: [], AGREED: True}
    return True


def summary_of(row: Any) -> Summary:
    """A row's summary as it is told: without what is held back."""
    known = {one.name for one in fields(Summary)}
    told = {key: tuple(value) if isinstance(value, list) else value for key, value in row.summary.items() if key in known}
    return Summary(**told)
