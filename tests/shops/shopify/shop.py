"""A Shopify shop with the conformance suite's orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.shops.asked import Asked
from bot.shops.shopify.client import ShopifyClient
from bot.shops.shopify.gateway import ShopifyGateway
from tests.peers.faults import Fault
from tests.peers.shopify import TOKEN, ShopifyPeer
from tests.peers.shopify_orders import shopify_order
from tests.shops.failing import FAULTS
from tests.shops.shop import PATIENT_S, OverHttp
from tests.support.conformance import ORDERS


class ShopifyShop(OverHttp):
    """A `Shop` of the failing suite."""

    peer: ShopifyPeer
    gateway: ShopifyGateway
    faults: Sequence[Fault] = FAULTS

    def __init__(self, peer: ShopifyPeer) -> None:
        self.peer = peer
        peer.open([shopify_order(one, 2001 + place) for place, one in enumerate(ORDERS)])
        self.gateway = gateway_to(peer)
        self.gateway.order("KB-2001")  # by which it knows what the token may do

    def staff_changes(self, number: str) -> None:
        """The staff has it sent elsewhere."""
        order = self.peer.of(number)
        order["shippingAddress"]["address1"] = "77 Staff St"
        self.peer.put(order)

    def edit(self, number: str, **fields: Any) -> None:
        """Another order by now."""
        self.peer.put({**self.peer.of(number), **fields})

    def seen(self, number: str) -> object:
        """The order."""
        return self.peer.of(number)

    def times_changed(self, number: str) -> int:
        """How many changes came through."""
        return self.peer.changes().count(self.peer.of(number)["id"])


def gateway_to(peer: ShopifyPeer, token: str = TOKEN, opens_returns: bool = True, **more: Any) -> ShopifyGateway:
    """A gateway that does not rest between two tries, for which returns are open at once."""
    client = ShopifyClient(peer.address, token, **{"read_s": PATIENT_S, "write_s": PATIENT_S, "sleep": lambda seconds: None, **more})
    return ShopifyGateway(client, Asked(), opens_returns=opens_returns, sleep=lambda seconds: None)
