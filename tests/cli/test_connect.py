"""`glasskin shop connect check` names what is missing, a line for each thing, and shows no key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.conftest import Run
from tests.peers.faults import Fault
from tests.peers.shopify import TOKEN
from tests.peers.woo import KEY, READ_ONLY, SECRET, WooPeer
from tests.peers.woo_orders import woo_order
from tests.shops.shopify.conftest import shopify, shopify_peer
from tests.shops.shopify.shop import ShopifyShop
from tests.support.conformance import BASE

__all__ = ["shopify", "shopify_peer"]


@pytest.fixture
def peer() -> Iterator[WooPeer]:
    """A WooCommerce with an order."""
    made = WooPeer().put(woo_order(BASE, 501)).start()
    yield made
    made.stop()


@pytest.fixture
def chosen(peer: WooPeer, monkeypatch: pytest.MonkeyPatch) -> WooPeer:
    """The settings name it."""
    monkeypatch.setenv("ENGINE_URL", f"woocommerce+{peer.address}")
    monkeypatch.setenv("ENGINE_KEY", f"{KEY}:{SECRET}")
    return peer


def test_all_is_there(run: Run, chosen: WooPeer) -> None:
    result = run("shop", "connect", "check")
    assert result.exit_code == 0 and "mend" not in result.output
    assert "orders can be read" in result.output and "cancel, address" in result.output and SECRET not in result.output
    assert chosen.changes == []


def test_without_an_engine_the_own_book_is_named(run: Run) -> None:
    result = run("shop", "connect", "check")
    assert result.exit_code == 0 and "own order book, which holds 0" in result.output


@pytest.mark.parametrize(("key", "told"), [
    (f"{KEY}:wrong", "ENGINE_KEY: 127.0.0.1 answers HTTP 401 (woocommerce_rest_authentication_error)"),
    (f"ck_none:{SECRET}", "ENGINE_KEY: 127.0.0.1 answers HTTP 401"),
    (f"{READ_ONLY}:{SECRET}", "only reads"), ("ck_alone", "WooCommerce makes two keys"), ("", "ENGINE_KEY is empty"),
])
def test_a_key_that_does_not_do(run: Run, chosen: WooPeer, monkeypatch: pytest.MonkeyPatch, key: str, told: str) -> None:
    monkeypatch.setenv("ENGINE_KEY", key)
    result = run("shop", "connect", "check")
    assert result.exit_code == 1 and told in result.output and "Traceback" not in result.output
    assert SECRET not in result.output and "wrong" not in result.output and "ck_alone" not in result.output


@pytest.mark.parametrize(("fault", "told"), [
    (Fault(404), "no interface of WooCommerce"), (Fault(301), "sends on to another address"), (Fault(503), "HTTP 503"),
    (Fault(instead="html"), "it is no WooCommerce"), (Fault(instead="cut"), "gives no answer"),
])
def test_a_shop_that_does_not_answer_as_it_should(run: Run, chosen: WooPeer, fault: Fault, told: str) -> None:
    chosen.faults.set(fault, writes=False)
    result = run("shop", "connect", "check")
    assert result.exit_code == 1 and told in result.output and "ENGINE_URL" in result.output


def test_a_shop_that_is_away(run: Run, chosen: WooPeer) -> None:
    chosen.stop()
    result = run("shop", "connect", "check")
    assert result.exit_code == 1 and "ENGINE_URL: 127.0.0.1 gives no answer" in result.output


def test_an_order_without_an_email_is_worth_a_look(run: Run, chosen: WooPeer) -> None:
    chosen.orders[501]["billing"]["email"] = ""
    result = run("shop", "connect", "check")
    assert result.exit_code == 0 and "has no e-mail address" in result.output


@pytest.mark.parametrize(("url", "told"), [
    ("magento+https://shop.example", "write the engine in front"), ("https://shop.example", "write the engine in front"),
    ("woocommerce+shop.example", "write it as"),
    ("woocommerce+http://shop.example", "must be https"), ("woocommerce+https://me:pw@shop.example", "the key into ENGINE_KEY"),
])
def test_an_address_that_is_none(run: Run, monkeypatch: pytest.MonkeyPatch, url: str, told: str) -> None:
    monkeypatch.setenv("ENGINE_URL", url)
    result = run("shop", "connect", "check")
    assert result.exit_code == 1 and told in result.output and "me:pw" not in result.output


class TestShopify:
    @pytest.fixture
    def shop(self, shopify: ShopifyShop, monkeypatch: pytest.MonkeyPatch) -> ShopifyShop:
        """The settings name it."""
        monkeypatch.setenv("ENGINE_URL", f"shopify+{shopify.peer.address}")
        monkeypatch.setenv("ENGINE_KEY", TOKEN)
        return shopify

    def test_all_is_there(self, run: Run, shop: ShopifyShop) -> None:
        result = run("shop", "connect", "check")
        assert result.exit_code == 0 and "cancel, address, return." in result.output and "last 60 days" in result.output and TOKEN not in result.output

    def test_returns_without_their_scope_are_worth_a_look(self, run: Run, shop: ShopifyShop) -> None:
        shop.peer.open([], scopes=["read_orders", "write_orders"])
        result = run("shop", "connect", "check")
        assert result.exit_code == 0 and "Without the scope write_returns" in result.output and "Tickets for the team: return" in result.output

    @pytest.mark.parametrize(("scopes", "told"), [
        (["read_products"], "lacks the scope read_orders and write_orders"), (["read_orders"], "lacks the scope write_orders"),
        ([], "lacks the scope read_orders"),
    ])
    def test_scopes_that_lack_are_named(self, run: Run, shop: ShopifyShop, scopes: list[str], told: str) -> None:
        shop.peer.open([], scopes=scopes)
        result = run("shop", "connect", "check")
        assert result.exit_code == 1 and told in result.output

    def test_hidden_emails_are_named(self, run: Run, shop: ShopifyShop) -> None:
        for number in ("KB-2001", "KB-2002", "KB-2003", "KB-2004", "KB-2005"):
            shop.edit(number, email=None)
        result = run("shop", "connect", "check")
        assert result.exit_code == 1 and "protected customer data" in result.output

    @pytest.mark.parametrize(("key", "told"), [("shpat_other", "ENGINE_KEY: 127.0.0.1 answers HTTP 401"), ("ck_1:cs_2", "access token of a custom app")])
    def test_a_token_that_does_not_do(self, run: Run, shop: ShopifyShop, monkeypatch: pytest.MonkeyPatch, key: str, told: str) -> None:
        monkeypatch.setenv("ENGINE_KEY", key)
        result = run("shop", "connect", "check")
        assert result.exit_code == 1 and told in result.output and key not in result.output
