"""Takes events: each once, none that is older than what is known, each with all that it changes or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import Enum

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.store.database import Database, delete_rows, insert_new, writing_turn
from bot.store.importers.base import ImportReport
from bot.store.models import utc_now
from bot.store.orders.writer import write_batch
from bot.store.shop_event_models import ShopEventTaken, ShopSubject
from bot.store.shop_events.orders import add_parcel, set_state
from bot.store.shop_events.stock import set_stock
from bot.store.shop_events.told import Event, OrderTold, ParcelTold, StateTold, StockTold

KEPT = timedelta(days=30)
"""So long it is known which events were taken. What is played again later is older than what is known of its thing."""
AHEAD = timedelta(hours=1)
"""So far ahead of this machine's clock an event may be: one from far ahead would make all that follow old."""
NEVER = datetime(1970, 1, 1, tzinfo=timezone.utc)


class Taken(str, Enum):
    """What became of an event."""

    DONE = "done"
    SEEN = "seen before"
    OLD = "older than what is known"
    AHEAD = "from the future"
    UNKNOWN = "not known here"
    REFUSED = "refused"


@dataclass(frozen=True)
class Result:
    """What became of an event, and why it was refused."""

    taken: Taken
    why: str = ""


class NotKnown(Exception):
    """The book has no such order, or the catalogue no such variant."""


class NotTaken(Exception):
    """What is told contradicts what was done here; it says why."""


def take(database: Database, event: Event) -> Result:
    """Takes an event. One of something that is not known yet may come again, behind what makes it known.

    Raises:
        StoreError: when the database gives no answer; nothing was changed, and it may be sent again.
    """
    now = utc_now()
    if event.at > now + AHEAD:
        return Result(Taken.AHEAD)
    with writing_turn(database.engine), database.session(writing=True, catalogue=isinstance(event.what, StockTold)) as session:
        delete_rows(session, delete(ShopEventTaken).where(ShopEventTaken.at < now - KEPT))
        if not insert_new(session, ShopEventTaken, [{"key": _digest(event.id), "at": now}]):
            return Result(Taken.SEEN)
        if _is_old(session, event):
            session.commit()
            return Result(Taken.OLD)
        try:
            _change(session, event)
        except NotKnown:
            return Result(Taken.UNKNOWN)
        except NotTaken as error:
            return Result(Taken.REFUSED, str(error))
        renewed = update(ShopSubject).where(ShopSubject.key.in_([_digest(one) for one in event.renews]), ShopSubject.at < event.at)
        session.execute(renewed.values(at=event.at).execution_options(synchronize_session=False))
        session.commit()
        return Result(Taken.DONE)


def _is_old(session: Session, event: Event) -> bool:
    """Whether something newer is known. Holds what is known of its things, so that two events of one thing wait for each other."""
    keys = sorted({_digest(one) for one in (*event.not_before, *event.renews)})
    insert_new(session, ShopSubject, [{"key": one, "at": NEVER} for one in keys])
    rows: Sequence[ShopSubject] = session.execute(select(ShopSubject).where(ShopSubject.key.in_(keys)).order_by(ShopSubject.key).with_for_update()).scalars().all()
    known = {row.key: row.at for row in rows}
    return any(event.at < known[_digest(one)] for one in event.not_before)


def _change(session: Session, event: Event) -> None:
    what = event.what
    found: bool | None = True
    if isinstance(what, OrderTold):
        report = ImportReport()
        write_batch(session, [(0, what.record)], report)
        if report.refused:
            raise NotTaken(report.refused[0].reason)
    elif isinstance(what, StateTold):
        found = set_state(session, what, event.at)
    elif isinstance(what, ParcelTold):
        found = add_parcel(session, what)
    else:
        found = set_stock(session, what)
    if found is None:
        raise NotTaken("the order was cancelled here; cancel it in the shop too")
    if not found:
        raise NotKnown


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
