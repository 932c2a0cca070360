"""A WooCommerce shop is an order gateway, whatever goes wrong on the way to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.shops.woo.client import WooClient
from bot.support.gateway import Address, Capability, GatewayError, NotDone, OrderGateway, State
from tests.peers.faults import Fault
from tests.peers.woo_orders import woo_order
from tests.shops.failing import Failing
from tests.shops.shop import Shop
from tests.shops.woo.shop import WooShop, gateway_to
from tests.support.conformance import BASE, ELSEWHERE, EMAIL, OTHER, Conformance, found


@pytest.fixture
def woo() -> Iterator[WooShop]:
    """A shop whose numbers are a plugin's."""
    made = WooShop()
    yield made
    made.peer.stop()


class TestWoo(Conformance):
    tells_contents = tells_arrival = False

    @pytest.fixture
    def gateway(self, woo: WooShop) -> Iterator[OrderGateway]:
        yield woo.gateway

    @pytest.fixture
    def away(self, woo: WooShop) -> Iterator[OrderGateway]:
        woo.peer.stop()
        yield woo.gateway


class TestWooFailing(Failing):
    @pytest.fixture
    def shop(self, woo: WooShop) -> Iterator[Shop]:
        yield woo


class TestLookingUp:
    def test_an_unknown_number_and_another_email_cost_the_same(self, woo: WooShop) -> None:
        waited: list[float] = []
        gateway = gateway_to(woo.peer)
        gateway._sleep = waited.append
        gateway.has_orders()
        calls = []
        for number, email in (("KB-2999", EMAIL), ("KB-2001", OTHER), ("KB-2999", "nobody@example.com"), ("KB-2005", EMAIL)):
            woo.peer.calls.clear()
            assert gateway.find(number, email) is None
            calls.append(list(woo.peer.calls))
        assert calls == [["GET orders?_fields,per_page,search"]] * 4 and all(0.4 < one <= 0.6 for one in waited) and len(waited) == 4

    def test_a_number_that_is_the_id(self, woo: WooShop) -> None:
        woo.peer.orders.clear()
        woo.peer.put(*(woo_order(replace(BASE, number=str(number), email=email), number) for number, email in ((12, EMAIL), (112, OTHER))))
        woo.peer.orders[112]["billing"]["address_1"] = "12 Hill Rd"
        gateway = gateway_to(woo.peer)
        order = gateway.find("#12", EMAIL)
        assert order is not None and order.number == "12"
        assert gateway.find("112", EMAIL) is None and gateway.find("KB-12", EMAIL) is None and gateway.find("9" * 30, EMAIL) is None

    def test_two_orders_of_one_number_are_nobodys(self, woo: WooShop) -> None:
        woo.peer.put(woo_order(replace(BASE, email=OTHER), 900))
        assert woo.gateway.find("KB-2001", EMAIL) is None and woo.gateway.find("KB-2001", OTHER) is None and woo.gateway.order("KB-2001") is None

    def test_an_order_of_another_number_by_now_is_not_shown(self, woo: WooShop) -> None:
        found(woo.gateway, "KB-2001")
        woo.peer.of("KB-2001")["number"] = "KB-3001"
        assert woo.gateway.order("KB-2001") is None and found(woo.gateway, "KB-3001").email == EMAIL

    def test_what_was_thrown_away_is_no_order(self, woo: WooShop) -> None:
        found(woo.gateway, "KB-2001")
        woo.peer.of("KB-2001")["status"] = "trash"
        assert woo.gateway.order("KB-2001") is None and woo.gateway.find("KB-2001", EMAIL) is None

    def test_an_order_without_an_email_is_nobodys(self, woo: WooShop) -> None:
        woo.peer.of("KB-2001")["billing"]["email"] = ""
        assert woo.gateway.find("KB-2001", "") is None

    def test_a_customer_is_who_ordered_with_the_email(self, woo: WooShop) -> None:
        rosa = woo.gateway.customer_by_email(" ROSA@example.com")
        assert rosa is not None and rosa == woo.gateway.customer(rosa.key) and rosa.last_name == "Diaz" and len(rosa.numbers) == 4
        assert {found(woo.gateway, number).customer for number in rosa.numbers} == {rosa.key}
        assert woo.gateway.customer_by_email("osa@example.com") is None and woo.gateway.customer_by_email("%") is None


