"""Everything that the chat needs of a shop's orders, in one hand."""

from __future__ import annotations

from dataclasses import dataclass

from bot.store.order_policy import OrderPolicy
from bot.store.orders.records import folded_number
from bot.store.requests import RequestStore
from bot.support.codes import Codes
from bot.support.gateway import OrderGateway
from bot.support.proving import Proving
from bot.support.tickets import Tickets


@dataclass(frozen=True)
class Orders:
    """A shop's orders with the owner's rules, the door that proves who asks, the requests of customers, the tickets that come of
    them, and the codes that prove by mail."""

    gateway: OrderGateway
    policy: OrderPolicy
    proving: Proving
    requests: RequestStore
    tickets: Tickets
    codes: Codes

    @property
    def shows_orders(self) -> bool:
        """Whether anybody can be told anything of an order."""
        return self.policy.shows_orders and (self.codes.can_send or not self.policy.sees_by_code)

    def proofs_of(self, sender: str, number: str) -> bool:
        """Whether who writes in a conversation proved to be an order's customer.

        Raises:
            StoreError: when the database gives no answer.
        """
        return bool(self.proving.proofs.ways(sender, folded_number(number)))
