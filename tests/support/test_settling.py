"""What was agreed to and broken off behind the shop's yes is never lost: it becomes a ticket, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.shops.book.gateway import BookGateway
from bot.store.codes import CodeStore
from bot.store.database import Database
from bot.store.importers.base import ImportReport
from bot.store.models import utc_now
from bot.store.order_policy import OrderPolicy
from bot.store.orders.writer import write_orders
from bot.store.proofs import ProofStore
from bot.store.requests import RequestStore
from bot.store.support_models import CONFIRMED, DONE, PROPOSED, SENT, CustomerRequest
from bot.support.codes import Codes
from bot.support.handoff import Conversations, Owner
from bot.support.orders import Orders
from bot.support.proving import Proving
from bot.support.settling import settle
from bot.support.tickets import Tickets
from tests.store.conftest import database, url
from tests.support.conformance import ORDERS

__all__ = ["database", "url"]


@pytest.fixture
def orders(database: Database) -> Orders:
    write_orders(database, enumerate(ORDERS), ImportReport())
    gateway, policy, requests = BookGateway(database, leads=True), OrderPolicy(), RequestStore(database)
    codes = Codes(CodeStore(database), ProofStore(database), gateway, policy, None)
    return Orders(gateway, policy, Proving(gateway, ProofStore(database), policy), requests, Tickets(requests, Conversations(database)), codes)


@pytest.mark.parametrize(("was_done", "state"), [(True, DONE), (False, SENT)])
def test_a_request_that_was_broken_off_is_a_ticket_once(orders: Orders, database: Database, was_done: bool, state: str) -> None:
    request = orders.requests.begin("me", "cancel_order", "KB-2001", {"plan": "cancel order KB-2001"})
    assert orders.requests.claim(request, PROPOSED, CONFIRMED)
    if was_done:
        order = orders.gateway.order("KB-2001")
        assert order is not None
        orders.gateway.cancel(order, request.token, "")
    assert settle(orders) == 0  # it may still be at it
    with database.session(writing=True, catalogue=False) as session:
        session.execute(update(CustomerRequest).values(updated_at=utc_now() - timedelta(minutes=5)))
        session.commit()
    assert (settle(orders), settle(orders)) == (1, 0)
    (ticket,) = orders.requests.open_tickets()
    assert "cancel order KB-2001" in ticket.text and ("done in the chat" in ticket.text) == was_done
    talk = Conversations(database).talk("me")
    assert talk is not None and talk.owner is Owner.MAIL and talk.summary.ticket == ticket.number
    kept = orders.requests.of("me", request.id)
    assert kept is not None and kept.state == state