class TestReading:
    @pytest.mark.parametrize(("status", "state"), [
        ("pending", State.HELD), ("on-hold", State.HELD), ("failed", State.HELD), ("wrapping", State.HELD),
        ("partial-shipped", State.SHIPPED), ("refunded", State.CANCELLED),
    ])
    def test_states(self, woo: WooShop, status: str, state: State) -> None:
        woo.peer.of("KB-2001")["status"] = status
        assert found(woo.gateway, "KB-2001").state is state

    def test_an_order_with_a_parcel_is_not_open(self, woo: WooShop) -> None:
        woo.peer.of("KB-2002")["status"] = "processing"
        assert found(woo.gateway, "KB-2002").state is State.SHIPPED

    def test_a_done_order_left_on_the_day_it_was_done(self, woo: WooShop) -> None:
        woo.peer.of("KB-2002")["meta_data"] = []
        (parcel,) = found(woo.gateway, "KB-2002").parcels
        assert parcel.shipped_at is not None and len(parcel.lines) == 2 and not parcel.tracking

    def test_prices_with_tax_are_what_the_customer_paid(self, woo: WooShop) -> None:
        told = woo.peer.of("KB-2001")
        told["line_items"][0]["subtotal_tax"], told["shipping_tax"], told["total"], told["total_tax"] = "3.62", "0.50", "61.36", "4.12"
        order = found(woo.gateway, "KB-2001")
        assert (order.lines[0].price, order.shipping, order.total) == (Decimal("19.91"), Decimal("5.49"), Decimal("61.36"))

    @pytest.mark.parametrize("link", ["javascript:alert(1)", "", None, 7])
    def test_a_link_that_is_none_is_left_out(self, woo: WooShop, link: object) -> None:
        woo.peer.of("KB-2003")["meta_data"][0]["value"][0]["custom_tracking_link"] = link
        assert found(woo.gateway, "KB-2003").parcels[0].url == ""

    @pytest.mark.parametrize("field", ["billing", "shipping", "line_items", "total", "status", "date_created_gmt", "shipping_total", "currency"])
    def test_an_order_that_lacks_something_is_no_answer(self, woo: WooShop, field: str) -> None:
        del woo.peer.of("KB-2001")[field]
        with pytest.raises(GatewayError):
            woo.gateway.order("KB-2001")


