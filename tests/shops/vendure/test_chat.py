"""Talks about the orders of a running Vendure shop, whatever goes wrong on the way to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.answers.conftest import extractor, sample_shop
from tests.answers.orders.conftest import Chat, empty_shop, make_shop
from tests.shops.shop import Shop
from tests.shops.told import SOME, Told
from tests.shops.vendure.shop import VendureShop
from tests.support.conformance import EMAIL

__all__ = ["empty_shop", "extractor", "make_shop", "sample_shop"]


class TestVendureTold(Told):
    met = SOME

    @pytest.fixture
    def shop(self, vendure: VendureShop) -> Iterator[Shop]:
        yield vendure

    def test_a_return_is_noted_for_the_staff(self, chat: Chat, vendure: VendureShop) -> None:
        before = vendure.peer.seen("KB-2003")
        shown = chat.say(f"i want to return the toner of order KB-2003, unopened, {EMAIL}", "return")
        assert "36.20 USD" in shown and vendure.peer.seen("KB-2003") == before
        assert "registered" in chat.say("yes") and "returns 2 x Rice Toner" in vendure.peer.seen("KB-2003")["history"][-1]["data"]
