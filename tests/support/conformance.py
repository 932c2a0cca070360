"""What every `OrderGateway` must do. A shop engine's tests subclass `Conformance` and say how a shop with these orders comes to be.

The shop must hold ORDERS, VARIANTS of the toner, and for Rosa the ways to pay CARD and GIFT with 10.00 USD; `gateway` may change them: every test gets a fresh shop.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

import pytest

from bot.store.orders.records import LineRecord, OrderRecord, ParcelRecord, PaymentRecord
from bot.support.gateway import Address, Capability, GatewayError, Moved, Order, OrderGateway, State
from bot.support.variants import Swap

CARD, GIFT = "card_1", "gift_1"
VARIANTS = (("RT-50", "50 ml", 900, True), ("RT-150", "150 ml", 1810, True), ("RT-300", "300 ml", 3000, True), ("RT-500", "500 ml", 4400, False))
"""The variants of the toner: SKU, size, price in cents, whether it can be had."""
EMAIL, OTHER = "rosa@example.com", "someone@example.com"
MOMENT = datetime(2026, 11, 20, 9, 30, tzinfo=timezone.utc)
LINES = (LineRecord("Rice Toner", 2, 1810, "RT-150", options={"size": "150 ml"}), LineRecord("Cica Cream", 1, 1605, "CC-50"))
TOTAL = 2 * 1810 + 1605 + 499
BASE = OrderRecord(
    "KB-2001", EMAIL, MOMENT, "USD", TOTAL, LINES, "open", "Rosa", "Diaz", shipping=499, delivery="Standard", paid_at=MOMENT,
    address={"name": "Rosa Diaz", "line1": "4 Hill Rd", "city": "Albany", "region": "NY", "postcode": "12203", "country": "US"},
    payments=(PaymentRecord(TOTAL, "Visa ending 1111", CARD, at=MOMENT),),
)
SENT = ParcelRecord({0: 2}, "USPS", "9400", "https://carrier.example/9400", MOMENT)
REST = ParcelRecord({1: 1}, "USPS", "9401", "https://carrier.example/9401", MOMENT, delivered_at=MOMENT)
ORDERS = (
    BASE,
    replace(BASE, number="KB-2002", state="shipped", parcels=(SENT, REST)),
    replace(BASE, number="KB-2003", state="delivered", parcels=(replace(SENT, contents={0: 2, 1: 1}, delivered_at=MOMENT),)),
    replace(BASE, number="KB-2004", state="cancelled", cancelled_at=MOMENT, payments=(*BASE.payments, PaymentRecord(TOTAL, "Visa ending 1111", kind="refund", done=False))),
    replace(BASE, number="KB-2005", email=OTHER),
)
ELSEWHERE = Address("Rosa Diaz", "9 Lake St", "Apt 2", "Troy", "NY", "12180", "US")
SUM = Decimal("57.24") - Decimal("4.99")


def needs(gateway: OrderGateway, capability: Capability) -> None:
    """Skips a test of what the engine cannot do by itself."""
    if capability not in gateway.capabilities:
        pytest.skip(f"this shop engine cannot {capability.value}; it becomes a ticket")


class Conformance:
    """The tests; each engine's class gives the fixtures `gateway` and `away` (the same shop, not reachable), and says what its engine
    does not tell: which parcel holds what, when one arrived, and the carrier's link."""

    tells_contents = True
    tells_arrival = True
    tells_link = True

    @pytest.fixture
    def gateway(self) -> Iterator[OrderGateway]:
        """A shop that holds ORDERS."""
        raise NotImplementedError

    @pytest.fixture
    def away(self) -> Iterator[OrderGateway]:
        """A shop that gives no answer."""
        raise NotImplementedError

    def test_an_order_is_found_by_number_and_email(self, gateway: OrderGateway) -> None:
        assert gateway.has_orders()
        for number in ("KB-2001", "#kb-2001", "kb 2001", "kb2001"):
            order = gateway.find(number, " Rosa@Example.com ")
            assert order is not None and order.number == "KB-2001"

    @pytest.mark.parametrize(("number", "email"), [("KB-2001", OTHER), ("KB-2999", EMAIL), ("KB-2005", EMAIL), ("", EMAIL), ("KB-2001", ""), ("%", "%"), ("KB-2001' OR 1=1 --", EMAIL)])
    def test_nothing_else_finds_one(self, gateway: OrderGateway, number: str, email: str) -> None:
        assert gateway.find(number, email) is None

    def test_sums_are_exact_and_everything_is_told(self, gateway: OrderGateway) -> None:
        order = found(gateway, "KB-2001")
        assert (order.state, order.currency, order.total, order.shipping) == (State.OPEN, "USD", Decimal("57.24"), Decimal("4.99"))
        assert [(line.title, line.quantity, line.price, line.sku) for line in order.lines] == [
            ("Rice Toner", 2, Decimal("18.10"), "RT-150"), ("Cica Cream", 1, Decimal("16.05"), "CC-50"),
        ]
        assert order.lines[0].name == "Rice Toner (150 ml)" and order.placed_at == MOMENT
        assert order.address.text == "Rosa Diaz, 4 Hill Rd, Albany, NY 12203, US" and order.paid_by == "Visa ending 1111"
        assert sum(line.price * line.quantity for line in order.lines) + order.shipping - order.discount == order.total

    def test_parcels_say_what_is_in_them(self, gateway: OrderGateway) -> None:
        order = found(gateway, "KB-2002")
        assert order.state is State.SHIPPED and len(order.parcels) == 2
        first, second = order.parcels
        contents = [[order.line(key).title for key in one.lines] for one in order.parcels]
        assert contents == ([["Rice Toner"], ["Cica Cream"]] if self.tells_contents else [[], []])
        assert [one.delivered_at for one in order.parcels] == [None, MOMENT if self.tells_arrival else None]
        assert (first.carrier, first.tracking, first.url) == ("USPS", "9400", "https://carrier.example/9400" if self.tells_link else "")

    def test_a_refund_is_told(self, gateway: OrderGateway) -> None:
        order = found(gateway, "KB-2004")
        refunds = [one for one in order.payments if one.refund]
        assert order.state is State.CANCELLED and [one.amount for one in refunds] == [Decimal("57.24")]

    def test_a_customers_orders(self, gateway: OrderGateway) -> None:
        needs(gateway, Capability.BY_EMAIL)
        assert sorted(gateway.numbers_of("ROSA@example.com")) == ["KB-2001", "KB-2002", "KB-2003", "KB-2004"]
        assert list(gateway.numbers_of("nobody@example.com")) == []

    def test_a_cancellation_is_done_once(self, gateway: OrderGateway) -> None:
        needs(gateway, Capability.CANCEL)
        order = found(gateway, "KB-2001")
        assert gateway.done("c1") is None
        first, again = gateway.cancel(order, "c1", "no longer needed"), gateway.cancel(order, "c1", "no longer needed")
        assert first == again and list(first.refunds) == [(Decimal("57.24"), "Visa ending 1111")]
        after = found(gateway, "KB-2001")
        assert after.state is State.CANCELLED and [one.amount for one in after.payments if one.refund] == [Decimal("57.24")]
        assert gateway.done("c1") == first and found(gateway, "KB-2002").state is State.SHIPPED

    def test_two_at_once_cancel_once(self, gateway: OrderGateway) -> None:
        needs(gateway, Capability.CANCEL)
        order = found(gateway, "KB-2001")
        with ThreadPoolExecutor(4) as several:
            outcomes = list(several.map(lambda _: gateway.cancel(order, "c1", ""), range(4)))
        assert len(set(map(repr, outcomes))) == 1
        assert len([one for one in found(gateway, "KB-2001").payments if one.refund]) == 1

    @pytest.mark.parametrize("number", ["KB-2002", "KB-2003", "KB-2004"])
    def test_what_is_sent_or_cancelled_is_not_cancelled(self, gateway: OrderGateway, number: str) -> None:
        needs(gateway, Capability.CANCEL)
        order = found(gateway, number)
        with pytest.raises(Moved):
            gateway.cancel(order, "c1", "")
        assert found(gateway, number) == order and gateway.done("c1") is None

    def test_an_order_that_changed_since_is_left_alone(self, gateway: OrderGateway) -> None:
        needs(gateway, Capability.CANCEL)
        needs(gateway, Capability.ADDRESS)
        looked_at = found(gateway, "KB-2001")
        gateway.change_address(looked_at, "a1", ELSEWHERE)
        with pytest.raises(Moved):
            gateway.cancel(looked_at, "c1", "")
        assert found(gateway, "KB-2001").state is State.OPEN

    def test_an_address_is_changed(self, gateway: OrderGateway) -> None:
        needs(gateway, Capability.ADDRESS)
        gateway.change_address(found(gateway, "KB-2001"), "a1", ELSEWHERE)
        assert found(gateway, "KB-2001").address == ELSEWHERE
        with pytest.raises(Moved):
            gateway.change_address(found(gateway, "KB-2003"), "a2", ELSEWHERE)

    def test_lines_are_returned_once(self, gateway: OrderGateway) -> None:
        needs(gateway, Capability.RETURN)
        order = found(gateway, "KB-2003")
        toner, cream = order.lines
        outcome = gateway.return_lines(order, "r1", {toner.key: 1}, "unopened")
        assert outcome == gateway.return_lines(order, "r1", {toner.key: 1}, "unopened")
        assert list(outcome.refunds) == [(Decimal("18.10"), "Visa ending 1111")]
        after = found(gateway, "KB-2003")
        assert [line.returned for line in after.lines] == [1, 0] and [one.refund for one in after.returns] == [Decimal("18.10")]
        gateway.return_lines(after, "r2", {toner.key: 1, cream.key: 1}, "")
        assert [line.returned for line in found(gateway, "KB-2003").lines] == [2, 1]

    @pytest.mark.parametrize("lines", [{"0": 3}, {"7": 1}, {"0": 0}])
    def test_no_more_comes_back_than_was_sent(self, gateway: OrderGateway, lines: dict[str, int]) -> None:
        needs(gateway, Capability.RETURN)
        order = found(gateway, "KB-2003")
        keys = {line.key if (line := dict(enumerate(order.lines)).get(int(place))) else "77": count for place, count in lines.items()}
        with pytest.raises(Moved):
            gateway.return_lines(order, "r1", keys, "")
        assert found(gateway, "KB-2003") == order

    def test_what_was_not_sent_is_not_returned(self, gateway: OrderGateway) -> None:
        needs(gateway, Capability.RETURN)
        order = found(gateway, "KB-2001")
        with pytest.raises(Moved):
            gateway.return_lines(order, "r1", {order.lines[0].key: 1}, "")

    def test_all_variants_are_told(self, gateway: OrderGateway) -> None:
        needs(gateway, Capability.VARIANTS)
        toner = found(gateway, "KB-2001").lines[0]
        told = [(one.sku, one.options["size"], one.price, one.available) for one in gateway.variants(toner, "USD")]
        assert told == [(sku, size, Decimal(price) / 100, there) for sku, size, price, there in VARIANTS]

    def test_items_change_once_with_the_difference(self, gateway: OrderGateway) -> None:
        needs(gateway, Capability.ITEMS)
        order = found(gateway, "KB-2001")
        swaps = [Swap(order.lines[0].key, "RT-50", 2)]
        first, again = gateway.change_items(order, "i1", swaps, ""), gateway.change_items(order, "i1", swaps, "")
        assert first == again and list(first.refunds) == [(Decimal("18.20"), "Visa ending 1111")]
        after = found(gateway, "KB-2001")
        assert (after.lines[0].sku, after.total, after.items_changed) == ("RT-50", Decimal("39.04"), True)

    @pytest.mark.parametrize(("sku", "method"), [("RT-500", ""), ("CC-50", ""), ("none", ""), ("RT-300", GIFT), ("RT-300", "nobody's")])
    def test_what_cannot_be_had_or_paid_is_not_changed(self, gateway: OrderGateway, sku: str, method: str) -> None:
        needs(gateway, Capability.ITEMS)
        order = found(gateway, "KB-2001")
        with pytest.raises(Moved):
            gateway.change_items(order, "i1", [Swap(order.lines[0].key, sku, 2)], method)
        assert found(gateway, "KB-2001") == order and gateway.done("i1") is None

    def test_an_exchange_is_registered_once(self, gateway: OrderGateway) -> None:
        needs(gateway, Capability.EXCHANGE)
        order = found(gateway, "KB-2003")
        swaps = [Swap(order.lines[0].key, "RT-50", 1)]
        gateway.exchange(order, "e1", swaps, GIFT)
        gateway.exchange(order, "e1", swaps, GIFT)
        after = found(gateway, "KB-2003")
        assert [(one.exchange, one.refund, one.method) for one in after.returns] == [(True, Decimal("9.10"), "gift card")]
        with pytest.raises(Moved):
            gateway.exchange(after, "e2", [Swap(order.lines[0].key, "RT-50", 2)], GIFT)

    def test_another_way_to_pay_must_cover_it(self, gateway: OrderGateway) -> None:
        needs(gateway, Capability.PAYMENT)
        order = found(gateway, "KB-2001")
        for method in (GIFT, CARD, ""):
            with pytest.raises(Moved):
                gateway.change_payment(order, f"p{method}", method)
        assert found(gateway, "KB-2001") == order

    def test_a_refund_to_a_gift_card_is_registered(self, gateway: OrderGateway) -> None:
        needs(gateway, Capability.RETURN)
        order = found(gateway, "KB-2003")
        if Capability.PAYMENT not in gateway.capabilities:  # an engine that keeps no ways to pay takes none of them for another
            with pytest.raises(Moved):
                gateway.return_lines(order, "r1", {order.lines[1].key: 1}, "", GIFT)
            return
        assert list(gateway.return_lines(order, "r1", {order.lines[1].key: 1}, "", GIFT).refunds) == [(Decimal("16.05"), "gift card")]

    def test_a_customer_is_found_and_their_address_changed_once(self, gateway: OrderGateway) -> None:
        needs(gateway, Capability.CUSTOMER)
        rosa = gateway.customer_by_email("ROSA@example.com")
        assert rosa is not None and rosa == gateway.customer(rosa.key) and {one.key for one in rosa.methods} == {CARD, GIFT}
        assert gateway.customer_by_email("nobody@example.com") is None and gateway.customer_by_name("Rosa Diaz", "99999") is None
        gateway.change_customer_address(rosa, "a1", ELSEWHERE)
        gateway.change_customer_address(rosa, "a1", ELSEWHERE)
        after = gateway.customer(rosa.key)
        assert after is not None and after.address == ELSEWHERE and found(gateway, "KB-2001").address != ELSEWHERE
        with pytest.raises(Moved):
            gateway.change_customer_address(rosa, "a2", rosa.address)

    def test_a_shop_that_is_away_is_told_as_such(self, away: OrderGateway) -> None:
        calls: list[Any] = [lambda: away.find("KB-2001", EMAIL), lambda: away.order("KB-2001"), away.has_orders, lambda: away.done("k")]
        for call in calls:
            with pytest.raises(GatewayError):
                call()


def found(gateway: OrderGateway, number: str) -> Order:
    """The order of a number, which must be there."""
    order = gateway.order(number)
    assert order is not None, number
    return order
