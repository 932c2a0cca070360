"""Codes by mail, of conversations: asked for, sent by one process, typed a few times at most, gone once they were right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update

from bot.store.database import Database, delete_rows, writing_turn
from bot.store.models import utc_now
from bot.store.orders.models import new
from bot.store.support_models import MAILED, NOT_TAKEN, WANTED, MailedCode

LEASE = timedelta(seconds=60)


@dataclass(frozen=True)
class Code:
    """A code as it stands; see `MailedCode`."""

    id: int
    sender: str
    order_number: str
    customer: str
    email: str
    state: str
    digest: str
    tries: int
    until: datetime

    @property
    def is_over(self) -> bool:
        """Whether its time is over."""
        return self.until <= utc_now()


class CodeStore:
    """The codes of a database. Calls block, and raise StoreError where the database gives no answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def want(self, sender: str, order_number: str, customer: str, email: str, minutes: int) -> None:
        """Has a code sent, in the place of the one before; see `MailedCode`."""
        until = utc_now() + timedelta(minutes=minutes)
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            session.execute(delete(MailedCode).where(MailedCode.sender == sender))
            session.add(new(MailedCode, sender=sender, order_number=order_number, customer=customer, email=email, state=WANTED, digest="", tries=0, until=until))
            session.commit()

    def of(self, sender: str) -> Code | None:
        """The code of a conversation, also one whose time is over; None where there is none."""
        with self._database.session() as session:
            row = session.execute(select(MailedCode).where(MailedCode.sender == sender)).scalar_one_or_none()
            return _code(row) if row else None

    def count_try(self, sender: str, most: int) -> Code | None:
        """Counts a try at the code of a conversation before it is compared, so that those who try at once count each other; None
        where there is none that may still be tried."""
        mine = update(MailedCode).where(MailedCode.sender == sender, MailedCode.tries < most, MailedCode.until > utc_now())
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            counted = _changed(session.execute(mine.values(tries=MailedCode.tries + 1).execution_options(synchronize_session=False)))
            row = session.execute(select(MailedCode).where(MailedCode.sender == sender)).scalar_one_or_none()
            session.commit()
            return _code(row) if row and counted else None

    def take(self, code: Code) -> bool:
        """Uses a code up; False where it was used before."""
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            taken = delete_rows(session, delete(MailedCode).where(MailedCode.id == code.id))
            session.commit()
            return taken == 1

    def to_send(self) -> Sequence[Code]:
        """Codes that wait to be sent."""
        now = utc_now()
        free = or_(MailedCode.lease_until.is_(None), MailedCode.lease_until < now)
        wanted = select(MailedCode).where(MailedCode.state == WANTED, MailedCode.until > now, free).order_by(MailedCode.id)
        with self._database.session() as session:
            return [_code(row) for row in session.execute(wanted).scalars()]

    def claim(self, code: Code, digest: str) -> bool:
        """Keeps what is about to be sent, for this process to send; False where another one does."""
        now = utc_now()
        free = or_(MailedCode.lease_until.is_(None), MailedCode.lease_until < now)
        return self._set(update(MailedCode).where(MailedCode.id == code.id, MailedCode.state == WANTED, free), digest=digest, lease_until=now + LEASE)

    def sent(self, code: Code) -> None:
        """Notes that it was sent."""
        self._set(update(MailedCode).where(MailedCode.id == code.id), state=MAILED)

    def not_taken(self, code: Code) -> None:
        """Notes that it will never be sent."""
        self._set(update(MailedCode).where(MailedCode.id == code.id), state=NOT_TAKEN)

    def _set(self, mine: Any, **values: object) -> bool:
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            changed = _changed(session.execute(mine.values(**values).execution_options(synchronize_session=False)))
            session.commit()
            return changed


def _changed(result: Any) -> bool:
    return bool(result.rowcount == 1)


def _code(row: MailedCode) -> Code:
    return Code(row.id, row.sender, row.order_number, row.customer, row.email, row.state, row.digest, row.tries, row.until)
