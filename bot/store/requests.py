"""What customers asked for in the chat, each in a row of its own, and the tickets of the shop's staff."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Mapping, Sequence
from uuid import uuid4

from sqlalchemy import func, select, update

from bot.store.database import Database, writing_turn
from bot.store.models import utc_now
from bot.store.orders.models import new
from bot.store.support_models import CONFIRMED, DONE, OPEN, PROPOSED, CustomerRequest, Ticket

FIRST_TICKET = 1001
UNFINISHED_AFTER = timedelta(minutes=1)
"""So long a request that was agreed to may take to its end; then it counts as broken off."""


@dataclass(frozen=True)
class Request:
    """A request as it stands. `token` is the key under which the shop does it once; `details` is what was told so far; `result`
    what the shop confirmed."""

    id: int
    token: str
    kind: str
    state: str
    order_number: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TicketView:
    """A ticket: its number for the customer, what it is about and how it stands, since when, the e-mail to
    answer to, and the conversation that it came of."""

    number: str
    kind: str
    state: str
    order_number: str
    text: str
    email: str
    at: datetime
    sender: str = ""


class RequestStore:
    """Requests and tickets of a database. Calls block: keep them off an event loop."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, sender: str, kind: str, order_number: str = "", details: Mapping[str, Any] | None = None) -> Request:
        """A new request of a conversation, proposed.

        Raises:
            StoreError: when the database gives no answer (so does every method).
        """
        now = utc_now()
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            row = new(
                CustomerRequest, token=uuid4().hex, sender=sender, kind=kind, state=PROPOSED, order_number=order_number,
                details=dict(details or {}), result={}, at=now, updated_at=now,
            )
            session.add(row)
            session.commit()
            return _view(row)

    def of(self, sender: str, request_id: int) -> Request | None:
        """A request of this conversation; None for one of another, or none."""
        wanted = select(CustomerRequest).where(CustomerRequest.id == request_id, CustomerRequest.sender == sender)
        with self._database.session() as session:
            row = session.execute(wanted).scalar_one_or_none()
            return _view(row) if row else None

    def latest(self, sender: str, with_order: bool = False) -> Request | None:
        """The request of this conversation that changed last; the last one that came to an order `with_order`."""
        wanted = select(CustomerRequest).where(CustomerRequest.sender == sender)
        if with_order:
            wanted = wanted.where(CustomerRequest.order_number != "")
        with self._database.session() as session:
            row = session.execute(wanted.order_by(CustomerRequest.updated_at.desc(), CustomerRequest.id.desc()).limit(1)).scalar_one_or_none()
            return _view(row) if row else None

    def done_of(self, sender: str) -> list[Request]:
        """The requests of this conversation that the shop confirmed, in their order."""
        wanted = select(CustomerRequest).where(CustomerRequest.sender == sender, CustomerRequest.state == DONE)
        with self._database.session() as session:
            return [_view(row) for row in session.execute(wanted.order_by(CustomerRequest.updated_at, CustomerRequest.id)).scalars()]

    def unfinished(self) -> list[tuple[str, Request]]:
        """Requests that were agreed to and never came to their end, with their conversations: a database or process failed between."""
        before = utc_now() - UNFINISHED_AFTER
        wanted = select(CustomerRequest).where(CustomerRequest.state == CONFIRMED, CustomerRequest.updated_at < before)
        with self._database.session() as session:
            return [(row.sender, _view(row)) for row in session.execute(wanted.order_by(CustomerRequest.id)).scalars()]

    def order_of_token(self, token: str) -> str:
        """The number of the order that the request of a token is about; empty where there is none."""
        wanted = select(CustomerRequest.order_number).where(CustomerRequest.token == token)
        with self._database.session() as session:
            return str(session.execute(wanted).scalar_one_or_none() or "")

    def keep(self, request: Request) -> None:
        """Writes how a request stands now."""
        values = {
            "kind": request.kind, "state": request.state, "order_number": request.order_number, "details": dict(request.details),
            "result": dict(request.result), "updated_at": utc_now(),
        }
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            session.execute(update(CustomerRequest).where(CustomerRequest.id == request.id).values(values))
            session.commit()

    def claim(self, request: Request, state: str, after: str) -> bool:
        """Moves a request from one state to the next; False where somebody else did it already, so that nothing is done twice."""
        wanted = update(CustomerRequest).where(CustomerRequest.id == request.id, CustomerRequest.state == state)
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            moved = _changed(session.execute(wanted.values(state=after, updated_at=utc_now())))
            session.commit()
            return moved

    def ticket(self, sender: str, token: str, kind: str, text: str, order_number: str = "", email: str = "") -> TicketView:
        """The ticket of a request, made once: asked again with the same token it is the same."""
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            row = session.execute(select(Ticket).where(Ticket.token == token)).scalar_one_or_none()
            if row is None:
                row = new(
                    Ticket, number=token, token=token, sender=sender, kind=kind, state=OPEN, order_number=order_number, email=email,
                    text=text, at=utc_now(),
                )
                session.add(row)
                session.flush()
                row.number = f"T{FIRST_TICKET - 1 + row.id}"
                session.commit()
            return _ticket(row)

    def tickets_of(self, sender: str) -> list[TicketView]:
        """The tickets of a conversation, the newest first."""
        with self._database.session() as session:
            rows = session.execute(select(Ticket).where(Ticket.sender == sender).order_by(Ticket.id.desc())).scalars()
            return [_ticket(row) for row in rows]

    def open_of(self, senders: Sequence[str]) -> dict[str, list[str]]:
        """The numbers of the tickets that wait, of each of these conversations that has any, the oldest first."""
        found: dict[str, list[str]] = {}
        wanted = select(Ticket.sender, Ticket.number).where(Ticket.sender.in_(senders), Ticket.state == OPEN).order_by(Ticket.id)
        with self._database.session() as session:
            for sender, number in session.execute(wanted):
                found.setdefault(sender, []).append(number)
        return found

    def count_open(self) -> int:
        """How many tickets wait for the shop's staff."""
        with self._database.session() as session:
            return int(session.execute(select(func.count()).select_from(Ticket).where(Ticket.state == OPEN)).scalar_one())

    def open_tickets(self) -> list[TicketView]:
        """All tickets that wait for the shop's staff, the oldest first."""
        with self._database.session() as session:
            rows = session.execute(select(Ticket).where(Ticket.state == OPEN).order_by(Ticket.id)).scalars()
            return [_ticket(row) for row in rows]


def _changed(result: Any) -> bool:
    return bool(result.rowcount == 1)


def _view(row: CustomerRequest) -> Request:
    return Request(row.id, row.token, row.kind, row.state, row.order_number, dict(row.details), dict(row.result))


def _ticket(row: Ticket) -> TicketView:
    return TicketView(row.number, row.kind, row.state, row.order_number, row.text, row.email, row.at, row.sender)

