"""Talks about the orders of a WooCommerce shop, whatever goes wrong on the way to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.answers.resources import Resources
from bot.nlu.subjects import SubjectExtractor
from tests.answers.conftest import extractor, sample_shop
from tests.answers.orders.conftest import Chat, empty_shop, make_shop
from tests.shops.shop import Shop
from tests.shops.told import Told, shop_of
from tests.shops.woo.shop import WooShop
from tests.support.conformance import EMAIL, OTHER

__all__ = ["empty_shop", "extractor", "make_shop", "sample_shop"]


@pytest.fixture
def woo() -> Iterator[WooShop]:
    """A shop whose numbers are a plugin's."""
    made = WooShop()
    yield made
    made.peer.stop()


class TestWooTold(Told):
    @pytest.fixture
    def shop(self, woo: WooShop) -> Iterator[Shop]:
        yield woo


@pytest.fixture
def chat(make_shop: Callable[..., Resources], extractor: SubjectExtractor, woo: WooShop) -> Chat:
    """A conversation with the shop."""
    return Chat(shop_of(make_shop(), woo.gateway), extractor)


def test_a_parcel_with_its_link(chat: Chat) -> None:
    reply = chat.say(f"where is my order KB-2003, {EMAIL}", "order_status")
    assert "USPS 9400" in reply and "https://carrier.example/9400" in reply


def test_an_order_of_somebody_else_is_not_found(chat: Chat) -> None:
    unknown = chat.say(f"where is my order KB-2999, {EMAIL}", "order_status")
    assert "can't find an order with this number and this e-mail" in unknown
    assert "can't find an order with this number and this e-mail" in chat.say(f"where is my order KB-2001, {OTHER}", "order_status")


def test_an_order_on_hold_is_for_the_team(chat: Chat, woo: WooShop) -> None:
    woo.peer.of("KB-2001")["status"] = "on-hold"
    reply = chat.say(f"where is my order KB-2001, {EMAIL}", "order_status")
    assert "on hold" in reply and "should leave" not in reply
    assert "the team has to decide" in chat.say("cancel it", "cancel_order")
    assert "T1001" in chat.say("yes") and woo.peer.changes == []


def test_what_woocommerce_cannot_is_a_ticket(chat: Chat, woo: WooShop) -> None:
    woo.peer.of("KB-2003")["status"] = "delivered"
    reply = chat.say(f"i want to return the toner of order KB-2003, unopened, {EMAIL}", "return")
    assert "registered" not in reply and "T1001" in chat.say("yes") and woo.peer.changes == []


def test_an_address_that_may_cost_more_is_asked_for(chat: Chat, woo: WooShop) -> None:
    woo.peer.of("KB-2001")["total_tax"] = "4.12"
    chat.say(f"change the address of order KB-2001 to 9 Lake St, Apt 2, Troy, NY 12180. {EMAIL}", "change_order")
    reply = chat.say("yes")
    assert "not confirmed" in reply and "ticket T1001" in reply and "9 Lake St" in woo.peer.of("KB-2001")["customer_note"]


def test_a_cancellation_that_a_plugin_undoes_is_for_the_team(chat: Chat, woo: WooShop) -> None:
    woo.peer.kept_as_it_was = {"status"}
    chat.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
    reply = chat.say("yes")
    assert "is cancelled" not in reply and "T1001" in reply and "that is done" not in chat.say("is it cancelled?", "cancel_order")
