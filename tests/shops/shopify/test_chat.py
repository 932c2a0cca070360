"""Talks about the orders of a Shopify shop, whatever goes wrong on the way to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.answers.conftest import extractor, sample_shop
from tests.answers.orders.conftest import Chat, empty_shop, make_shop
from tests.shops.shop import Shop
from tests.shops.shopify.shop import ShopifyShop
from tests.shops.told import Told
from tests.support.conformance import EMAIL

__all__ = ["empty_shop", "extractor", "make_shop", "sample_shop"]


class TestShopifyTold(Told):
    @pytest.fixture
    def shop(self, shopify: ShopifyShop) -> Iterator[Shop]:
        yield shopify

    def test_a_cancellation_that_shopify_still_has_to_do(self, chat: Chat, shopify: ShopifyShop) -> None:
        shopify.edit("KB-2001", _slow=True)
        chat.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        reply = chat.say("yes")
        assert "has not confirmed" in reply and "is cancelled" not in reply and "ticket T1001" in reply
        (ticket,) = _tickets(chat)
        assert "ancel order KB-2001" in ticket and "not confirmed" in ticket and "pay back 57.24 USD to Visa ending 1111" in ticket
        assert "I asked the shop for it" in chat.say("is it cancelled?", "cancel_order")
        shopify.edit("KB-2001", cancelledAt="2026-11-23T23:00:00Z")
        again = chat.say("is it cancelled?", "cancel_order")
        assert "that is done" in again or "cancelled" in again

    def test_a_cancellation_of_which_nothing_is_known_after_a_restart_is_with_the_team(self, chat: Chat, shopify: ShopifyShop) -> None:
        shopify.edit("KB-2001", _slow=True)
        chat.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        chat.say("yes")
        shopify.gateway._under_way.clear()
        shopify.edit("KB-2001", cancellation=None)
        assert "the team has it as a ticket" in chat.say("is it cancelled?", "cancel_order") and len(_tickets(chat)) == 1


def _tickets(chat: Chat) -> list[str]:
    assert chat.resources.orders is not None
    return [one.text for one in chat.resources.orders.requests.open_tickets()]
