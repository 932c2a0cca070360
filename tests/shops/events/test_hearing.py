"""Events are taken from who has the secret alone, over HTTP, and from the running shops of oscar and Vendure."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.channels.shop_events import MOST_BYTES, ShopEvents
from bot.shops.events import shopify, woo
from bot.shops.events.hearing import Hearing
from bot.store.database import Database
from bot.store.importers.base import ImportReport
from bot.store.orders.book import OrderBook
from bot.store.orders.writer import write_orders
from bot.support.places.webhook.signing import HEADER, signed
from tests.channels.serving import running
from tests.peers.woo_orders import woo_order
from tests.shops.events.test_forms import FULFILLMENT, ORDER
from tests.store.conftest import with_tables
from tests.support.conformance import BASE

SECRET = "a secret of sixteen or more"
STATE = {"id": "1", "event": "order.state", "at": "2026-11-21T12:00:00Z", "number": "KB-2001", "state": "packed"}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A book with one order."""
    address = f"sqlite:///{tmp_path / 'shop.sqlite'}"
    with_tables(address)
    made = Database(address)
    write_orders(made, [(0, BASE)], ImportReport())
    yield made
    made.dispose()


@pytest.fixture
def hearing(database: Database) -> Hearing:
    """What takes events for it."""
    return Hearing(database, SECRET, "USD", keeps_orders=True)


def ours(sent: Mapping[str, Any], secret: str = SECRET, at: float | None = None) -> tuple[bytes, dict[str, str]]:
    """An event in our form, signed."""
    body = json.dumps(sent).encode()
    return body, {HEADER: signed(secret, body, int(time.time() if at is None else at))}


def theirs(sent: bytes, headers: Mapping[str, str], name: str, secret: str = SECRET) -> tuple[bytes, dict[str, str]]:
    """An event as Shopify and WooCommerce sign it."""
    return sent, {**headers, name: base64.b64encode(hmac.new(secret.encode(), sent, hashlib.sha256).digest()).decode()}


def by_shopify(topic: str, sent: Mapping[str, Any], when: str, identity: str = "e-1", secret: str = SECRET) -> tuple[bytes, dict[str, str]]:
    """A webhook of Shopify."""
    return theirs(json.dumps(sent).encode(), {"X-Shopify-Topic": topic, "X-Shopify-Event-Id": identity, "X-Shopify-Triggered-At": when}, "X-Shopify-Hmac-Sha256", secret)


def state_in(database: Database) -> str:
    """How far the order is."""
    found = OrderBook(database).by_number("KB-2001")
    assert found is not None
    return found.state


def test_our_own_form(database: Database, hearing: Hearing) -> None:
    assert (hearing.hear(*ours(STATE)).status, state_in(database)) == (200, "packed")
    assert hearing.hear(*ours(STATE)).told == "seen before"
    assert hearing.hear(*ours({**STATE, "id": "2", "at": "2026-11-21T11:59:59Z", "state": "open"})).told == "older than what is known" and state_in(database) == "packed"
    assert [hearing.hear(*ours({**STATE, **more, "id": str(more)})).status for more in ({"number": "KB-1"}, {"state": "gone"}, {"at": "2099-01-01T00:00:00Z"})] == [404, 400, 422]


def test_shopify(database: Database, hearing: Hearing) -> None:
    assert hearing.hear(*by_shopify("fulfillments/create", FULFILLMENT, "2026-11-21T12:00:01Z")).told == "done" and state_in(database) == "shipped"
    assert hearing.hear(*by_shopify("orders/updated", ORDER, "2026-11-21T12:00:00Z", "e-2")).told == "older than what is known"
    assert hearing.hear(*by_shopify("orders/updated", ORDER, "2026-11-21T12:00:02Z", "e-3")).told == "done"


def test_woocommerce(database: Database, hearing: Hearing) -> None:
    sent = {**woo_order(BASE, 501), "status": "cancelled", "date_modified_gmt": "2026-11-21T12:00:00"}
    told = hearing.hear(*theirs(json.dumps(sent).encode(), {woo.TOPIC: "order.updated"}, woo.SIGNATURE))
    assert told.told == "done" and state_in(database) == "cancelled"


def test_orders_that_woocommerce_tells_in_one_second_are_all_taken(database: Database, hearing: Hearing) -> None:
    same = {woo.TOPIC: "order.created", "X-WC-Webhook-Delivery-ID": "one-of-this-second"}
    orders = [{**woo_order(replace(BASE, number=f"KB-{number}"), number), "date_modified_gmt": "2026-11-21T12:00:00"} for number in (3001, 3002, 3002)]
    sent = [json.dumps(one).encode() for one in orders]
    assert [hearing.hear(*theirs(one, same, woo.SIGNATURE)).told for one in sent] == ["done", "done", "seen before"]
    assert all(OrderBook(database).by_number(f"KB-{number}") for number in (3001, 3002))


