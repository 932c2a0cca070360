"""An owner sees what the settings connect and which lines of .env are missing, and says the rules on orders; no secret is shown or written."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.desk import channel
from bot.desk.members import Role
from bot.home.folder import SHOP, Home
from bot.paths import DATA
from bot.set_up.order_rules import RULES, days, standing
from bot.set_up.questions import AnswerError
from bot.store.policies import load_shop
from tests.desk.conftest import Browser, Rooms
from tests.desk.test_setup import SHOP_STEP
from tests.peers.telegram import TOKEN, TelegramPeer
from tests.peers.telegram_state import BOT
from tests.peers.woo import KEY, SECRET, WooPeer
from tests.peers.woo_orders import woo_order
from tests.support.conformance import BASE

RULED = {
    "looks": "yes", "see": "number_and_email", "change": "nobody", "cancel_until": "shipped", "home": "Germany, Austria", "working_days.dispatch": "1",
    "working_days.delivery": "3", "working_days.delivery_abroad": "9", "returns.days": "20", "book_leads": "no",
}  # fmt: skip


@pytest.fixture
def owner(desk: Rooms) -> Browser:
    """A browser of an owner."""
    return desk.browser("Mina", Role.OWNER)


@pytest.fixture
def home(desk: Rooms, tmp_path: Path) -> Home:
    """The owner's folder."""
    return Home(tmp_path / "home")


@pytest.fixture
def chosen(desk: Rooms) -> Any:
    """The settings of the desk, to be changed."""
    return channel.settings()  # type: ignore[attr-defined]


@pytest.fixture
def woo(chosen: Any) -> Iterator[WooPeer]:
    """A WooCommerce that the settings name."""
    peer = WooPeer().put(woo_order(BASE, 501)).start()
    chosen.engine_url, chosen.engine_key = f"woocommerce+{peer.address}", f"{KEY}:{SECRET}"
    yield peer
    peer.stop()


def pills(page: str) -> list[str]:
    """What a check says, by its first words."""
    return re.findall(r'<li><span class="pill pill-[a-z]+">([a-z]+)</span>', page)


def test_only_owners_connect(desk: Rooms, owner: Browser, home: Home) -> None:
    agent, stranger = desk.browser("Joon"), desk.stranger()
    for path in ("setup-orders", "setup-telegram"):
        assert (owner.get(path).status_code, agent.get(path).status_code, stranger.get(path).status_code) == (200, 403, 303)
        assert agent.post(path, RULED).status_code == 403 == owner.post(path, RULED, proof="wrong").status_code
    assert home.text(SHOP) is None


def test_an_engine_is_looked_at(owner: Browser, woo: WooPeer, chosen: Any) -> None:
    assert "WooCommerce</strong>, by the two lines" in owner.get("setup-orders").text
    page = owner.post("setup-orders", {"act": "check"})
    assert page.status_code == 200 and set(pills(page.text)) == {"ok"} and "orders can be read" in page.text and SECRET not in page.text
    chosen.engine_key = "ck_alone"
    assert pills(owner.post("setup-orders", {"act": "check"}).text) == ["mend"]
    chosen.engine_key = f"{KEY}:wrong"
    page = owner.post("setup-orders", {"act": "check"})
    assert pills(page.text) == ["mend"] and "ENGINE_KEY" in page.text and "wrong" not in page.text.split("ENGINE_KEY")[1][:300]


def test_without_an_engine_the_lines_are_told(owner: Browser) -> None:
    assert "holds 0" in owner.post("setup-orders", {"act": "check"}).text
    for engine, line in (("woocommerce", "ENGINE_KEY=ck_"), ("shopify", "shopify+https://NAME.myshopify.com"), ("oscar", "oscar+https"), ("vendure", "vendure+https")):
        assert line in owner.get(f"setup-orders?engine={engine}").text
    assert "ENGINE_URL" not in owner.get("setup-orders?engine=magento").text


