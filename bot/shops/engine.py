"""What gateways to shops' engines have in common: of which order a change is, who a customer is, and a miss that takes its time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Sequence

from bot.shops.asked import Asked
from bot.shops.unable import Unable
from bot.store.errors import StoreError
from bot.store.orders.records import folded_email
from bot.support.gateway import Customer, GatewayError, Order

MISS_TAKES_S = 0.6
"""So long a look-up takes at least that finds nothing, so that the time tells nothing of which part was wrong."""


class Engine(Unable):
    """The base of a gateway to a shop's engine. Guests order too, so a customer is who ordered with an e-mail, and that is their key."""

    def __init__(self, asked: Asked, miss_takes_s: float, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        """
        Args:
            asked: remembers of which order a change is.
            miss_takes_s: seconds that a look-up takes at least that finds nothing.
            clock, sleep: seconds that only go on, and waiting for some.
        """
        self._asked, self._miss_takes_s = asked, miss_takes_s
        self._clock, self._sleep = clock, sleep

    def numbers_of(self, email: str) -> Sequence[str]:
        """See `OrderGateway`; the newest first."""
        raise NotImplementedError

    def order(self, number: str) -> Order | None:
        """See `OrderGateway`."""
        raise NotImplementedError

    def customer_by_email(self, email: str) -> Customer | None:
        """See `OrderGateway`."""
        began = self._clock()
        numbers = self.numbers_of(email)
        newest = self.order(numbers[0]) if numbers else None
        if newest is None or newest.email != folded_email(email):
            self._missed(began)
            return None
        return who_ordered(newest, numbers)

    def customer(self, key: str) -> Customer | None:
        """See `OrderGateway`."""
        return self.customer_by_email(key)

    def _number_of(self, key: str) -> str:
        """The number of the order that a change of this key is of; empty where none was begun.

        Raises:
            GatewayError: when that cannot be looked up.
        """
        try:
            return self._asked.number(key)
        except StoreError as error:
            raise GatewayError(str(error)) from error

    def _missed(self, began: float) -> None:
        self._sleep(max(0.0, self._miss_takes_s - (self._clock() - began)))


def who_ordered(newest: Order, numbers: Sequence[str]) -> Customer:
    """The customer of an order, with the numbers of all of theirs."""
    first, _, last = newest.name.partition(" ")
    return Customer(newest.email, newest.email, first, last, newest.address, numbers=tuple(numbers), currency=newest.currency)