@pytest.mark.parametrize(("body", "status"), [
    (b"webhook_id=7", 200), (b"webhook_id=", 401), (b"webhook_id=7&x=1", 401), (b"webhook_id=7\n", 401), (b"webhook_id=-7", 401), (b"webhook_id=" + b"7" * 99, 401),
])
def test_the_ping_of_a_new_webhook_of_woocommerce_is_not_signed(hearing: Hearing, body: bytes, status: int) -> None:
    assert hearing.hear(body, {"Content-Type": "application/x-www-form-urlencoded"}).status == status


UNTAKEN: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("fulfillments/create", {**FULFILLMENT, "name": "#KB-1.1"}), ("orders/updated", {**ORDER, "email": "rosa at example"}), ("orders/updated", {}),
    ("products/update", {"variants": 7}), ("customers/redact", {}),
)  # fmt: skip


def test_a_shop_that_would_switch_its_webhook_off_is_answered_well(database: Database, hearing: Hearing, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        for number, (topic, sent) in enumerate(UNTAKEN):
            assert hearing.hear(*by_shopify(topic, sent, "2026-11-21T12:00:01Z", str(number))).status == 200
    assert len(caplog.records) == 4 and "rosa" not in caplog.text and "KB-" not in caplog.text and state_in(database) == "open"


FORGED: Mapping[str, Callable[[], tuple[bytes, dict[str, str]]]] = {
    "none": lambda: (ours(STATE)[0], {}),
    "other secret": lambda: ours(STATE, "another secret of sixteen"),
    "other body": lambda: (ours({**STATE, "state": "cancelled"})[0], ours(STATE)[1]),
    "old": lambda: ours(STATE, at=time.time() - 600),
    "ahead": lambda: ours(STATE, at=time.time() + 600),
    "no number": lambda: (ours(STATE)[0], {HEADER: "t=abc,v1=00"}),
    "not ascii": lambda: (ours(STATE)[0], {HEADER: "t=1,v1=é"}),
    "shopify's, other secret": lambda: by_shopify("orders/updated", ORDER, "2026-11-21T12:00:00Z", secret="another secret of sixteen"),
    "shopify's, empty": lambda: (json.dumps(ORDER).encode(), {shopify.SIGNATURE: "", shopify.TOPIC: "orders/updated"}),
    "woo's, other secret": lambda: theirs(b"{}", {woo.TOPIC: "order.updated"}, woo.SIGNATURE, "another secret of sixteen"),
    "ours in shopify's header": lambda: (ours(STATE)[0], {shopify.SIGNATURE: ours(STATE)[1][HEADER]}),
    "two, the first wrong": lambda: (ours(STATE)[0], {HEADER: "t=1,v1=00", **theirs(ours(STATE)[0], {}, woo.SIGNATURE)[1]}),
}


@pytest.mark.parametrize("name", FORGED)
def test_what_is_not_signed_changes_nothing(database: Database, hearing: Hearing, name: str) -> None:
    assert hearing.hear(*FORGED[name]()).status == 401 and state_in(database) == "open"


NONE = (b"", b"[]", b"7", b"{", b"\xff\xfe", b"[" * 100_000, b'{"event": ' * 20_000, b"null")


def test_what_is_no_event_is_said_to_be_none(hearing: Hearing) -> None:
    for body in NONE:
        assert hearing.hear(body, {HEADER: signed(SECRET, body, int(time.time()))}).status == 400


def test_behind_an_engine_only_stock_is_kept(database: Database) -> None:
    hearing = Hearing(database, SECRET, "USD", keeps_orders=False)
    assert hearing.hear(*ours(STATE)).told == "nothing of this is kept here" and state_in(database) == "open"
    assert hearing.hear(*ours({"id": "2", "event": "stock", "at": STATE["at"], "sku": "none", "stock": 1})).status == 404


def test_over_http(database: Database, hearing: Hearing) -> None:
    body, headers = ours(STATE)
    with running(ShopEvents(hearing)) as server:
        address = f"http://127.0.0.1:{server.port}/webhooks/shop/events"
        assert requests.post(address, data=body, timeout=10).status_code == 401
        assert requests.post(address, data={"webhook_id": "7"}, timeout=10).status_code == 200
        assert requests.post(address, data=b"x" * (MOST_BYTES + 1), headers=headers, timeout=10).status_code == 413
        assert requests.get(address, timeout=10).status_code in (404, 405)
        assert [requests.post(address, data=body, headers=headers, timeout=10).json()["told"] for _ in range(2)] == ["done", "seen before"]


def test_without_a_secret_there_is_no_such_door() -> None:
    assert not ShopEvents().blueprint(None)._future_routes  # type: ignore[arg-type]