def test_rules_on_orders_are_written_and_taken_away(owner: Browser, home: Home) -> None:
    owner.post("setup-shop", SHOP_STEP)
    assert load_shop(DATA / "shop.yml", home.folder).orders is None
    assert owner.post("setup-orders", RULED).headers["Location"] == "setup-orders?told=next_start"
    rules = load_shop(DATA / "shop.yml", home.folder).orders
    assert rules is not None and (rules.home, rules.working_days.delivery, rules.working_days.grace, rules.returns.days) == (["DE", "AT"], 3, 1, 20)
    assert ([one.value for one in rules.see], [one.value for one in rules.change], rules.book_leads) == (["number_and_email"], ["nobody"], False)
    page = owner.get("setup-orders?told=next_start").text
    assert "next start" in page and 'value="Germany, Austria"' in page and 'value="yes" checked' in page and "own order book" in owner.get("setup").text
    owner.post("setup-orders", {"looks": "no"})
    assert load_shop(DATA / "shop.yml", home.folder).orders is None


def test_rules_that_are_not_asked_stay(owner: Browser, home: Home) -> None:
    home.put(SHOP, "name: Mine\nabout: It is mine.\ncurrency: EUR\ncontact: {}\npolicies: {}\norders:\n  see: [email, mailed_code]  # both\n  working_days: {refund: 9}\n  tries: {codes: 2}  # few\n")
    page = owner.get("setup-orders").text
    assert "As it stands in shop.yml" in page
    assert owner.post("setup-orders", {**RULED, "see": ""}).status_code == 303
    orders = yaml.safe_load(home.text(SHOP) or "")["orders"]
    assert orders["see"] == ["email", "mailed_code"] and orders["tries"] == {"codes": 2} and "# few" in (home.text(SHOP) or "")
    assert orders["working_days"] == {"refund": 9, "dispatch": 1, "delivery": 3, "delivery_abroad": 9}


@pytest.mark.parametrize(("key", "text", "why"), [("home", "Germny", "Did you mean germany?"), ("home", "", "a country at least"), ("returns.days", "a month", "no number of days"), ("working_days.delivery", "999", "365 are the most")])
def test_a_wrong_rule_is_told_beside_its_field_and_nothing_is_lost(owner: Browser, home: Home, key: str, text: str, why: str) -> None:
    owner.post("setup-shop", SHOP_STEP)
    sent = owner.post("setup-orders", {**RULED, key: text})
    told = re.search(rf'id="r-{key.replace(".", "-")}-wrong">([^<]*)', html.unescape(sent.text))
    assert sent.status_code == 422 and told is not None and why in told[1]
    plain = {name: typed for name, typed in {**RULED, key: text}.items() if name.startswith(("working", "returns", "home"))}
    assert all(f'name="{name}" value="{typed}"' in sent.text for name, typed in plain.items())
    assert load_shop(DATA / "shop.yml", home.folder).orders is None


def test_days_are_whole_and_few() -> None:
    assert days(" 0 ") == 0 and days("365") == 365
    for wrong in ("", "-1", "1.5", "366", "٣", "1e2"):
        with pytest.raises(AnswerError):
            days(wrong)


def test_every_rule_but_where_the_shop_is_has_something_standing() -> None:
    assert [rule.key for rule in RULES if not standing(None, rule)] == ["home"]


def test_telegram_is_told_how_to_be_had_and_asked_whether_it_works(owner: Browser, chosen: Any) -> None:
    page = owner.get("setup-telegram").text
    assert "@BotFather" in page and "TELEGRAM_TOKEN=" in page and owner.post("setup-telegram", {}).status_code == 200
    peer = TelegramPeer().start()
    try:
        chosen.telegram_token, chosen.telegram_api = TOKEN, peer.address
        page = owner.post("setup-telegram", {}).text
        assert f"@{BOT['username']}" in page and pills(page)[0] == "ok" and TOKEN not in page and "TELEGRAM_TOKEN=" not in page
        chosen.telegram_token = "12345:wrong"
        page = owner.post("setup-telegram", {}).text
        assert pills(page) == ["mend"] and "12345:wrong" not in page
    finally:
        peer.stop()
