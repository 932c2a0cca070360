"""What Shopify, WooCommerce and our own form tell, as their documentation has it, and what is no event."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

import pytest

from bot.shops.events import own, shopify, woo
from bot.shops.events.form import Unusable, moment_of
from bot.store.shop_events.told import OrderTold, ParcelTold, StateTold, StockTold
from tests.peers.woo_orders import woo_order
from tests.support.conformance import ORDERS

AT = datetime(2026, 11, 21, 12, 0, tzinfo=timezone.utc)
SHOPIFY = {shopify.EVENT: "e-1", shopify.WHEN: "2026-11-21T12:00:00.123456789Z"}
FULFILLMENT: dict[str, Any] = {
    "id": 255858046, "name": "#KB-2001.1", "order_id": 4501, "status": "success", "created_at": "2026-11-21T06:30:00-05:00",
    "updated_at": "2026-11-21T12:00:00Z", "tracking_company": "USPS", "tracking_number": "9400", "tracking_url": "https://carrier.example/9400",
    "shipment_status": None, "line_items": [{"id": 71, "sku": "RT-150", "quantity": 2}],
}  # fmt: skip
ORDER: dict[str, Any] = {
    "id": 4501, "name": "#KB-2001", "email": "Rosa@Example.com", "created_at": "2026-11-20T04:30:00-05:00", "updated_at": "2026-11-21T12:00:00Z",
    "processed_at": "2026-11-20T04:30:00-05:00", "cancelled_at": None, "currency": "USD", "financial_status": "paid", "fulfillment_status": "partial",
    "total_price": "57.24", "total_tax": "0.00", "total_discounts": "0.00", "total_shipping_price_set": {"shop_money": {"amount": "4.99", "currency_code": "USD"}},
    "payment_gateway_names": ["shopify_payments"], "shipping_lines": [{"title": "Standard"}],
    "shipping_address": {"name": "Rosa Diaz", "address1": "4 Hill Rd", "address2": None, "city": "Albany", "province_code": "NY", "zip": "12203", "country_code": "US"},
    "line_items": [
        {"id": 71, "title": "Rice Toner", "variant_title": "150 ml", "sku": "RT-150", "quantity": 2, "current_quantity": 2, "price": "18.10"},
        {"id": 72, "title": "Cica Cream", "variant_title": None, "sku": "CC-50", "quantity": 1, "current_quantity": 1, "price": "16.05"},
    ],
    "fulfillments": [FULFILLMENT], "refunds": [],
}  # fmt: skip

@pytest.mark.parametrize(("told", "microseconds"), [
    ("2026-11-21T12:00:00.123456789Z", 123456), ("2026-11-21T07:00:00.123456789-05:00", 123456), ("2026-11-21T12:00:00.5Z", 500_000),
    ("2026-11-21T17:30:00.12+05:30", 120_000), ("2026-11-21T12:00:00.000Z", 0), ("2026-11-21T12:00:00Z", 0), ("2026-11-21 07:00:00-05:00", 0),
])
def test_a_moment_has_as_many_decimals_as_it_likes(told: str, microseconds: int) -> None:
    assert moment_of(told) == AT.replace(microsecond=microseconds)


@pytest.mark.parametrize("told", [
    "2026-11-21T12:00:00.5", "2026-11-21T12:00:00.123456789", "2026-11-21T12:00:00.1.2Z", "2026-11-21T12:00:00.5ZZ",
    "2026-11-21T12:00:00." + "1" * 30 + "Z", "2026-11-21T12:00:00.١Z", "Z", "", None, 7,
])
def test_what_is_no_moment_or_names_no_zone(told: Any) -> None:
    with pytest.raises(Unusable):
        moment_of(told)


class TestShopify:
    def told(self, topic: str, sent: dict[str, Any]) -> list[Any]:
        """What is told by a webhook."""
        return [one.what for one in shopify.events_of(sent, {**SHOPIFY, shopify.TOPIC: topic})]

    def test_an_order(self) -> None:
        (event,) = shopify.events_of(ORDER, {**SHOPIFY, shopify.TOPIC: "orders/updated"})
        assert event.at == datetime(2026, 11, 21, 12, 0, 0, 123456, tzinfo=timezone.utc) and isinstance(event.what, OrderTold)
        record = event.what.record
        assert (record.number, record.email, record.state, record.total, record.shipping) == ("KB-2001", "rosa@example.com", "shipped", 5724, 499)
        assert [(one.title, one.quantity, one.price, one.sku, dict(one.options)) for one in record.lines] == [
            ("Rice Toner", 2, 1810, "RT-150", {"option": "150 ml"}), ("Cica Cream", 1, 1605, "CC-50", {}),
        ]  # fmt: skip
        (parcel,) = record.parcels
        assert (dict(parcel.contents), parcel.carrier, parcel.tracking, parcel.delivered_at) == ({0: 2}, "USPS", "9400", None)
        assert record.address["region"] == "NY" and [(one.amount, one.method) for one in record.payments] == [(5724, "shopify_payments")]

    def test_one_that_was_cancelled_and_paid_back(self) -> None:
        back = {"transactions": [{"kind": "refund", "amount": "57.24"}, {"kind": "void", "amount": "1.00"}]}
        (told,) = self.told("orders/cancelled", {**ORDER, "cancelled_at": "2026-11-21T12:00:00Z", "fulfillments": [], "refunds": [back]})
        assert told.record.state == "cancelled" and told.record.cancelled_at == AT and [one.amount for one in told.record.payments] == [5724, 5724]

    def test_what_was_taken_out_of_it_is_in_it_no_more(self) -> None:
        lines = [ORDER["line_items"][0], {**ORDER["line_items"][1], "current_quantity": 0}]
        (told,) = self.told("orders/edited", {**ORDER, "line_items": lines})
        assert [one.sku for one in told.record.lines] == ["RT-150"]

    def test_a_parcel(self) -> None:
        (told,) = self.told("fulfillments/create", FULFILLMENT)
        assert isinstance(told, ParcelTold) and told.number == "#KB-2001" and told.skus == {"RT-150": 2} and told.parcel.shipped_at is not None
        (told,) = self.told("fulfillments/update", {**FULFILLMENT, "shipment_status": "delivered"})
        assert told.parcel.delivered_at == AT
        assert self.told("fulfillments/update", {**FULFILLMENT, "status": "cancelled"}) == []
        (told,) = self.told("fulfillments/create", {**FULFILLMENT, "tracking_url": "javascript:alert(1)"})
        assert told.parcel.url == ""

    def test_stock(self) -> None:
        variants = [
            {"sku": "RT-150", "inventory_quantity": 7, "inventory_management": "shopify"}, {"sku": "RT-50", "inventory_quantity": -2, "inventory_management": "shopify"},
            {"sku": "", "inventory_quantity": 1, "inventory_management": "shopify"}, {"sku": "RT-300", "inventory_quantity": 0, "inventory_management": None},
        ]  # fmt: skip
        events = shopify.events_of({"variants": variants}, {**SHOPIFY, shopify.TOPIC: "products/update"})
        assert [one.what for one in events] == [StockTold("RT-150", 7), StockTold("RT-50", 0)] and len({one.id for one in events}) == 2

    def test_other_topics_tell_nothing(self) -> None:
        assert self.told("customers/update", {}) == [] and shopify.events_of(ORDER, {}) == []

    @pytest.mark.parametrize("field", ["name", "created_at", "currency", "line_items", "email", "total_price"])
    def test_an_order_that_lacks_something_is_none(self, field: str) -> None:
        for broken in ({name: value for name, value in ORDER.items() if name != field}, {**ORDER, field: None}, {**ORDER, field: []}):
            with pytest.raises(Unusable):
                self.told("orders/updated", broken)

    @pytest.mark.parametrize("value", [float("inf"), float("nan"), "Infinity"])
    def test_what_cannot_be_counted_is_none(self, value: object) -> None:
        variant = {"sku": "RT-150", "inventory_quantity": value, "inventory_management": "shopify"}
        line = {**ORDER["line_items"][0], "current_quantity": value}
        parcel = {**FULFILLMENT, "line_items": [{"sku": "RT-150", "quantity": value}]}
        back = {"transactions": [{"kind": "refund", "amount": value}]}
        for topic, sent in (
            ("products/update", {"variants": [variant]}), ("orders/updated", {**ORDER, "line_items": [line]}), ("fulfillments/create", parcel),
            ("orders/updated", {**ORDER, "refunds": [back]}), ("orders/updated", {**ORDER, "total_price": value}),
        ):  # fmt: skip
            with pytest.raises(Unusable):
                self.told(topic, sent)

    def test_one_without_an_id_or_a_moment_is_none(self) -> None:
        for lacking in (shopify.EVENT, shopify.WHEN):
            headers = {**SHOPIFY, shopify.TOPIC: "orders/updated"}
            del headers[lacking]
            with pytest.raises(Unusable):
                shopify.events_of({**ORDER, "updated_at": None}, headers)


class TestWoo:
    def told(self, topic: str, sent: dict[str, Any]) -> list[Any]:
        """What is told by a webhook."""
        return [one.what for one in woo.events_of({"id": 9, "date_modified_gmt": "2026-11-21T12:00:00", **sent}, {woo.TOPIC: topic})]

    def test_orders(self) -> None:
        for place, record in enumerate(ORDERS):
            (told,) = self.told("order.updated", woo_order(record, 501 + place))
            found = told.record
            assert (found.number, found.email, found.total, found.shipping) == (record.number, record.email, record.total, record.shipping)
            assert [(one.title, one.quantity, one.price, one.sku) for one in found.lines] == [(one.title, one.quantity, one.price, one.sku) for one in record.lines]
            assert found.state == record.state and found.address["city"] == "Albany"

    def test_the_state_of_a_plugin_that_is_not_known_is_not_taken(self) -> None:
        with pytest.raises(Unusable):
            self.told("order.updated", {**woo_order(ORDERS[0], 501), "status": "wrapping"})
        assert self.told("order.updated", {**woo_order(ORDERS[0], 501), "status": "checkout-draft"}) == []

    def test_stock(self) -> None:
        assert self.told("product.updated", {"sku": "RT-150", "stock_quantity": 7}) == [StockTold("RT-150", 7)]
        assert self.told("product.updated", {"sku": "RT-150", "stock_quantity": None}) == [] and self.told("coupon.updated", {}) == []

    @pytest.mark.parametrize("field", ["billing", "shipping", "line_items", "total", "status", "date_created_gmt", "shipping_total", "currency", "number"])
    def test_an_order_that_lacks_something_is_none(self, field: str) -> None:
        whole = woo_order(ORDERS[0], 501)
        for broken in ({name: value for name, value in whole.items() if name != field}, {**whole, field: None}):
            with pytest.raises(Unusable):
                self.told("order.updated", broken)

    @pytest.mark.parametrize(("field", "value"), [("quantity", 0), ("quantity", float("inf")), ("subtotal", "Infinity"), ("subtotal", "1e999999")])
    def test_an_order_that_cannot_be_counted_is_none(self, field: str, value: object) -> None:
        whole = woo_order(ORDERS[0], 501)
        with pytest.raises(Unusable):
            self.told("order.updated", {**whole, "line_items": [{**whole["line_items"][0], field: value}]})
        with pytest.raises(Unusable):
            self.told("product.updated", {"sku": "RT-150", "stock_quantity": float("inf")})

    def test_what_is_sent_again_has_the_same_id_and_nothing_else_has(self) -> None:
        whole = {**woo_order(ORDERS[0], 501), "date_modified_gmt": "2026-11-21T12:00:00"}
        sent = [("order.created", whole), ("order.updated", whole), ("order.updated", {**whole, "id": 502}), ("order.updated", {**whole, "status": "cancelled"})]
        ids = [[woo.events_of(one, {woo.TOPIC: topic})[0].id for topic, one in sent] for _ in range(2)]
        assert ids[0] == ids[1] and len({*ids[0]}) == len(sent)


class TestOwn:
    def told(self, **sent: Any) -> Any:
        """What is told."""
        (event,) = own.events_of({"id": "1", "at": "2026-11-21T12:00:00Z", **sent}, "USD")
        assert event.at == AT
        return event.what

    def test_an_order_has_the_columns_of_the_plain_list(self) -> None:
        order = {"number": "KB-2001", "email": "rosa@example.com", "placed": "2026-11-20T09:30:00+00:00", "currency": "USD", "total": "57.24", "shipping": 4.99}
        lines = [{"title": "Rice Toner", "sku": "RT-150", "quantity": 2, "price": "18.10", "tracking": "9400", "shipped": "2026-11-21"}, {"title": "Cica Cream", "price": "16.05"}]
        record = self.told(event="order", order=order, lines=lines).record
        assert (record.number, record.total, record.state, len(record.lines), record.parcels[0].tracking) == ("KB-2001", 5724, "shipped", 2, "9400")

    def test_states_parcels_and_stock(self) -> None:
        assert self.told(event="order.state", number="KB-2001", state="packed") == StateTold("KB-2001", "packed")
        told = self.told(event="shipment", number="KB-2001", carrier="USPS", tracking="9400", shipped="2026-11-21T12:00:00Z", expected="2026-11-24", skus={"RT-150": 2})
        assert told.parcel.shipped_at == AT and told.parcel.expected_on == date(2026, 11, 24) and told.skus == {"RT-150": 2}
        assert self.told(event="stock", sku="RT-150", stock=0) == StockTold("RT-150", 0)

    @pytest.mark.parametrize("sent", [
        {}, {"event": "pay"}, {"event": "stock", "sku": "A"}, {"event": "stock", "sku": "A", "stock": -1}, {"event": "stock", "sku": "A", "stock": True},
        {"event": "stock", "sku": "A", "stock": "7"}, {"event": "stock", "sku": "A" * 101, "stock": 1}, {"event": "stock", "sku": "", "stock": 1},
        {"event": "order.state", "number": "KB-1", "state": "gone"}, {"event": "order.state", "state": "open"}, {"event": "order.state", "number": "#", "state": "open"},
        {"event": "shipment", "number": "KB-1", "url": "javascript:alert(1)"}, {"event": "shipment", "number": "KB-1", "skus": {"A": 0}},
        {"event": "shipment", "number": "KB-1", "skus": ["A"]}, {"event": "shipment", "number": "KB-1", "shipped": "yesterday"},
        {"event": "order"}, {"event": "order", "order": {}, "lines": []}, {"event": "order", "order": {}, "lines": [1]},
        {"event": "order", "order": {"number": "1", "email": "nobody", "placed": "2026-11-20"}, "lines": [{"title": "x", "price": "1"}]},
        {"event": "stock", "sku": "A", "stock": 1, "at": "2026-11-21T12:00:00"}, {"event": "stock", "sku": "A", "stock": 1, "at": None},
        {"event": "stock", "sku": "A", "stock": 1, "id": 7}, {"event": "stock", "sku": "A", "stock": 1, "id": "x" * 201},
    ])
    def test_what_is_none(self, sent: dict[str, Any]) -> None:
        with pytest.raises(Unusable):
            own.events_of({"id": "1", "at": "2026-11-21T12:00:00Z", **sent}, "USD")
