"""The settings choose the engine, and the owner's policy is kept to what it can look up by."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError
from bot.shops.book.gateway import BookGateway
from bot.shops.chosen import Engine, gateway_of, provable
from bot.shops.oscar.gateway import OscarGateway
from bot.shops.shopify.gateway import ShopifyGateway
from bot.shops.vendure.gateway import VendureGateway
from bot.shops.woo.gateway import WooGateway
from bot.store.database import Database
from bot.store.order_policy import OrderPolicy, Way
from bot.store.requests import RequestStore
from tests.store.conftest import with_tables


def chosen(url: str = "", key: str = "") -> Settings:
    """Settings of an engine."""
    return Settings(engine_url=url, engine_key=key)


@pytest.mark.parametrize(("url", "key", "kind"), [
    ("", "", BookGateway), ("woocommerce+https://shop.example/", "ck_1:cs_2", WooGateway), ("shopify+https://moonjar.myshopify.com", "shpat_1", ShopifyGateway),
    ("oscar+https://shop.example", "k" * 32, OscarGateway), ("vendure+https://api.shop.example", "a:b", VendureGateway),
])
def test_two_lines_choose_it(tmp_path: Path, url: str, key: str, kind: type) -> None:
    database = Database(f"sqlite:///{tmp_path / 'shop.sqlite'}")
    assert isinstance(gateway_of(chosen(url, key), database, OrderPolicy(), RequestStore(database)), kind)


def test_the_key_is_in_no_text_of_it() -> None:
    engine = Engine.of(chosen("woocommerce+https://shop.example/store/", "ck_secret:cs_secret"))
    assert engine is not None and engine.address == "https://shop.example/store" and "secret" not in repr(engine)
    assert engine.woo.http.base == "https://shop.example/store/wp-json/wc/v3/" and "secret" not in repr(engine.woo.http)


@pytest.mark.parametrize(("url", "key"), [
    ("woocommerce+https://shop.example", ""), ("woocommerce+https://shop.example", "ck_1:"), ("shopify+https://a.myshopify.com", "ck_1:cs_2"),
    ("oscar+https://shop.example", "short"), ("vendure+https://api.shop.example", ""),
])
def test_a_key_of_another_engine_ends_the_start(url: str, key: str) -> None:
    with pytest.raises(SettingsError, match="ENGINE_KEY"):
        Engine.of(chosen(url, key))


def test_ways_that_the_engine_cannot_look_up_by_are_left_out(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'shop.sqlite'}")
    woo = gateway_of(chosen("woocommerce+https://shop.example", "ck_1:cs_2"), database, OrderPolicy(), RequestStore(database))
    policy = OrderPolicy(see=("email", "name_and_postcode"), change=("name_and_postcode",))
    kept = provable(policy, woo)
    assert kept.see == (Way.EMAIL,) and kept.change == (Way.NOBODY,) and provable(policy, BookGateway(database, leads=True)) == policy


def test_a_change_after_a_restart_is_found_by_its_request(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'shop.sqlite'}"
    with_tables(address)
    requests = RequestStore(Database(address))
    request = requests.begin("me", "cancel_order", "KB-2001")
    assert requests.order_of_token(request.token) == "KB-2001" and requests.order_of_token("none") == ""
