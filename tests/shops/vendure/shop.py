"""A Vendure shop with the conformance suite's orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.shops.asked import Asked
from bot.shops.vendure.client import VendureClient
from bot.shops.vendure.gateway import VendureGateway
from tests.peers.faults import Fault
from tests.peers.vendure import VendurePeer
from tests.shops.failing import FAULTS
from tests.shops.shop import PATIENT_S, OverHttp

MARK = "[glasskin "


class VendureShop(OverHttp):
    """A `Shop` of the failing suite."""

    peer: VendurePeer
    gateway: VendureGateway
    faults: Sequence[Fault] = FAULTS

    def __init__(self, peer: VendurePeer) -> None:
        self.peer = peer
        peer.reset()
        self.gateway = gateway_to(peer)

    def staff_changes(self, number: str) -> None:
        """The staff has it sent elsewhere."""
        self.peer.steer(do="address", number=number, line1="77 Staff St")

    def seen(self, number: str) -> object:
        """The order in the shop's own tables."""
        return self.peer.seen(number)

    def times_changed(self, number: str) -> int:
        """How many changes stand in its history and its modifications."""
        told = self.peer.seen(number)
        return len([one for one in (*(one["data"] for one in told["history"]), *told["modifications"]) if MARK in one])


def gateway_to(peer: VendurePeer, key: str = "", **more: Any) -> VendureGateway:
    """A gateway that does not rest between two tries."""
    client = VendureClient(peer.address, key or peer.key, **{"read_s": PATIENT_S, "write_s": PATIENT_S, "sleep": lambda seconds: None, **more})
    return VendureGateway(client, Asked(), sleep=lambda seconds: None)
