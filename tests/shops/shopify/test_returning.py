"""Returns in a Shopify shop: open at once, or for the team to approve; none without the scope."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from bot.shops.shopify.client import ShopifyClient
from bot.support.gateway import Capability, GatewayError, Moved, NotDone
from tests.peers.shopify_orders import shopify_order
from tests.shops.shopify.shop import ShopifyShop, gateway_to
from tests.support.conformance import GIFT, ORDERS, found


def test_a_wish_is_asked_for_until_the_team_approves_it(shopify: ShopifyShop) -> None:
    gateway = gateway_to(shopify.peer, opens_returns=False)
    order = found(gateway, "KB-2003")
    outcome = gateway.return_lines(order, "r1", {order.lines[0].key: 2}, "unwanted")
    assert not outcome.done and outcome.refunds == ((Decimal("36.20"), "Visa ending 1111"),) and gateway.done("r1") == outcome
    (made,) = shopify.peer.of("KB-2003")["returns"]["nodes"]
    assert made["status"] == "REQUESTED" and made["returnLineItems"]["nodes"][0]["customerNote"] == "unwanted [glasskin r1]"
    approve(shopify, "OPEN")
    told = gateway.done("r1")
    assert told is not None and told.done and found(gateway, "KB-2003").lines[0].returned == 2


@pytest.mark.parametrize(("status", "refunded", "state"), [
    ("REQUESTED", 0, "requested"), ("OPEN", 0, "requested"), ("CLOSED", 0, "received"), ("CLOSED", 1, "refunded"), ("DECLINED", 0, "refused"), ("CANCELED", 0, "refused"),
])
def test_how_far_a_return_is(shopify: ShopifyShop, status: str, refunded: int, state: str) -> None:
    order = found(shopify.gateway, "KB-2003")
    shopify.gateway.return_lines(order, "r1", {order.lines[0].key: 1}, "reaction")
    approve(shopify, status, refunded)
    after = found(shopify.gateway, "KB-2003")
    assert [one.state for one in after.returns] == [state] and after.lines[0].returned == (state != "refused")


def test_what_was_declined_may_come_back_after_all(shopify: ShopifyShop) -> None:
    order = found(shopify.gateway, "KB-2003")
    toner = order.lines[0].key
    shopify.gateway.return_lines(order, "r1", {toner: 2}, "")
    with pytest.raises(Moved):
        shopify.gateway.return_lines(found(shopify.gateway, "KB-2003"), "r2", {toner: 1}, "")
    approve(shopify, "DECLINED")
    assert shopify.gateway.return_lines(found(shopify.gateway, "KB-2003"), "r2", {toner: 1}, "").done


def test_something_of_two_parcels_names_both(shopify: ShopifyShop) -> None:
    whole = shopify.peer.of("KB-2003")
    (parcel,) = whole["fulfillments"]
    toner, cream = parcel["fulfillmentLineItems"]["nodes"]
    second = {**parcel, "id": "gid://shopify/Fulfillment/9", "fulfillmentLineItems": {"nodes": [{**toner, "id": "gid://shopify/FulfillmentLineItem/9", "quantity": 1}]}}
    first = {**parcel, "fulfillmentLineItems": {"nodes": [{**toner, "quantity": 1}, cream]}}
    shopify.edit("KB-2003", fulfillments=[first, second])
    order = found(shopify.gateway, "KB-2003")
    shopify.gateway.return_lines(order, "r1", {order.lines[0].key: 2}, "")
    (made,) = shopify.peer.of("KB-2003")["returns"]["nodes"]
    assert [one["quantity"] for one in made["returnLineItems"]["nodes"]] == [1, 1] and found(shopify.gateway, "KB-2003").lines[0].returned == 2


def test_money_goes_back_the_way_it_was_paid_and_no_other(shopify: ShopifyShop) -> None:
    order = found(shopify.gateway, "KB-2003")
    with pytest.raises(Moved):
        shopify.gateway.return_lines(order, "r1", {order.lines[0].key: 1}, "", GIFT)


def test_without_the_scope_returns_are_tickets_and_orders_are_told_all_the_same(shopify: ShopifyShop) -> None:
    shopify.peer.open([shopify_order(one, 2001 + place) for place, one in enumerate(ORDERS)], scopes=["read_orders", "write_orders"])
    gateway = gateway_to(shopify.peer)
    order = found(gateway, "KB-2003")
    assert Capability.RETURN not in gateway.capabilities and order.returns == ()
    with pytest.raises(NotDone, match="ACCESS_DENIED"):
        gateway.return_lines(order, "r1", {order.lines[0].key: 1}, "")


@pytest.mark.parametrize(("code", "began"), [("INVALID_STATE", False), ("INTERNAL_ERROR", True), (None, True)])
def test_an_error_says_that_nothing_was_done_only_where_it_means_so(shopify: ShopifyShop, monkeypatch: pytest.MonkeyPatch, code: str | None, began: bool) -> None:
    order = found(shopify.gateway, "KB-2003")
    told: Mapping[str, Any] = {"returnCreate": {"return": None, "userErrors": [{"code": code, "message": "wrong", "field": []}]}}
    monkeypatch.setattr(ShopifyClient, "_write", lambda self, document, variables: told)
    with pytest.raises(GatewayError) as raised:
        shopify.gateway.return_lines(order, "r1", {order.lines[0].key: 1}, "")
    assert (raised.type is not NotDone) == began


def approve(shopify: ShopifyShop, status: str, refunded: int = 0) -> None:
    """The team takes it, or not."""
    (made,) = shopify.peer.of("KB-2003")["returns"]["nodes"]
    items = [{**one, "refundedQuantity": refunded} for one in made["returnLineItems"]["nodes"]]
    shopify.edit("KB-2003", returns={"nodes": [{**made, "status": status, "returnLineItems": {"nodes": items}}]})
