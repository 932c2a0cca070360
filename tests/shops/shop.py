"""What the failing suite needs of a shop: a gateway to it, faults on the way, and a look at what the shop itself has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from bot.support.gateway import OrderGateway
from tests.peers.faults import Fault


class Shop(Protocol):
    """A shop of an engine that holds the conformance suite's ORDERS."""

    @property
    def gateway(self) -> OrderGateway:
        """Reaches it; waits a moment for what comes late."""
        ...

    @property
    def faults(self) -> Sequence[Fault]:
        """What can go wrong with this engine."""
        ...

    @property
    def looks_first(self) -> bool:
        """Whether a change is a look and a write behind it; else the engine does both at once."""
        ...

    def fail(self, fault: Fault, writes: bool) -> None:
        """From now on reads or writes go wrong."""
        ...

    def recover(self) -> None:
        """All is well again."""
        ...

    def staff_changes(self, number: str) -> None:
        """The shop's staff changes an order."""
        ...

    def seen(self, number: str) -> object:
        """An order as the shop has it, in whatever form; equal where nothing changed."""
        ...

    def times_changed(self, number: str) -> int:
        """How many changes came through to the shop's order, each write that did something."""
        ...


PATIENT_S, IMPATIENT_S = 20.0, 0.3


class OverHttp:
    """What shops have in common whose engine is reached over HTTP: faults on the way, and a client that waits long or hardly."""

    looks_first = True
    peer: Any
    gateway: Any

    def fail(self, fault: Fault, writes: bool) -> None:
        """From now on reads or writes go wrong."""
        http = self.gateway._client.http
        if fault.instead == "late":
            http.read_s, http.write_s = (http.read_s, IMPATIENT_S) if writes else (IMPATIENT_S, http.write_s)
        self.peer.faults.set(fault, writes)

    def recover(self) -> None:
        """All is well again, and what was given up for a moment is asked again."""
        self.peer.faults.clear()
        http = self.gateway._client.http
        http.read_s = http.write_s = PATIENT_S
        http._failures = 0
