"""`glasskin shop connect check` of a running django-oscar shop."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from tests.peers.faults import Fault
from tests.peers.oscar import KEY
from tests.shops.oscar.conftest import oscar, oscar_peer
from tests.shops.oscar.shop import OscarShop

__all__ = ["oscar", "oscar_peer"]


@pytest.fixture
def shop(oscar: OscarShop, monkeypatch: pytest.MonkeyPatch) -> OscarShop:
    """The settings name it."""
    monkeypatch.setenv("ENGINE_URL", f"oscar+{oscar.peer.address}")
    monkeypatch.setenv("ENGINE_KEY", KEY)
    return oscar


def test_all_is_there(run: Run, shop: OscarShop) -> None:
    result = run("shop", "connect", "check")
    assert result.exit_code == 0 and "orders can be read" in result.output and "cancel, address, return." in result.output and KEY not in result.output


@pytest.mark.parametrize(("key", "told"), [("x" * 40, "ENGINE_KEY: 127.0.0.1 answers HTTP 401 (key)"), ("short", "32 characters"), ("", "ENGINE_KEY is empty")])
def test_a_key_that_does_not_do(run: Run, shop: OscarShop, monkeypatch: pytest.MonkeyPatch, key: str, told: str) -> None:
    monkeypatch.setenv("ENGINE_KEY", key)
    result = run("shop", "connect", "check")
    assert result.exit_code == 1 and told in result.output and "Traceback" not in result.output


@pytest.mark.parametrize(("fault", "told"), [
    (Fault(404), "Install the app of deploy/oscar"), (Fault(301), "sends on to another address"), (Fault(503), "HTTP 503"), (Fault(instead="html"), "Install the app"),
    (Fault(instead='{"interface": "glasskin-orders", "version": 2}'), "not as version 1"),
])
def test_a_shop_that_does_not_answer_as_it_should(run: Run, shop: OscarShop, fault: Fault, told: str) -> None:
    shop.peer.faults.set(fault, writes=False)
    result = run("shop", "connect", "check")
    assert result.exit_code == 1 and told in result.output and "ENGINE_URL" in result.output


def test_an_order_without_an_email_is_worth_a_look(run: Run, shop: OscarShop) -> None:
    for number in range(2001, 2006):
        shop.peer.steer(do="edit", number=f"KB-{number}", fields={"guest_email": ""})
    result = run("shop", "connect", "check")
    assert result.exit_code == 0 and "has no e-mail address" in result.output
