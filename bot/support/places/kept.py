"""What is kept of a place: which conversations it has, by which tokens, and what came back. Calls block."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Optional

from sqlalchemy import or_, select, update

from bot.store.database import Database, writing_turn
from bot.store.models import utc_now
from bot.store.orders.models import new
from bot.store.place_models import HandoffArrived, HandoffCarried, HandoffPlace

LEASE = timedelta(seconds=60)
TOKEN_BYTES = 10


@dataclass(frozen=True)
class Carried:
    """A conversation at a place; see `HandoffCarried`."""

    conversation: str
    token: str
    told: int
    is_open: bool
    parts: int


class Kept:
    """The rows of one place. Each call raises StoreError where the database gives no answer."""

    def __init__(self, database: Database, place: str, now: Callable[[], datetime] = utc_now) -> None:
        self._database, self._place, self._now = database, place, now
        self._holder = secrets.token_hex(8)

    def claim(self) -> bool:
        """Whether this process alone sees to the place, for a while."""
        now = self._now()
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            if session.get(HandoffPlace, self._place) is None:
                session.add(new(HandoffPlace, name=self._place, tick=0, cursor="", holder=""))
                session.flush()
            free = or_(HandoffPlace.lease_until.is_(None), HandoffPlace.lease_until < now, HandoffPlace.holder == self._holder)
            mine = update(HandoffPlace).where(HandoffPlace.name == self._place, free).values(holder=self._holder, lease_until=now + LEASE)
            result: Any = session.execute(mine.execution_options(synchronize_session=False))
            session.commit()
            return bool(result.rowcount == 1)

    def let_go(self) -> None:
        """Lets another process see to it."""
        mine = update(HandoffPlace).where(HandoffPlace.name == self._place, HandoffPlace.holder == self._holder)
        self._write(mine.values(lease_until=None))

    def tick(self) -> int:
        """How far changes were brought there."""
        return int(self._read(select(HandoffPlace.tick).where(HandoffPlace.name == self._place)) or 0)

    def set_tick(self, tick: int) -> None:
        """Notes it."""
        self._write(update(HandoffPlace).where(HandoffPlace.name == self._place).values(tick=tick))

    def cursor(self) -> str:
        """How far what came back was read; empty for not at all."""
        return str(self._read(select(HandoffPlace.cursor).where(HandoffPlace.name == self._place)) or "")

    def set_cursor(self, cursor: str) -> None:
        """Notes it."""
        self._write(update(HandoffPlace).where(HandoffPlace.name == self._place).values(cursor=cursor))

    def carried(self, conversation: str) -> Carried:
        """A conversation at the place; one that was never there has a token already."""
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            row = session.get(HandoffCarried, (self._place, conversation))
            if row is None:
                token = secrets.token_hex(TOKEN_BYTES)
                row = new(HandoffCarried, place=self._place, conversation=conversation, token=token, told=0, is_open=False, parts=0, at=self._now())
                session.add(row)
                session.commit()
            return _carried(row)

    def of_token(self, token: str) -> Optional[Carried]:
        """The conversation that a token names; None for none."""
        wanted = select(HandoffCarried).where(HandoffCarried.place == self._place, HandoffCarried.token == token)
        with self._database.session() as session:
            row = session.execute(wanted).scalar_one_or_none()
            return _carried(row) if row else None

    def open_ones(self, since: Optional[datetime] = None) -> list[Carried]:
        """The conversations that go on at the place; with `since` those as well of which anything was noted from then on."""
        chosen: Any = HandoffCarried.is_open.is_(True)
        if since is not None:
            chosen = or_(chosen, HandoffCarried.at >= since)
        wanted = select(HandoffCarried).where(HandoffCarried.place == self._place, chosen).order_by(HandoffCarried.at)
        with self._database.session() as session:
            return [_carried(row) for row in session.execute(wanted).scalars()]

    def rename(self, conversation: str, token: str = "") -> None:
        """Gives a conversation another token, as where the place names it itself; a fresh one that names nothing where none is given."""
        mine = update(HandoffCarried).where(HandoffCarried.place == self._place, HandoffCarried.conversation == conversation)
        self._write(mine.values(token=token or secrets.token_hex(TOKEN_BYTES)))

    def note(self, carried: Carried) -> None:
        """Writes how a conversation stands there now."""
        mine = update(HandoffCarried).where(HandoffCarried.place == self._place, HandoffCarried.conversation == carried.conversation)
        self._write(mine.values(told=carried.told, is_open=carried.is_open, parts=carried.parts, at=self._now()))

    def sent(self, conversation: str) -> None:
        """Counts something that was sent there."""
        mine = update(HandoffCarried).where(HandoffCarried.place == self._place, HandoffCarried.conversation == conversation)
        self._write(mine.values(parts=HandoffCarried.parts + 1))

    def was_seen(self, key: str) -> bool:
        """Whether something that came back was seen to."""
        return key in self.among_seen([key])

    def among_seen(self, keys: Sequence[str]) -> frozenset[str]:
        """Those of several that were."""
        wanted = select(HandoffArrived.key).where(HandoffArrived.place == self._place, HandoffArrived.key.in_(keys))
        with self._database.session() as session:
            return frozenset(session.execute(wanted).scalars())

    def seen(self, key: str, conversation: str) -> None:
        """Notes that it was."""
        self.all_seen([key], conversation)

    def all_seen(self, keys: Sequence[str], conversation: str) -> None:
        """Notes that several were."""
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            for one in dict.fromkeys(keys):
                if session.get(HandoffArrived, (self._place, one)) is None:
                    session.add(new(HandoffArrived, place=self._place, key=one, conversation=conversation, at=self._now()))
            session.commit()

    def _read(self, wanted: Any) -> Any:
        with self._database.session() as session:
            return session.execute(wanted).scalar_one_or_none()

    def _write(self, change: Any) -> None:
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            session.execute(change.execution_options(synchronize_session=False))
            session.commit()


def _carried(row: Any) -> Carried:
    return Carried(row.conversation, row.token, row.told, row.is_open, row.parts)
