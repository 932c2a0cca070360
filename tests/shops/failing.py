"""What every `OrderGateway` must do when something goes wrong: nothing is done twice, nothing is told that is not so.

Every operation meets every fault of its engine, before and after the shop did what was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from bot.support.gateway import Address, Capability, GatewayError, Moved, NotDone, Order, OrderGateway, Outcome, State
from tests.peers.faults import Fault
from tests.shops.shop import Shop
from tests.support.conformance import ELSEWHERE, EMAIL, found, needs

FAULTS = (
    Fault(401), Fault(403), Fault(404), Fault(409), Fault(429), Fault(500), Fault(503), Fault(instead="late"), Fault(instead="cut"),
    Fault(instead="html"), Fault(instead="list"), Fault(instead="empty"),
    Fault(500, after=True), Fault(502, after=True), Fault(instead="late", after=True), Fault(instead="cut", after=True),
    Fault(instead="html", after=True), Fault(instead="empty", after=True),
)  # fmt: skip
"""Everything that HTTP can do to a request."""
OF_READS = tuple(one for one in FAULTS if not one.after)
"""What it can do to one that changes nothing: before and behind that are the same."""
AWAY = (Fault(instead="late"), Fault(instead="late", after=True))
"""What a database can: it was away, before or after it did what was asked."""


@dataclass(frozen=True)
class Write:
    """A change of an order, and how the shop's order is after it."""

    name: str
    needs: Capability
    number: str
    do: Callable[[OrderGateway, Order, str], Outcome]
    took: Callable[[Order], bool]


WRITES = (
    Write(
        "cancel", Capability.CANCEL, "KB-2001", lambda to, order, key: to.cancel(order, key, "no longer needed"),
        lambda order: order.state is State.CANCELLED,
    ),
    Write(
        "change_address", Capability.ADDRESS, "KB-2001", lambda to, order, key: to.change_address(order, key, ELSEWHERE),
        lambda order: order.address == ELSEWHERE,
    ),
    Write(
        "return_lines", Capability.RETURN, "KB-2003", lambda to, order, key: to.return_lines(order, key, {order.lines[0].key: 1}, "unopened"),
        lambda order: order.lines[0].returned == 1,
    ),
)  # fmt: skip
READS: dict[str, Callable[[OrderGateway], object]] = {
    "find": lambda to: to.find("KB-2001", EMAIL),
    "find_nothing": lambda to: to.find("KB-2999", EMAIL),
    "order": lambda to: to.order("KB-2002"),
    "has_orders": lambda to: to.has_orders(),
    "numbers_of": lambda to: list(to.numbers_of(EMAIL)),
    "customer_by_email": lambda to: to.customer_by_email(EMAIL),
    "done": lambda to: to.done("never"),
}


class Failing:
    """The tests; each engine's class gives the fixture `shop`."""

    @pytest.fixture
    def shop(self) -> Iterator[Shop]:
        """A shop that holds ORDERS."""
        raise NotImplementedError

    @pytest.mark.parametrize("fault", OF_READS, ids=lambda fault: fault.name)
    @pytest.mark.parametrize("read", READS, ids=str)
    def test_a_read_that_fails_tells_nothing(self, shop: Shop, read: str, fault: Fault) -> None:
        meets(shop, fault)
        if read in ("numbers_of", "customer_by_email"):
            needs(shop.gateway, Capability.BY_EMAIL)
        expected = READS[read](shop.gateway)
        shop.fail(fault, writes=False)
        try:
            told = READS[read](shop.gateway)
        except GatewayError as error:
            assert "rosa" not in str(error).lower() and "2001" not in str(error)
        else:  # what it knew before; a list without orders cannot be told from a shop that found none
            assert told == expected or (fault.instead == "list" and not told)
        shop.recover()

    @pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
    @pytest.mark.parametrize("write", WRITES, ids=lambda write: write.name)
    def test_a_change_that_fails_is_done_once_or_not_at_all(self, shop: Shop, write: Write, fault: Fault) -> None:
        meets(shop, fault)
        needs(shop.gateway, write.needs)
        order, before = found(shop.gateway, write.number), shop.seen(write.number)
        shop.fail(fault, writes=True)
        with pytest.raises((GatewayError, Moved)) as raised:
            write.do(shop.gateway, order, "k1")
        shop.recover()
        happened = shop.seen(write.number) != before
        assert happened == fault.after
        if happened:
            assert raised.type not in (Moved, NotDone)  # it would be said that nothing was done
        elif 400 <= fault.status < 500:
            assert raised.type in (Moved, NotDone)
        told = shop.gateway.done("k1")
        assert (told is not None) == happened
        assert write.took(found(shop.gateway, write.number)) == happened
        again = write.do(shop.gateway, order, "k1")
        assert again.done and (told is None or again == told)
        assert write.took(found(shop.gateway, write.number)) and shop.times_changed(write.number) == 1

    @pytest.mark.parametrize("fault", OF_READS, ids=lambda fault: fault.name)
    @pytest.mark.parametrize("write", WRITES, ids=lambda write: write.name)
    def test_who_cannot_look_first_changes_nothing(self, shop: Shop, write: Write, fault: Fault) -> None:
        meets(shop, fault)
        needs(shop.gateway, write.needs)
        if not shop.looks_first:
            pytest.skip("this engine looks and writes at once")
        order, before = found(shop.gateway, write.number), shop.seen(write.number)
        shop.fail(fault, writes=False)
        with pytest.raises((GatewayError, Moved)):
            write.do(shop.gateway, order, "k1")
        shop.recover()
        assert shop.seen(write.number) == before and shop.gateway.done("k1") is None

    @pytest.mark.parametrize("write", WRITES, ids=lambda write: write.name)
    def test_what_the_staff_changed_meanwhile_is_left_alone(self, shop: Shop, write: Write) -> None:
        needs(shop.gateway, write.needs)
        order = found(shop.gateway, write.number)
        shop.staff_changes(write.number)
        before = shop.seen(write.number)
        with pytest.raises(Moved):
            write.do(shop.gateway, order, "k1")
        assert shop.seen(write.number) == before and shop.gateway.done("k1") is None

    @pytest.mark.parametrize("fault", OF_READS, ids=lambda fault: fault.name)
    def test_a_change_is_not_forgotten_while_the_shop_is_away(self, shop: Shop, fault: Fault) -> None:
        meets(shop, fault)
        needs(shop.gateway, Capability.CANCEL)
        outcome = shop.gateway.cancel(found(shop.gateway, "KB-2001"), "k1", "")
        shop.fail(fault, writes=False)
        try:
            told = shop.gateway.done("k1")
        except GatewayError:
            told = outcome  # nobody knows, and nobody says so
        assert told == outcome
        shop.recover()
        assert shop.gateway.done("k1") == outcome

    def test_two_changes_of_one_look_are_one(self, shop: Shop) -> None:
        needs(shop.gateway, Capability.CANCEL)
        needs(shop.gateway, Capability.ADDRESS)
        order = found(shop.gateway, "KB-2001")
        shop.gateway.cancel(order, "k1", "")
        with pytest.raises(Moved):
            shop.gateway.change_address(order, "k2", Address("Rosa Diaz", "1 Other Rd"))
        assert shop.gateway.done("k2") is None and shop.times_changed("KB-2001") == 1


def meets(shop: Shop, fault: Fault) -> None:
    """Skips a fault that this engine cannot meet."""
    if fault not in shop.faults:
        pytest.skip("this engine has no such fault")
