"""The benchmark's shop in our order book, what is written there in the benchmark's terms, and a customer who gives away no more than a
task says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.tau_retail.customer import Customer, in_first_person
from benchmarks.tau_retail.loading import load, restore
from benchmarks.tau_retail.writes import writes_of
from bot.paths import ROOT
from bot.shops.book.gateway import BookGateway
from bot.store.database import Database
from bot.store.policies import load_shop
from bot.store.requests import RequestStore
from bot.support.gateway import State
from bot.support.variants import Swap

HOME = {"address1": "1 Elm St", "address2": "", "city": "Troy", "country": "USA", "state": "NY", "zip": "12180"}
ITEM = {"name": "Lamp", "product_id": "p1", "item_id": "i1", "price": 10.5, "options": {"color": "red"}}
PAID = [{"transaction_type": "payment", "amount": 10.5, "payment_method_id": "paypal_1"}]


def order(number: str, status: str) -> dict[str, object]:
    sent = [{"tracking_id": ["9"], "item_ids": ["i1"]}] if status == "delivered" else []
    return {"order_id": number, "user_id": "ann_1", "address": HOME, "items": [ITEM], "status": status, "fulfillments": sent, "payment_history": PAID}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    variants = {
        key: {"item_id": key, "options": {"color": color}, "available": True, "price": price} for key, color, price in (("i1", "red", 10.5), ("i2", "blue", 8.0))
    }
    user = {
        "user_id": "ann_1", "name": {"first_name": "Ann", "last_name": "Lee"}, "address": HOME, "email": "ann@example.com",
        "payment_methods": {"paypal_1": {"source": "paypal", "id": "paypal_1"}}, "orders": ["#W1111111", "#W2222222"],
    }
    db = {
        "products": {"p1": {"name": "Lamp", "product_id": "p1", "variants": variants}}, "users": {"ann_1": user},
        "orders": {"#W1111111": order("#W1111111", "pending"), "#W2222222": order("#W2222222", "delivered")},
    }
    (tmp_path / "db.json").write_text(json.dumps(db), encoding="utf-8")
    return tmp_path


def test_what_is_done_is_told_in_the_benchmarks_terms_and_undone_between_plays(data: Path) -> None:
    url = f"sqlite:///{data / 'shop.sqlite'}"
    load(data, url)
    database = Database(url)
    gateway, requests = BookGateway(database, leads=True), RequestStore(database)
    pending, there = gateway.order("#W1111111"), gateway.order("#W2222222")
    assert pending is not None and there is not None and there.state is State.DELIVERED
    gateway.cancel(pending, requests.begin("me", "cancel_order").token, "ordered by mistake")
    gateway.exchange(there, requests.begin("me", "change_items").token, [Swap("0", "i2")], "")
    assert writes_of(database, "me") == [
        {"op": "cancel_pending_order", "order_id": "#W1111111", "reason": "ordered by mistake"},
        {"op": "exchange_delivered_order_items", "order_id": "#W2222222", "item_ids": ["i1"], "new_item_ids": ["i2"], "payment_method_id": "paypal_1"},
    ]
    assert writes_of(database, "somebody else") == []
    restore(data, url)
    again = gateway.order("#W1111111")
    assert again is not None and again.state is State.OPEN and writes_of(database, "me") == []
    database.dispose()


def test_its_policy_is_configuration_that_can_be_read() -> None:
    orders = load_shop(ROOT / "benchmarks" / "tau_retail" / "shop.yml").orders
    assert orders is not None and orders.of_customers and orders.change_items_once and orders.returns.once


def test_a_customer_speaks_in_the_first_person_and_agrees_when_asked() -> None:
    assert in_first_person("You want to return your lamp; you'd keep the young plant.") == "I want to return my lamp; I'd keep the young plant."
    customer = Customer({"reason_for_call": "You want to return your lamp. If it is not possible, keep it.", "known_info": "You are Ann Lee in zip code 12180."})
    assert customer.begins() == "I want to return my lamp."
    assert customer.answers("To look that up I need to know who you are.", []) == "I am Ann Lee in zip code 12180."
    assert customer.answers("I would register it. Shall I?", ["Yes, register it"]) == "yes"
