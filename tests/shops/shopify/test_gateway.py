"""A Shopify shop is an order gateway, whatever goes wrong on the way to it; its questions are valid by Shopify's own schema."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from bot.shops.asked import Asked
from bot.shops.http import Refused
from bot.shops.shopify.client import ShopifyClient
from bot.shops.shopify.gateway import ShopifyGateway
from bot.support.gateway import Capability, GatewayError, NotDone, OrderGateway, State
from tests.peers.faults import Fault
from tests.peers.shopify_orders import shopify_order
from tests.shops.failing import Failing
from tests.shops.shop import Shop
from tests.shops.shopify.shop import ShopifyShop, gateway_to
from tests.support.conformance import ELSEWHERE, EMAIL, ORDERS, OTHER, Conformance, found


class TestShopify(Conformance):
    @pytest.fixture
    def gateway(self, shopify: ShopifyShop) -> Iterator[OrderGateway]:
        yield shopify.gateway

    @pytest.fixture
    def away(self) -> Iterator[OrderGateway]:
        yield ShopifyGateway(ShopifyClient("http://127.0.0.1:9", "shpat_secret", sleep=lambda seconds: None), Asked())


class TestShopifyFailing(Failing):
    @pytest.fixture
    def shop(self, shopify: ShopifyShop) -> Iterator[Shop]:
        yield shopify


@pytest.mark.parametrize(("status", "state"), [
    ("ON_HOLD", State.HELD), ("RESTOCKED", State.HELD), ("REQUEST_DECLINED", State.HELD), ("IN_PROGRESS", State.PACKED), ("SCHEDULED", State.OPEN),
    ("PARTIALLY_FULFILLED", State.SHIPPED),
])
def test_states(shopify: ShopifyShop, status: str, state: State) -> None:
    shopify.edit("KB-2001", displayFulfillmentStatus=status)
    assert found(shopify.gateway, "KB-2001").state is state


def test_a_cancellation_that_takes_longer_is_asked_for_and_sent_once(shopify: ShopifyShop) -> None:
    shopify.edit("KB-2001", _slow=True)
    order = found(shopify.gateway, "KB-2001")
    outcome = shopify.gateway.cancel(order, "c1", "")
    assert not outcome.done and shopify.gateway.cancel(order, "c1", "") == outcome == shopify.gateway.done("c1")
    assert found(shopify.gateway, "KB-2001").state is State.OPEN and shopify.times_changed("KB-2001") == 1
    shopify.edit("KB-2001", cancelledAt="2026-11-28T23:00:00Z")
    told = shopify.gateway.done("c1")
    assert told is not None and told.done and found(shopify.gateway, "KB-2001").state is State.CANCELLED


def test_a_second_cancellation_is_not_sent_while_the_first_is_under_way(shopify: ShopifyShop) -> None:
    shopify.edit("KB-2001", _slow=True)
    order = found(shopify.gateway, "KB-2001")
    first = shopify.gateway.cancel(order, "c1", "")
    second = shopify.gateway.cancel(found(shopify.gateway, "KB-2001"), "c2", "")
    assert first.refunds and not second.done and not second.refunds and shopify.times_changed("KB-2001") == 1
    assert shopify.gateway.done("c1") == first and shopify.gateway.done("c2") is None
    shopify.edit("KB-2001", cancelledAt="2026-11-28T23:00:00Z")
    assert found(shopify.gateway, "KB-2001").state is State.CANCELLED and not shopify.gateway._under_way


def test_cancellations_under_way_are_not_kept_without_end(shopify: ShopifyShop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.shops.shopify.gateway.MOST_KNOWN", 1)
    for number in ("KB-2001", "KB-2005"):
        shopify.edit(number, _slow=True)
        assert not shopify.gateway.cancel(found(shopify.gateway, number), number, "").done
    assert list(shopify.gateway._under_way.values()) == ["KB-2005"]


def test_redacted_emails_are_nobodys(shopify: ShopifyShop) -> None:
    shopify.edit("KB-2001", email=None)
    assert shopify.gateway.find("KB-2001", "") is None and shopify.gateway.find("KB-2001", EMAIL) is None


def test_two_orders_of_one_number_are_nobodys(shopify: ShopifyShop) -> None:
    shopify.peer.put({**shopify.peer.of("KB-2005"), "id": "gid://shopify/Order/1", "name": "KB-2001"})
    assert shopify.gateway.find("KB-2001", EMAIL) is None and shopify.gateway.find("KB-2001", OTHER) is None


@pytest.mark.parametrize("number", ['KB-2001" OR email:"rosa', "KB-2001 email:*", "*", "name:KB-2001"])
def test_a_number_is_no_search(shopify: ShopifyShop, number: str) -> None:
    assert shopify.gateway.find(number, OTHER) is None and shopify.gateway.find(number, EMAIL) is None


def test_a_scope_that_lacks_is_no_answer_and_changes_nothing(shopify: ShopifyShop) -> None:
    shopify.peer.open([shopify_order(one, 2001 + place) for place, one in enumerate(ORDERS)], scopes=["read_orders"])
    order = found(shopify.gateway, "KB-2001")
    with pytest.raises(NotDone, match="ACCESS_DENIED"):
        shopify.gateway.cancel(order, "c1", "")
    with pytest.raises(NotDone):
        shopify.gateway.change_address(order, "a1", ELSEWHERE)
    assert shopify.gateway.done("c1") is None and shopify.peer.changes() == []
    shopify.peer.open([], scopes=["write_orders"])
    with pytest.raises(GatewayError, match="ACCESS_DENIED"):
        gateway_to(shopify.peer).has_orders()


def test_what_shopify_cannot_is_not_offered(shopify: ShopifyShop) -> None:
    assert gateway_to(shopify.peer).capabilities == {Capability.CANCEL, Capability.ADDRESS, Capability.BY_EMAIL}
    assert shopify.gateway.capabilities == {Capability.CANCEL, Capability.ADDRESS, Capability.BY_EMAIL, Capability.RETURN}


def errors(*codes: str | None, **beside: object) -> str:
    """An answer with errors of these codes; None for one without."""
    return json.dumps({"errors": [{"message": "wrong", "extensions": {"code": one}} if one else {"message": "wrong"} for one in codes], **beside})


UNKNOWN = (
    errors("INTERNAL_SERVER_ERROR"), errors("TIMEOUT"), errors(None), errors("undefinedField", None), errors("NEVER_HEARD_OF", data=None),
    json.dumps({"errors": "Internal"}), errors("ACCESS_DENIED", data={"orderCancel": {"job": None}, "orderUpdate": {"order": None}}),
    json.dumps({"data": {"orderCancel": {"orderCancelUserErrors": [{"code": "INTERNAL_ERROR"}]}, "orderUpdate": {"userErrors": [{"code": None}]}}}),
)  # fmt: skip


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("told", UNKNOWN)
def test_an_error_of_shopify_itself_does_not_say_that_nothing_was_done(shopify: ShopifyShop, told: str, after: bool) -> None:
    for number, cancels in (("KB-2001", True), ("KB-2005", False)):
        order = found(shopify.gateway, number)
        shopify.peer.faults.set(Fault(instead=told, after=after), writes=True, times=1)
        with pytest.raises(GatewayError) as raised:
            shopify.gateway.cancel(order, number, "") if cancels else shopify.gateway.change_address(order, number, ELSEWHERE)
        assert raised.type is not NotDone and (shopify.gateway.done(number) is not None) == after


@pytest.mark.parametrize("code", ["undefinedField", "SHOP_INACTIVE", "THROTTLED", "ACCESS_DENIED"])
def test_what_shopify_did_not_begin_was_not_done(shopify: ShopifyShop, code: str) -> None:
    order = found(shopify.gateway, "KB-2001")
    shopify.peer.faults.set(Fault(instead=errors(code)), writes=True, times=1)
    with pytest.raises(NotDone, match=code):
        shopify.gateway.cancel(order, "c1", "")


def test_a_field_that_the_token_may_not_read_is_told_as_such(shopify: ShopifyShop) -> None:
    told = errors("ACCESS_DENIED", data={"orders": {"nodes": [{"id": "1", "name": "KB-1", "email": None}]}})
    shopify.peer.faults.set(Fault(instead=told), writes=False)
    with pytest.raises(Refused, match="ACCESS_DENIED") as raised:
        gateway_to(shopify.peer).has_orders()
    assert raised.value.of_the_key


@pytest.mark.parametrize("told", UNKNOWN[:6])
def test_a_read_that_shopify_fails_at_is_tried_again_once(shopify: ShopifyShop, told: str) -> None:
    order = found(shopify.gateway, "KB-2001")
    shopify.peer.faults.set(Fault(instead=told), writes=False, times=1)
    assert shopify.gateway.order("KB-2001") == order
    shopify.peer.faults.set(Fault(instead=told), writes=False, times=2)
    with pytest.raises(GatewayError, match="errors"):
        shopify.gateway.order("KB-2001")
    assert shopify.gateway.order("KB-2001") == order
