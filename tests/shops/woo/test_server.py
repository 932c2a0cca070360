"""The running assistant with a WooCommerce shop behind it, chosen by two settings."""

from __future__ import annotations

import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
import requests

from tests.conftest import free_port, running_server, without_codes
from tests.peers.faults import Fault
from tests.peers.woo import KEY, SECRET
from tests.shops.woo.shop import WooShop
from tests.support.conformance import EMAIL


@pytest.fixture(scope="module")
def woo() -> Iterator[WooShop]:
    """The shop."""
    made = WooShop()
    yield made
    made.peer.stop()


@pytest.fixture(scope="module")
def address(woo: WooShop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The assistant that answers for it."""
    folder, port = tmp_path_factory.mktemp("woo"), free_port()
    chosen = {"ENGINE_URL": f"woocommerce+{woo.peer.address}", "ENGINE_KEY": f"{KEY}:{SECRET}"}
    with running_server(folder, port, SHOP=str(without_codes(folder)), **chosen):
        yield f"http://127.0.0.1:{port}"
    said = (folder / "log").read_text(encoding="utf-8")
    assert SECRET not in said and EMAIL not in said and "KB-2001" not in said


class Talk:
    """A conversation over REST."""

    def __init__(self, address: str) -> None:
        self._address, self._sender = address, uuid4().hex

    def say(self, text: str) -> str:
        """What is replied."""
        answer = requests.post(f"{self._address}/webhooks/rest/webhook", json={"sender": self._sender, "message": text}, timeout=30)
        assert answer.status_code == 200, answer.text
        return " ".join(reply.get("text", "") for reply in answer.json())


def test_an_order_is_proved_its_status_told_and_cancelled(address: str, woo: WooShop) -> None:
    talk = Talk(address)
    assert "number" in talk.say("where is my order?")
    status = talk.say(f"KB-2001 and {EMAIL}")
    assert "KB-2001" in status and "has not left the shop yet" in status
    shown = talk.say("please cancel it")
    assert "57.24 USD to Visa ending 1111" in shown and woo.peer.of("KB-2001")["status"] == "processing"
    done = talk.say("yes")
    assert "is cancelled" in done and woo.peer.of("KB-2001")["status"] == "cancelled"
    assert "that is done" in talk.say("is it cancelled?") and len(woo.peer.changes) == 1


def test_a_parcel_on_its_way(address: str) -> None:
    told = Talk(address).say(f"where is my order KB-2003? {EMAIL}")
    assert "on its way" in told or "was delivered" in told
    assert "https://carrier.example/9400" in told


def test_a_stranger_is_told_nothing(address: str) -> None:
    began = time.monotonic()
    told = Talk(address).say("where is my order KB-2001? somebody@example.com")
    assert "can't find an order with this number and this e-mail" in told and "cancelled" not in told and time.monotonic() - began >= 0.6


def test_a_shop_that_is_down_is_said(address: str, woo: WooShop) -> None:
    woo.peer.faults.set(Fault(503), writes=False)
    try:
        assert "can't reach the shop's orders" in Talk(address).say(f"where is my order KB-2002? {EMAIL}")
    finally:
        woo.peer.faults.clear()
