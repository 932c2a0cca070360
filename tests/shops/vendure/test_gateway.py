"""A running Vendure shop is an order gateway, whatever goes wrong on the way to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.shops.asked import Asked
from bot.shops.http import Refused
from bot.shops.vendure.client import VendureClient
from bot.shops.vendure.gateway import VendureGateway
from bot.shops.vendure.marks import marks_of
from bot.support.gateway import Capability, GatewayError, Moved, NotDone, OrderGateway, State
from tests.peers.faults import Fault
from tests.shops.failing import Failing
from tests.shops.shop import Shop
from tests.shops.vendure.shop import VendureShop, gateway_to
from tests.support.conformance import ELSEWHERE, EMAIL, OTHER, Conformance, found


class TestVendure(Conformance):
    tells_link = False

    @pytest.fixture
    def gateway(self, vendure: VendureShop) -> Iterator[OrderGateway]:
        yield vendure.gateway

    @pytest.fixture
    def away(self) -> Iterator[OrderGateway]:
        yield VendureGateway(VendureClient("http://127.0.0.1:9", "secret", sleep=lambda seconds: None), Asked())


class TestVendureFailing(Failing):
    @pytest.fixture
    def shop(self, vendure: VendureShop) -> Iterator[Shop]:
        yield vendure


def test_stock_goes_back(vendure: VendureShop) -> None:
    before = {one["id"]: one["stockAllocated"] for one in vendure.peer.seen("KB-2001")["stock"]}
    assert vendure.gateway.cancel(found(vendure.gateway, "KB-2001"), "c1", "no longer needed").done
    after = vendure.peer.seen("KB-2001")
    assert after["state"] == "Cancelled" and "Asked for in the chat. no longer needed" in after["history"][-1]["data"]
    assert {before[one["id"]] - one["stockAllocated"] for one in after["stock"]} == {0, 1, 2}


def test_a_cancelled_order_still_tells_what_it_was(vendure: VendureShop) -> None:
    order = found(vendure.gateway, "KB-2004")
    assert [(line.title, line.quantity) for line in order.lines] == [("Rice Toner", 2), ("Cica Cream", 1)] and order.total == Decimal("57.24")
    assert order.cancelled_at is not None


def test_an_address_that_vendure_does_not_take_leaves_the_order_as_it_was(vendure: VendureShop) -> None:
    order = found(vendure.gateway, "KB-2001")
    with pytest.raises(GatewayError):
        vendure.gateway.change_address(order, "a1", replace(ELSEWHERE, country="nowhere"))
    assert found(vendure.gateway, "KB-2001") == order and vendure.gateway.done("a1") is None


def test_a_return_is_a_note_for_the_staff_that_takes_it_back(vendure: VendureShop) -> None:
    order = found(vendure.gateway, "KB-2003")
    toner = order.lines[0].key
    vendure.gateway.return_lines(order, "r1", {toner: 2}, "unopened")
    (note,) = [one["data"] for one in vendure.peer.seen("KB-2003")["history"] if one["type"] == "ORDER_NOTE"]
    assert "The customer returns 2 x Rice Toner (150 ml). Reason: unopened. To pay back then: 36.20 USD." in note
    with pytest.raises(Moved):
        vendure.gateway.return_lines(found(vendure.gateway, "KB-2003"), "r2", {toner: 1}, "")


@pytest.mark.parametrize(("state", "told"), [("Modifying", State.HELD), ("ArrangingAdditionalPayment", State.HELD), ("PaymentAuthorized", State.OPEN)])
def test_states(vendure: VendureShop, state: str, told: State) -> None:
    vendure.peer.steer(do="edit", number="KB-2001", fields={"state": state})
    assert found(vendure.gateway, "KB-2001").state is told


def test_a_basket_is_no_order(vendure: VendureShop) -> None:
    vendure.peer.steer(do="edit", number="KB-2001", fields={"orderPlacedAt": None})
    assert vendure.gateway.order("KB-2001") is None and vendure.gateway.find("KB-2001", EMAIL) is None


def test_two_orders_of_one_number_are_nobodys(vendure: VendureShop) -> None:
    vendure.peer.steer(do="edit", number="KB-2005", fields={"code": "KB2001"})
    assert vendure.gateway.find("KB-2001", EMAIL) is None and vendure.gateway.find("KB-2001", OTHER) is None


def test_a_tracking_code_that_is_a_link(vendure: VendureShop) -> None:
    vendure.peer.steer(do="sql", statement="UPDATE fulfillment SET trackingCode = 'https://carrier.example/9400'")
    parcel = found(vendure.gateway, "KB-2003").parcels[0]
    assert (parcel.url, parcel.tracking) == ("https://carrier.example/9400", "")


def test_an_unknown_number_and_another_email_take_the_same_time(vendure: VendureShop) -> None:
    waited: list[float] = []
    vendure.gateway._sleep = waited.append
    for number, email in (("KB-2999", EMAIL), ("KB-2001", OTHER), ("KB-2999", "nobody@example.com"), ("KB-2005", EMAIL)):
        assert vendure.gateway.find(number, email) is None
    assert len(waited) == 4 and all(0.1 < one <= 0.6 for one in waited)


def test_a_customer_is_who_ordered_with_the_email(vendure: VendureShop) -> None:
    rosa = vendure.gateway.customer_by_email(" ROSA@example.com")
    assert rosa is not None and rosa == vendure.gateway.customer(rosa.key) and rosa.last_name == "Diaz" and len(rosa.numbers) == 4
    assert vendure.gateway.customer_by_email("osa@example.com") is None and vendure.gateway.customer_by_email("%@%") is None


def test_products_are_found_by_the_words_of_their_title(vendure: VendureShop) -> None:
    (toner,) = vendure.gateway.products(["rice", "toner"])
    assert [(one.sku, one.available) for one in toner] == [("RT-50", True), ("RT-150", True), ("RT-300", True), ("RT-500", False)]
    assert vendure.gateway.products([]) == [] and vendure.gateway.products(["rice", "cream"]) == []
    assert vendure.gateway.variants(found(vendure.gateway, "KB-2001").lines[0], "EUR") == []


def test_a_key_that_only_reads_changes_nothing(vendure: VendureShop) -> None:
    reads = gateway_to(vendure.peer, key=vendure.peer.reads)
    order, before = found(reads, "KB-2001"), vendure.peer.seen("KB-2001")
    with pytest.raises(NotDone, match="FORBIDDEN"):
        reads.cancel(order, "c1", "")
    with pytest.raises(NotDone, match="FORBIDDEN"):
        reads.change_address(order, "a1", ELSEWHERE)
    assert reads.done("c1") is None and reads.done("a1") is None and vendure.peer.seen("KB-2001") == before


@pytest.mark.parametrize("key", ["wrong", "a:b"])
def test_without_the_key_nothing_is_told(vendure: VendureShop, key: str) -> None:
    with pytest.raises(Refused, match="FORBIDDEN") as raised:
        gateway_to(vendure.peer, key=key).find("KB-2001", EMAIL)
    assert raised.value.of_the_key


def errors(*codes: str, **beside: object) -> str:
    """An answer with errors of these codes."""
    return json.dumps({"errors": [{"message": "wrong", "extensions": {"code": one}} for one in codes], **beside})


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("told", [errors("INTERNAL_SERVER_ERROR"), errors(""), errors("FORBIDDEN", data={"cancelOrder": {"__typename": "Order"}})])
def test_an_error_of_vendure_itself_does_not_say_that_nothing_was_done(vendure: VendureShop, told: str, after: bool) -> None:
    order = found(vendure.gateway, "KB-2001")
    vendure.peer.faults.set(Fault(instead=told, after=after), writes=True, times=1)
    with pytest.raises(GatewayError) as raised:
        vendure.gateway.cancel(order, "c1", "")
    assert raised.type is not NotDone and (vendure.gateway.done("c1") is not None) == after


@pytest.mark.parametrize("told", [
    {"modifications": [{"note": "[glasskin x", "createdAt": "2026-11-20T09:30:00Z"}]}, {"modifications": [{"note": '[glasskin {"key": 1}] x', "createdAt": "2026-11-20T09:30:00Z"}]},
])  # fmt: skip
def test_a_mark_that_was_spoilt_by_hand_is_none(vendure: VendureShop, told: dict[str, object]) -> None:
    whole = vendure.gateway._read("KB-2001")
    assert whole is not None
    assert marks_of({**whole, **told}) == []


def test_what_vendure_cannot_is_not_offered(vendure: VendureShop) -> None:
    assert {Capability.ITEMS, Capability.EXCHANGE, Capability.PAYMENT, Capability.CUSTOMER, Capability.BY_NAME}.isdisjoint(vendure.gateway.capabilities)
