"""A django-oscar shop with the conformance suite's orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.shops.oscar.client import OscarClient
from bot.shops.oscar.gateway import OscarGateway
from tests.peers.faults import Fault
from tests.peers.oscar import KEY, OscarPeer
from tests.shops.failing import FAULTS
from tests.shops.shop import PATIENT_S, OverHttp


class OscarShop(OverHttp):
    """A `Shop` of the failing suite."""

    peer: OscarPeer
    gateway: OscarGateway
    faults: Sequence[Fault] = FAULTS
    looks_first = False

    def __init__(self, peer: OscarPeer) -> None:
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
        """How many changes the app noted for the staff."""
        return len([one for one in self.peer.seen(number)["notes"] if "Assistant:" in one])


def gateway_to(peer: OscarPeer, key: str = KEY, **more: Any) -> OscarGateway:
    """A gateway that does not rest between two tries."""
    client = OscarClient(peer.address, key, **{"read_s": PATIENT_S, "write_s": PATIENT_S, "sleep": lambda seconds: None, **more})
    return OscarGateway(client, sleep=lambda seconds: None)
