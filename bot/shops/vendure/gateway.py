"""A Vendure shop as an `OrderGateway`.

Vendure cancels orders and changes addresses; it has no returns, so one is a note at the order for the staff, which takes the lines back
and pays by its own hand. Items and payments become tickets.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Sequence

from bot.shops.asked import Asked
from bot.shops.engine import MISS_TAKES_S, Engine
from bot.shops.http import Refused
from bot.shops.spelling import Learned
from bot.shops.turns import Turns
from bot.shops.vendure.client import Failed, Json, VendureClient
from bot.shops.vendure.marks import ADDRESS, CANCEL, RETURN, Mark
from bot.shops.vendure.reading import order_of, outcome_of, owed, variants_of
from bot.store.orders.records import folded_email, folded_number
from bot.support.gateway import Address, Capability, GatewayError, Line, Moved, NotDone, Order, Outcome, State
from bot.support.variants import Variant

CAPABILITIES = frozenset({Capability.CANCEL, Capability.ADDRESS, Capability.RETURN, Capability.BY_EMAIL, Capability.VARIANTS})
BEFORE_THE_CARRIER = frozenset({State.OPEN, State.PACKED})
AT_THE_CUSTOMER = frozenset({State.SHIPPED, State.DELIVERED})
MODIFYING = "Modifying"
LONGEST_NUMBER = 100


class VendureGateway(Engine):
    """The orders of a Vendure shop. See `OrderGateway` for what each method promises."""

    def __init__(
        self,
        client: VendureClient,
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
        self._client, self._turns = client, Turns()
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
        began, order = self._clock(), self.order(number)
        if order is not None and folded_email(email) and order.email == folded_email(email):
            return order
        self._missed(began)
        return None

    def order(self, number: str) -> Order | None:
        """See `OrderGateway`."""
        told = self._read(number)
        return order_of(told) if told is not None else None

    def numbers_of(self, email: str) -> Sequence[str]:
        """See `OrderGateway`. The hundred newest."""
        wanted = folded_email(email)
        found = self._client.of_email(wanted) if "@" in wanted else []
        return [code for code, _ in sorted(found, key=lambda one: one[1], reverse=True)]

    def cancel(self, order: Order, key: str, reason: str) -> Outcome:
        """See `OrderGateway`."""
        mark = Mark(key, CANCEL, owed(order))
        return self._once(order, key, BEFORE_THE_CARRIER, lambda told: self._client.cancel(str(told["id"]), mark.before(f"Asked for in the chat. {reason}".strip())))

    def change_address(self, order: Order, key: str, address: Address) -> Outcome:
        """See `OrderGateway`."""
        to = {
            "fullName": address.name, "streetLine1": address.line1, "streetLine2": address.line2, "city": address.city, "province": address.region,
            "postalCode": address.postcode, "countryCode": address.country,
        }  # fmt: skip
        return self._once(order, key, BEFORE_THE_CARRIER, lambda told: self._send_elsewhere(told, to, Mark(key, ADDRESS)))

    def return_lines(self, order: Order, key: str, lines: Mapping[str, int], reason: str, method: str = "") -> Outcome:
        """See `OrderGateway`. Vendure keeps no ways to pay, so the money goes back the way it was paid."""
        left = {one.key: one.quantity - one.returned for one in order.lines}
        if method or not lines or any(not 0 < count <= left.get(line, 0) for line, count in lines.items()):
            raise Moved
        back = sum((order.line(line).price * count for line, count in lines.items()), Decimal(0))
        mark = Mark(key, RETURN, ((back, order.paid_by),) if order.paid_by else (), lines)
        names = ", ".join(f"{count} x {order.line(line).name}" for line, count in lines.items())
        note = mark.before(f"The customer returns {names}. Reason: {reason or 'none told'}. To pay back then: {back} {order.currency}.")
        return self._once(order, key, AT_THE_CUSTOMER, lambda told: self._client.note(str(told["id"]), note))

    def variants(self, line: Line, currency: str) -> Sequence[Variant]:
        """See `OrderGateway`."""
        told = self._client.product(line.product) if line.product else None
        return [variant for money, variant in variants_of(told) if money == currency] if told is not None else []

    def products(self, words: Sequence[str]) -> Sequence[Sequence[Variant]]:
        """See `OrderGateway`."""
        return [[variant for _, variant in variants_of(one)] for one in self._client.products(words)] if words else []

    def done(self, key: str) -> Outcome | None:
        """See `OrderGateway`."""
        number = self._number_of(key)
        if not number:
            self._spells.spelling()  # that nothing was done is said only by a shop that answers
            return None
        told = self._read(number)
        return outcome_of(told, key) if told is not None else None

    def _once(self, order: Order, key: str, when: frozenset[State], change: Callable[[Json], None]) -> Outcome:
        """Does a change that was not done under its key, to the order as it was looked at, and reads whether it is there."""
        self._asked.note(key, order.number)
        with self._turns.of(order.number):
            told = self._read(order.number)
            before = outcome_of(told, key) if told is not None else None
            if before is not None:
                return before
            fresh = order_of(told) if told is not None else None
            if told is None or fresh is None or fresh.version != order.version or fresh.state not in when:
                raise Moved
            try:
                change(told)
            except Refused as error:
                if error.is_final:
                    raise NotDone(str(error)) from error
                raise
            after = self._read(order.number)
            outcome = outcome_of(after, key) if after is not None else None
            if outcome is None:
                raise GatewayError("the shop took a change and does not show it")
            return outcome

    def _send_elsewhere(self, told: Json, address: Json, mark: Mark) -> None:
        """Changes the address. An order that Vendure left open for changes behind it is closed again."""
        order_id, state = str(told["id"]), str(told["state"])
        try:
            self._client.change_address(order_id, state, address, mark.before("Asked for in the chat."))
        except (Refused, Failed) as error:
            if isinstance(error, Refused) and not error.is_final:
                raise
            now = self._read(str(told["code"]))
            if now is not None and now["state"] == MODIFYING:
                self._client.close(order_id, state)
            if now is None or outcome_of(now, mark.key) is None:
                raise

    def _read(self, number: str) -> Json | None:
        """The only order of a number as Vendure tells it; two of one number are none."""
        spelling, folded = self._spells.spelling(), folded_number(number)
        if spelling is None or not folded or len(number) > LONGEST_NUMBER:
            return None
        plain = number.strip().lstrip("#").strip()
        codes = dict.fromkeys((spelling.written(number), plain, plain.upper(), folded))
        fitting = [one for one in self._client.named(list(codes)) if folded_number(str(one.get("code"))) == folded]
        return fitting[0] if len(fitting) == 1 else None

    def _newest(self) -> tuple[str, str] | None:
        newest = self._client.newest()
        return (str(newest["code"]), "") if newest is not None else None
