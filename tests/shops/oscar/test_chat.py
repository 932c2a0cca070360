"""Talks about the orders of a running django-oscar shop, whatever goes wrong on the way to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.answers.conftest import extractor, sample_shop
from tests.answers.orders.conftest import Chat, empty_shop, make_shop
from tests.shops.oscar.shop import OscarShop
from tests.shops.shop import Shop
from tests.shops.told import SOME, Told
from tests.support.conformance import EMAIL

__all__ = ["empty_shop", "extractor", "make_shop", "sample_shop"]


class TestOscarTold(Told):
    met = SOME

    @pytest.fixture
    def shop(self, oscar: OscarShop) -> Iterator[Shop]:
        yield oscar

    def test_a_return_is_registered_in_the_shop(self, chat: Chat, oscar: OscarShop) -> None:
        shown = chat.say(f"i want to return the toner of order KB-2003, unopened, {EMAIL}", "return")
        assert "36.20 USD" in shown and oscar.peer.seen("KB-2003")["notes"] == []
        assert "registered" in chat.say("yes") and "returns 2 x Rice Toner" in oscar.peer.seen("KB-2003")["notes"][0]