class TestChanging:
    def test_what_woocommerce_cannot_is_not_offered(self, woo: WooShop) -> None:
        assert woo.gateway.capabilities == {Capability.CANCEL, Capability.ADDRESS, Capability.BY_EMAIL}
        with pytest.raises(GatewayError):
            woo.gateway.return_lines(found(woo.gateway, "KB-2003"), "r1", {}, "")

    def test_an_unpaid_order_owes_nothing_and_a_part_that_was_paid_back_is_not_owed_again(self, woo: WooShop) -> None:
        woo.peer.of("KB-2001")["refunds"] = [{"id": 1, "reason": "", "total": "-7.24"}]
        outcome = woo.gateway.cancel(found(woo.gateway, "KB-2001"), "c1", "")
        assert list(outcome.refunds) == [(Decimal("50.00"), "Visa ending 1111")]
        woo.peer.of("KB-2005")["date_paid_gmt"] = None
        assert list(woo.gateway.cancel(found(woo.gateway, "KB-2005"), "c2", "").refunds) == []

    def test_what_was_owed_and_is_paid_is_on_its_way_no_more(self, woo: WooShop) -> None:
        woo.gateway.cancel(found(woo.gateway, "KB-2001"), "c1", "")
        woo.peer.of("KB-2001")["refunds"] = [{"id": 1, "reason": "", "total": "-57.24"}]
        assert [(one.amount, one.done) for one in found(woo.gateway, "KB-2001").payments if one.refund] == [(Decimal("57.24"), True)]

    def test_an_address_that_may_change_the_taxes_is_for_the_staff(self, woo: WooShop) -> None:
        woo.peer.of("KB-2001").update(total_tax="4.12", customer_note="ring twice")
        before = found(woo.gateway, "KB-2001")
        outcome = woo.gateway.change_address(before, "a1", ELSEWHERE)
        assert not outcome.done and woo.gateway.done("a1") == outcome == woo.gateway.change_address(before, "a1", ELSEWHERE)
        told = woo.peer.of("KB-2001")
        assert told["customer_note"].startswith("ring twice\n") and "9 Lake St" in told["customer_note"] and told["total"] == "57.24"
        same_town = replace(before.address, line1="5 Hill Rd")
        assert woo.gateway.change_address(found(woo.gateway, "KB-2001"), "a2", same_town).done

    def test_an_order_that_goes_to_the_address_of_the_bill(self, woo: WooShop) -> None:
        told = woo.peer.of("KB-2001")
        told["shipping"] = dict.fromkeys(told["shipping"], "")
        assert found(woo.gateway, "KB-2001").address.line1 == "4 Hill Rd"
        woo.gateway.change_address(found(woo.gateway, "KB-2001"), "a1", ELSEWHERE)
        assert found(woo.gateway, "KB-2001").address == ELSEWHERE and told["billing"]["address_1"] == "4 Hill Rd"

    def test_a_mark_that_was_spoilt_by_hand_is_none(self, woo: WooShop) -> None:
        woo.peer.of("KB-2001")["meta_data"] = [{"id": 1, "key": "_glasskin_c1", "value": "x"}, {"id": 2, "key": "_glasskin_c2", "value": {"kind": 1}}]
        assert woo.gateway.done("c1") is None and found(woo.gateway, "KB-2001").state is State.OPEN

    def test_a_cancellation_that_a_plugin_undoes_was_not_done(self, woo: WooShop) -> None:
        woo.peer.kept_as_it_was = {"status"}
        order = found(woo.gateway, "KB-2001")
        for _ in range(2):  # asked again it is written again, and still not so
            with pytest.raises(GatewayError) as raised:
                woo.gateway.cancel(order, "c1", "")
            assert raised.type is not NotDone and woo.gateway.done("c1") is None
        still = found(woo.gateway, "KB-2001")
        assert still.state is State.OPEN and not [one for one in still.payments if one.refund]
        woo.peer.kept_as_it_was.clear()
        assert woo.gateway.cancel(order, "c1", "") == woo.gateway.done("c1") and found(woo.gateway, "KB-2001").state is State.CANCELLED

    def test_an_address_that_a_plugin_undoes_was_not_done(self, woo: WooShop) -> None:
        woo.peer.kept_as_it_was = {"shipping"}
        order = found(woo.gateway, "KB-2001")
        for _ in range(2):
            with pytest.raises(GatewayError):
                woo.gateway.change_address(order, "a1", ELSEWHERE)
            assert woo.gateway.done("a1") is None
        woo.peer.kept_as_it_was.clear()
        assert woo.gateway.change_address(order, "a1", ELSEWHERE).done and found(woo.gateway, "KB-2001").address == ELSEWHERE
        woo.peer.of("KB-2001")["shipping"]["city"] = ELSEWHERE.city.upper() + " "
        told = woo.gateway.done("a1")
        assert told is not None and told.done  # the shop may write it in its own way

    def test_a_change_of_another_process_is_read_back(self, woo: WooShop) -> None:
        outcome = woo.gateway.cancel(found(woo.gateway, "KB-2001"), "c1", "")
        other = gateway_to(woo.peer)
        assert other.done("c1") is None
        other._asked._looked_up = lambda key: {"c1": "KB-2001"}.get(key, "")
        assert other.done("c1") == outcome

    def test_a_key_that_only_reads_changes_nothing(self, woo: WooShop) -> None:
        reads = gateway_to(woo.peer, key="ck_reads")
        order = found(reads, "KB-2001")
        with pytest.raises(GatewayError):
            reads.cancel(order, "c1", "")
        assert reads.done("c1") is None and woo.peer.changes == []

    def test_the_new_address_needs_no_second_name(self, woo: WooShop) -> None:
        woo.gateway.change_address(found(woo.gateway, "KB-2001"), "a1", Address("Rosa", "9 Lake St", "", "Albany", "NY", "12203", "US"))
        assert found(woo.gateway, "KB-2001").address.name == "Rosa"


class TestCalling:
    def test_a_read_is_tried_twice_and_a_write_once(self, woo: WooShop) -> None:
        order = found(woo.gateway, "KB-2001")
        woo.peer.faults.set(Fault(503), writes=False, times=1)
        assert woo.gateway.order("KB-2001") == order
        woo.peer.faults.set(Fault(503), writes=True, times=1)
        with pytest.raises(GatewayError):
            woo.gateway.cancel(order, "c1", "")
        assert woo.peer.changes == []

    def test_a_shop_that_is_down_is_left_alone_for_a_moment(self, woo: WooShop) -> None:
        now = [0.0]
        gateway = gateway_to(woo.peer, clock=lambda: now[0])
        woo.peer.faults.set(Fault(500), writes=False)
        for _ in range(3):
            with pytest.raises(GatewayError):
                gateway.order("KB-2001")
        taken = woo.peer.faults._waiting["reads"][1]
        with pytest.raises(GatewayError, match="left alone"):
            gateway.order("KB-2001")
        assert woo.peer.faults._waiting["reads"][1] == taken
        woo.peer.faults.clear()
        now[0] += 11
        assert gateway.order("KB-2001") is not None

    def test_the_key_goes_nowhere_else_and_into_no_message(self, woo: WooShop) -> None:
        client = WooClient("http://127.0.0.1:9", "ck_secret_key", "cs_secret_value")
        with pytest.raises(GatewayError) as raised:
            client.newest()
        assert "secret" not in f"{raised.value!r} {client.http!r} {raised.value.__cause__!r}"
        woo.peer.faults.set(Fault(302), writes=False)
        with pytest.raises(GatewayError, match="302"):
            woo.gateway.order("KB-2001")
