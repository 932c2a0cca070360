"""A django-oscar shop as an `OrderGateway`.

Oscar cancels orders, changes addresses, and keeps the returns that the chat registers. The app in the shop looks and changes in one
transaction, and remembers what it did by its key. Items and payments are for oscar's staff: these become tickets.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Sequence

from bot.shops.asked import Asked
from bot.shops.engine import MISS_TAKES_S, Engine
from bot.shops.http import Refused
from bot.shops.oscar.client import MOVED, OscarClient
from bot.shops.oscar.reading import order_of, outcome_of, variant_of
from bot.shops.spelling import Learned
from bot.store.orders.records import folded_email, folded_number
from bot.support.gateway import Address, Capability, Line, Moved, NotDone, Order, Outcome
from bot.support.variants import Variant

CAPABILITIES = frozenset({Capability.CANCEL, Capability.ADDRESS, Capability.RETURN, Capability.BY_EMAIL, Capability.VARIANTS})
CONFLICT = 409
LONGEST_NUMBER = 100


class OscarGateway(Engine):
    """The orders of a django-oscar shop. See `OrderGateway` for what each method promises."""

    def __init__(
        self,
        client: OscarClient,
        miss_takes_s: float = MISS_TAKES_S,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """
        Args:
            client: calls the shop.
            miss_takes_s: seconds that a look-up takes at least that finds nothing.
            clock, sleep: seconds that only go on, and waiting for some.
        """
        super().__init__(Asked(), miss_takes_s, clock, sleep)
        self._client = client
        self._spells = Learned(self._newest, clock)

    @property
    def capabilities(self) -> frozenset[Capability]:
        """See `OrderGateway`."""
        return CAPABILITIES

    def has_orders(self) -> bool:
        """See `OrderGateway`."""
        return self._spells.spelling() is not None

    def find(self, number: str, email: str) -> Order | None:
        """See `OrderGateway`."""
        began, wanted = self._clock(), folded_email(email)
        told = self._client.find(self._written(number), wanted) if self._may_be(number) else None
        order = order_of(told) if told is not None else None
        if order is not None and wanted and order.email == wanted and folded_number(order.number) == folded_number(number):
            return order
        self._missed(began)
        return None

    def order(self, number: str) -> Order | None:
        """See `OrderGateway`."""
        told = self._client.order(self._written(number)) if self._may_be(number) else None
        order = order_of(told) if told is not None else None
        return order if order is not None and folded_number(order.number) == folded_number(number) else None

    def numbers_of(self, email: str) -> Sequence[str]:
        """See `OrderGateway`. The hundred newest."""
        wanted = folded_email(email)
        return self._client.numbers(wanted) if "@" in wanted else []

    def cancel(self, order: Order, key: str, reason: str) -> Outcome:
        """See `OrderGateway`."""
        return self._change("cancel", order, key, {"reason": reason})

    def change_address(self, order: Order, key: str, address: Address) -> Outcome:
        """See `OrderGateway`."""
        return self._change("address", order, key, {"address": asdict(address)})

    def return_lines(self, order: Order, key: str, lines: Mapping[str, int], reason: str, method: str = "") -> Outcome:
        """See `OrderGateway`. Oscar keeps no ways to pay, so the money goes back the way it was paid."""
        if method:
            raise Moved
        return self._change("return", order, key, {"lines": dict(lines), "reason": reason})

    def variants(self, line: Line, currency: str) -> Sequence[Variant]:
        """See `OrderGateway`."""
        return self._sold(self._client.variants(line.product), currency) if line.product else []

    def products(self, words: Sequence[str]) -> Sequence[Sequence[Variant]]:
        """See `OrderGateway`."""
        return [self._sold(one) for one in self._client.products(words)]

    def done(self, key: str) -> Outcome | None:
        """See `OrderGateway`."""
        told = self._client.done(key)
        return outcome_of(told) if told is not None else None

    def _change(self, kind: str, order: Order, key: str, more: Mapping[str, Any]) -> Outcome:
        try:
            return outcome_of(self._client.change(kind, order.number, order.version, key, more))
        except Refused as error:
            if error.status == CONFLICT and error.code == MOVED:
                raise Moved from error
            if error.is_final:
                raise NotDone(str(error)) from error
            raise

    def _sold(self, told: Sequence[Mapping[str, Any]], currency: str = "") -> list[Variant]:
        found = [variant_of(one) for one in told]
        return [variant for money, variant in found if currency in ("", money)]

    def _may_be(self, number: str) -> bool:
        return bool(folded_number(number)) and len(number) <= LONGEST_NUMBER

    def _written(self, number: str) -> str:
        """A number as the shop writes it, whatever marks it was typed with."""
        spelling = self._spells.spelling()
        return spelling.written(number) if spelling is not None else number

    def _newest(self) -> tuple[str, str] | None:
        newest = self._client.newest()
        return (str(newest["number"]), "") if newest is not None else None
