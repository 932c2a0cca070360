"""A WooCommerce shop with the conformance suite's orders."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from bot.shops.asked import Asked
from bot.shops.woo.client import WooClient
from bot.shops.woo.gateway import WooGateway
from tests.peers.faults import Fault
from tests.peers.woo import KEY, SECRET, WooPeer
from tests.peers.woo_orders import woo_order
from tests.shops.failing import FAULTS
from tests.shops.shop import PATIENT_S, OverHttp
from tests.support.conformance import ORDERS

FIRST_ID = 501


class WooShop(OverHttp):
    """A `Shop` of the failing suite."""

    peer: WooPeer
    gateway: WooGateway
    faults: Sequence[Fault] = FAULTS

    def __init__(self, **http: Any) -> None:
        self.peer = WooPeer().put(*(woo_order(one, FIRST_ID + place) for place, one in enumerate(ORDERS))).start()
        self.gateway = gateway_to(self.peer, **http)

    def staff_changes(self, number: str) -> None:
        """The staff has it sent elsewhere."""
        self.peer.of(number)["shipping"]["address_1"] = "77 Staff St"

    def seen(self, number: str) -> object:
        """The order."""
        return copy.deepcopy(self.peer.of(number))

    def times_changed(self, number: str) -> int:
        """How many writes came through."""
        order_id = self.peer.of(number)["id"]
        return len([one for one, _ in self.peer.changes if one == order_id])


def gateway_to(peer: WooPeer, key: str = KEY, secret: str = SECRET, **more: Any) -> WooGateway:
    """A gateway that does not rest between two tries."""
    client = WooClient(peer.address, key, secret, **{"read_s": PATIENT_S, "write_s": PATIENT_S, "sleep": lambda seconds: None, **more})
    return WooGateway(client, Asked(), sleep=lambda seconds: None)
