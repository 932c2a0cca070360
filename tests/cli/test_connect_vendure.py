"""`glasskin shop connect check` of a running Vendure shop."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from tests.peers.faults import Fault
from tests.shops.vendure.conftest import vendure, vendure_peer
from tests.shops.vendure.shop import VendureShop

__all__ = ["vendure", "vendure_peer"]


@pytest.fixture
def shop(vendure: VendureShop, monkeypatch: pytest.MonkeyPatch) -> VendureShop:
    """The settings name it."""
    monkeypatch.setenv("ENGINE_URL", f"vendure+{vendure.peer.address}")
    monkeypatch.setenv("ENGINE_KEY", vendure.peer.key)
    return vendure


def test_all_is_there_and_nothing_is_changed(run: Run, shop: VendureShop) -> None:
    before = shop.seen("KB-2001")
    result = run("shop", "connect", "check")
    assert result.exit_code == 0 and "orders can be read" in result.output and "may change orders" in result.output
    assert "cancel, address, return." in result.output and shop.peer.key not in result.output and shop.seen("KB-2001") == before


def test_permissions_that_lack_are_named(run: Run, shop: VendureShop, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, told in ((shop.peer.reads, "only reads"), (shop.peer.catalogue, "whose role has ReadOrder, UpdateOrder"), ("wrong", "ENGINE_KEY: 127.0.0.1 answers HTTP 403")):
        monkeypatch.setenv("ENGINE_KEY", key)
        result = run("shop", "connect", "check")
        assert result.exit_code == 1 and told in result.output and "Traceback" not in result.output


@pytest.mark.parametrize(("fault", "told"), [
    (Fault(404), "has no /admin-api there"), (Fault(301), "sends on to another address"), (Fault(503), "HTTP 503"), (Fault(instead="html"), "it is no Vendure"),
])
def test_a_shop_that_does_not_answer_as_it_should(run: Run, shop: VendureShop, fault: Fault, told: str) -> None:
    shop.peer.faults.set(fault, writes=False)
    result = run("shop", "connect", "check")
    assert result.exit_code == 1 and told in result.output and "ENGINE_URL" in result.output
