"""An import leaves what customers changed in the chat while its file does not know of it."""

from __future__ import annotations

from dataclasses import replace

from bot.shops.book.gateway import BookGateway
from bot.store.database import Database
from bot.store.importers.base import ImportReport
from bot.store.orders.writer import write_orders
from bot.support.gateway import Address
from tests.support.conformance import BASE, ELSEWHERE


def test_an_address_from_the_chat_holds_until_the_file_tells_another(database: Database) -> None:
    write_orders(database, [(1, BASE)], ImportReport())
    gateway = BookGateway(database, leads=True)
    order = gateway.order("KB-2001")
    assert order is not None
    gateway.change_address(order, "key", ELSEWHERE)
    write_orders(database, [(1, replace(BASE, state="packed"))], ImportReport())
    after = gateway.order("KB-2001")
    assert after is not None and after.address == ELSEWHERE and after.state.value == "packed"
    third = {**BASE.address, "line1": "7 Third Ave"}
    write_orders(database, [(1, replace(BASE, state="packed", address=third))], ImportReport())
    last = gateway.order("KB-2001")
    assert last is not None and last.address == Address(**third)
