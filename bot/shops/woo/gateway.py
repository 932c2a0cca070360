"""A WooCommerce shop as an `OrderGateway`.

WooCommerce cancels orders and changes addresses; it keeps no returns, its staff alone moves money, and it would change items and
payments without asking for the difference: these become tickets.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Sequence

from bot.shops.asked import Asked
from bot.shops.engine import MISS_TAKES_S, Engine, who_ordered
from bot.shops.woo.changing import Changes, cancelled, sent_elsewhere
from bot.shops.woo.client import WooClient
from bot.shops.woo.numbers import Numbers
from bot.shops.woo.reading import Json, is_order, order_of, outcome_of
from bot.store.orders.records import folded_email, folded_number
from bot.support.gateway import Address, Capability, Customer, Order, Outcome

CAPABILITIES = frozenset({Capability.CANCEL, Capability.ADDRESS, Capability.BY_EMAIL})


class WooGateway(Engine):
    """The orders of a WooCommerce shop. See `OrderGateway` for what each method promises."""

    def __init__(
        self,
        client: WooClient,
        asked: Asked,
        miss_takes_s: float = MISS_TAKES_S,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """
        Args:
            client: calls the shop.
            asked: remembers of which order a change is.
            miss_takes_s: seconds that a look-up takes at least that finds nothing.
            clock, sleep: seconds that only go on, and waiting for some.
        """
        super().__init__(asked, miss_takes_s, clock, sleep)
        self._client = client
        self._numbers, self._changes = Numbers(client, clock), Changes(client)

    @property
    def capabilities(self) -> frozenset[Capability]:
        """See `OrderGateway`."""
        return CAPABILITIES

    def has_orders(self) -> bool:
        """See `OrderGateway`."""
        return self._numbers.spelling() is not None

    def find(self, number: str, email: str) -> Order | None:
        """See `OrderGateway`."""
        began = self._clock()
        order_id = self._numbers.of_customer(number, email)
        order = _of(self._client.order(order_id), number) if order_id is not None else None
        if order is not None and order.email == folded_email(email):
            return order
        self._missed(began)
        return None

    def order(self, number: str) -> Order | None:
        """See `OrderGateway`."""
        return _of(self._read(number), number)

    def numbers_of(self, email: str) -> Sequence[str]:
        """See `OrderGateway`. The hundred newest."""
        return [str(one["number"]) for one in self._orders_of(email)]

    def cancel(self, order: Order, key: str, reason: str) -> Outcome:
        """See `OrderGateway`."""
        self._asked.note(key, order.number)
        return self._changes.once(order, key, lambda: self._read(order.number), cancelled)

    def change_address(self, order: Order, key: str, address: Address) -> Outcome:
        """See `OrderGateway`."""
        self._asked.note(key, order.number)
        return self._changes.once(order, key, lambda: self._read(order.number), lambda told: sent_elsewhere(told, address))

    def customer_by_email(self, email: str) -> Customer | None:
        """See `OrderGateway`."""
        began = self._clock()
        found = self._orders_of(email)
        told = self._client.order(int(found[0]["id"])) if found else None
        if told is None:
            self._missed(began)
            return None
        return who_ordered(order_of(told), [str(one["number"]) for one in found])

    def done(self, key: str) -> Outcome | None:
        """See `OrderGateway`."""
        number = self._number_of(key)
        if not number:
            self._numbers.spelling()  # that nothing was done is said only by a shop that answers
            return None
        told = self._read(number)
        return outcome_of(told, key) if told is not None else None

    def _read(self, number: str) -> Json | None:
        """An order by its number, as WooCommerce tells it."""
        order_id = self._numbers.id_of(number)
        told = self._client.order(order_id) if order_id is not None else None
        if told is not None and folded_number(str(told.get("number"))) == folded_number(number):
            return told
        self._numbers.forget(number)
        return None

    def _orders_of(self, email: str) -> list[Json]:
        wanted = folded_email(email)
        found = self._client.search(wanted) if "@" in wanted else []
        return [one for one in found if is_order(one) and folded_email(str(one["billing"].get("email") or "")) == wanted]


def _of(told: Json | None, number: str) -> Order | None:
    """The order of an answer, where it is one of this number."""
    order = order_of(told) if told is not None and is_order(told) else None
    return order if order is not None and folded_number(order.number) == folded_number(number) else None
