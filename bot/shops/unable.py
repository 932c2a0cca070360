"""What a shop's engine cannot do by itself: an adapter takes these over, and its `capabilities` leave them out, so that it becomes a
ticket before anybody asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn, Sequence

from bot.support.gateway import Address, Capability, Customer, GatewayError, Line, Order, Outcome
from bot.support.variants import Swap, Variant


class Unable:
    """Every part of `OrderGateway` that not all engines have; each raises GatewayError."""

    def return_lines(self, order: Order, key: str, lines: Mapping[str, int], reason: str, method: str = "") -> Outcome:
        """Registers no return."""
        self._cannot(Capability.RETURN)

    def change_address(self, order: Order, key: str, address: Address) -> Outcome:
        """Changes no address."""
        self._cannot(Capability.ADDRESS)

    def change_items(self, order: Order, key: str, swaps: Sequence[Swap], method: str) -> Outcome:
        """Changes no items."""
        self._cannot(Capability.ITEMS)

    def exchange(self, order: Order, key: str, swaps: Sequence[Swap], method: str) -> Outcome:
        """Registers no exchange."""
        self._cannot(Capability.EXCHANGE)

    def change_payment(self, order: Order, key: str, method: str) -> Outcome:
        """Moves no money."""
        self._cannot(Capability.PAYMENT)

    def customer_by_name(self, name: str, postcode: str) -> Customer | None:
        """Searches that end somewhere cannot tell that somebody is the only one of a name."""
        self._cannot(Capability.BY_NAME)

    def change_customer_address(self, customer: Customer, key: str, address: Address) -> Outcome:
        """Changes nothing that a customer keeps with the shop."""
        self._cannot(Capability.CUSTOMER)

    def variants(self, line: Line, currency: str) -> Sequence[Variant]:
        """The shop's catalogue tells them."""
        self._cannot(Capability.VARIANTS)

    def products(self, words: Sequence[str]) -> Sequence[Sequence[Variant]]:
        """The shop's catalogue tells them."""
        self._cannot(Capability.VARIANTS)

    def _cannot(self, capability: Capability) -> NoReturn:
        raise GatewayError(f"{type(self).__name__} has no {capability.value}")
