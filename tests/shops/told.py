"""What a customer is told when something goes wrong at the shop: never that something was done that was not, and always what is next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from bot.answers.resources import Resources
from bot.nlu.subjects import SubjectExtractor
from bot.support.gateway import Capability, OrderGateway, State
from bot.support.orders import Orders
from bot.support.proving import Proving
from tests.answers.orders.conftest import Chat
from tests.peers.faults import Fault
from tests.shops.failing import FAULTS, meets
from tests.shops.shop import Shop
from tests.support.conformance import EMAIL, found, needs

DONE = ("is cancelled", "is registered", "Done:", "goes to")
NEXT = ("T1001", "try again", "ask me again", "care@")
NEW = "9 Lake St, Apt 2, Troy, NY 12180"
SOME = FAULTS[::3]
"""Enough where only the words differ: the gateway's own tests meet all of them."""


def shop_of(resources: Resources, gateway: OrderGateway) -> Resources:
    """A shop whose orders are behind another gateway."""
    orders = resources.orders
    assert orders is not None
    changed: dict[str, Any] = {"gateway": gateway, "proving": Proving(gateway, orders.proving.proofs, orders.policy)}
    resources.__dict__["gateway"] = gateway
    resources.__dict__["orders"] = Orders(**{**orders.__dict__, **changed})
    return resources


class Told:
    """The tests; each engine's class gives the fixture `shop`, and imports the fixtures of tests/answers/orders. `met` are the faults
    of its cancellations: all of them, or for an engine that is slow to start over, enough."""

    met: Sequence[Fault] = FAULTS

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """The faults of each test."""
        if "fault" in metafunc.fixturenames:
            metafunc.parametrize("fault", self.met if metafunc.function.__name__ == "test_a_cancellation" else SOME, ids=lambda fault: fault.name)

    @pytest.fixture
    def shop(self) -> Iterator[Shop]:
        """A shop that holds ORDERS."""
        raise NotImplementedError

    @pytest.fixture
    def chat(self, make_shop: Callable[..., Resources], extractor: SubjectExtractor, shop: Shop) -> Chat:
        return Chat(shop_of(make_shop(), shop.gateway), extractor)

    def test_a_cancellation(self, chat: Chat, shop: Shop, fault: Fault) -> None:
        meets(shop, fault)
        needs(shop.gateway, Capability.CANCEL)
        assert "57.24 USD to Visa ending 1111" in chat.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        shop.fail(fault, writes=True)
        reply = chat.say("yes")
        shop.recover()
        happened = found(shop.gateway, "KB-2001").state is State.CANCELLED
        assert happened == fault.after and any(one in reply for one in DONE) == happened, reply
        assert happened or any(one in reply for one in NEXT), reply
        again = chat.say("is it cancelled?", "cancel_order")
        assert shop.times_changed("KB-2001") == happened and ("that is done" in again or "cancelled already" in again) == happened, again

    def test_an_address(self, chat: Chat, shop: Shop, fault: Fault) -> None:
        meets(shop, fault)
        needs(shop.gateway, Capability.ADDRESS)
        assert "9 Lake St" in chat.say(f"change the address of order KB-2001 to {NEW}. {EMAIL}", "change_order")
        shop.fail(fault, writes=True)
        reply = chat.say("yes")
        shop.recover()
        happened = found(shop.gateway, "KB-2001").address.line1 == "9 Lake St"
        assert happened == fault.after and ("Done" in reply or "now goes to" in reply) == happened, reply
        assert happened or any(one in reply for one in NEXT), reply

    def test_a_look_up(self, chat: Chat, shop: Shop, fault: Fault) -> None:
        meets(shop, fault)
        shop.fail(fault, writes=False)
        reply = chat.say(f"where is my order KB-2001, {EMAIL}", "order_status")
        assert "not left the shop" not in reply, reply
        if fault.instead == "list":
            return  # a list without orders cannot be told from a shop that has none: the owner's words are said
        assert "can't reach the shop's orders" in reply and "try again" in reply and "can't find" not in reply, reply
        shop.recover()
        again = chat.say(f"where is my order KB-2001, {EMAIL}", "order_status")
        assert "has not left the shop yet" in again, (reply, again)

    def test_what_the_staff_changed_meanwhile(self, chat: Chat, shop: Shop) -> None:
        needs(shop.gateway, Capability.CANCEL)
        chat.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        shop.staff_changes("KB-2001")
        reply = chat.say("yes")
        assert not any(one in reply for one in DONE) and found(shop.gateway, "KB-2001").state is State.OPEN, reply
