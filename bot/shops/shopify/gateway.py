"""A Shopify shop as an `OrderGateway`.

Shopify cancels orders, changes addresses, and where the token may write returns takes those too: opened at once, or for the team to approve.
Items and payments become tickets.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Sequence

from bot.shops.asked import Asked
from bot.shops.engine import MISS_TAKES_S, Engine, who_ordered
from bot.shops.http import Refused
from bot.shops.shopify.client import Json, ShopifyClient
from bot.shops.shopify.reading import Called, number_of, order_of, outcome_of, owed
from bot.shops.shopify.returning import positions
from bot.shops.spelling import LEARNED_FOR_S, Learned
from bot.shops.turns import Turns
from bot.store.orders.records import folded_email, folded_number
from bot.support.gateway import Address, Capability, Customer, GatewayError, Moved, NotDone, Order, Outcome, State

CAPABILITIES = frozenset({Capability.CANCEL, Capability.ADDRESS, Capability.BY_EMAIL})
CHANGEABLE = frozenset({State.OPEN, State.PACKED})
AT_THE_CUSTOMER = frozenset({State.SHIPPED, State.DELIVERED})
RETURNS = "write_returns"
"""The scope that returns need; without it they are neither looked at nor taken."""
LOOKS, BETWEEN_LOOKS_S = 3, 0.6
"""How often, and after how long, it is looked whether Shopify did what it took: it cancels a moment later."""
LONGEST_NUMBER, MOST_KNOWN = 40, 5_000


class ShopifyGateway(Engine):
    """The orders of a Shopify shop. See `OrderGateway` for what each method promises."""

    def __init__(
        self,
        client: ShopifyClient,
        asked: Asked,
        pays_back: bool = False,
        opens_returns: bool = False,
        miss_takes_s: float = MISS_TAKES_S,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """
        Args:
            client: calls the shop.
            asked: remembers of which order a change is.
            pays_back: whether Shopify pays back at once what was paid for an order that is cancelled.
            opens_returns: whether a return is open at once; else the team approves it.
            miss_takes_s: seconds that a look-up takes at least that finds nothing, so that its time tells nothing.
            clock, sleep: seconds that only go on, and waiting for some.
        """
        super().__init__(asked, miss_takes_s, clock, sleep)
        self._client, self._pays_back, self._opens_returns = client, pays_back, opens_returns
        self._scopes: set[str] | None = None
        self._known: OrderedDict[str, str] = OrderedDict()
        self._under_way: OrderedDict[str, str] = OrderedDict()  # the keys of cancellations that Shopify took, by the ids of their orders
        self._spells = Learned(self._newest, clock)
        self._scopes_at = 0.0
        self._turns = Turns()

    @property
    def capabilities(self) -> frozenset[Capability]:
        """See `OrderGateway`. Whether returns are among them is known once an order was looked at."""
        return CAPABILITIES | {Capability.RETURN} if RETURNS in (self._scopes or ()) else CAPABILITIES

    def has_orders(self) -> bool:
        """See `OrderGateway`."""
        return self._spells.spelling() is not None

    def find(self, number: str, email: str) -> Order | None:
        """See `OrderGateway`."""
        began = self._clock()
        found = self._only(number)
        fits = found is not None and bool(folded_email(email)) and folded_email(str(found.get("email") or "")) == folded_email(email)
        order = self._whole(self._keep(found), number) if found is not None and fits else None
        if order is not None and order.email == folded_email(email):
            return order
        self._missed(began)
        return None

    def order(self, number: str) -> Order | None:
        """See `OrderGateway`."""
        order_id = self._id_of(number)
        return self._whole(order_id, number) if order_id else None

    def numbers_of(self, email: str) -> Sequence[str]:
        """See `OrderGateway`. The hundred newest."""
        return [number_of(one) for one in self._orders_of(email)]

    def cancel(self, order: Order, key: str, reason: str) -> Outcome:
        """See `OrderGateway`. Shopify takes it and does it a moment later, so it is looked whether it did."""
        with self._turns.of(order.number):
            told = self._looked_at(order, key)
            if isinstance(told, Outcome):
                return told
            order_id, called = str(told["id"]), Called(key, owed(told))
            first = self._under_way.get(order_id)
            if first is None:
                self._send(lambda: self._client.cancel(order_id, called.note, self._pays_back))
                self._keep_under_way(order_id, key)
            elif first != key:  # what goes back is told by the first, so that it is paid back once
                return Outcome(False)
            return self._seen_done(order_id, key) or Outcome(False, called.refunds)

    def change_address(self, order: Order, key: str, address: Address) -> Outcome:
        """See `OrderGateway`."""
        first, _, last = address.name.partition(" ")
        to = {
            "firstName": first, "lastName": last, "company": "", "address1": address.line1, "address2": address.line2, "city": address.city,
            "provinceCode": address.region or None, "zip": address.postcode, "countryCode": address.country or None,
        }  # fmt: skip
        with self._turns.of(order.number):
            told = self._looked_at(order, key)
            if isinstance(told, Outcome):
                return told
            order_id = str(told["id"])
            mark = {"namespace": "glasskin", "key": f"done_{key}", "type": "single_line_text_field", "value": "address"}
            self._send(lambda: self._client.change({"id": order_id, "shippingAddress": to, "metafields": [mark]}))
            return self._shown(order_id, key)

    def return_lines(self, order: Order, key: str, lines: Mapping[str, int], reason: str, method: str = "") -> Outcome:
        """See `OrderGateway`. Shopify pays back the way it was paid. A return that the team still has to approve is not done yet."""
        if method or not lines:
            raise Moved
        with self._turns.of(order.number):
            told = self._looked_at(order, key, AT_THE_CUSTOMER)
            if isinstance(told, Outcome):
                return told
            order_id = str(told["id"])
            taken = positions(told, lines, key, reason, self._opens_returns)
            self._send(lambda: self._client.take_back(order_id, taken, self._opens_returns))
            return self._shown(order_id, key)

    def customer_by_email(self, email: str) -> Customer | None:
        """See `OrderGateway`."""
        began = self._clock()
        found = self._orders_of(email)
        newest = self._whole(str(found[0]["id"]), number_of(found[0])) if found else None
        if newest is None:
            self._missed(began)
            return None
        return who_ordered(newest, [number_of(one) for one in found])

    def done(self, key: str) -> Outcome | None:
        """See `OrderGateway`."""
        number = self._number_of(key)
        if not number:
            self._spells.spelling()  # that nothing was done is said only by a shop that answers
            return None
        order_id = self._id_of(number)
        told = self._read(order_id) if order_id else None
        found = outcome_of(told, key) if told is not None else None
        return Outcome(False) if found is None and self._under_way.get(order_id) == key else found

    def _shown(self, order_id: str, key: str) -> Outcome:
        after = self._read(order_id)
        outcome = outcome_of(after, key) if after is not None else None
        if outcome is None:
            raise GatewayError("the shop took a change and does not show it")
        return outcome

    def _looked_at(self, order: Order, key: str, when: frozenset[State] = CHANGEABLE) -> Json | Outcome:
        """The order as it is now, where it still is what was looked at; what was done where the key's change was.

        Raises:
            Moved: where it is another by now, or left the shop.
        """
        self._asked.note(key, order.number)
        order_id = self._id_of(order.number)
        told = self._read(order_id) if order_id else None
        if told is None:
            raise Moved
        before = outcome_of(told, key)
        if before is not None:
            return before
        fresh = order_of(told)
        if fresh.version != order.version or fresh.state not in when:
            raise Moved
        return told

    def _send(self, change: Callable[[], None]) -> None:
        try:
            change()
        except Refused as error:
            if error.is_final:
                raise NotDone(str(error)) from error
            raise

    def _seen_done(self, order_id: str, key: str) -> Outcome | None:
        """What a cancellation led to, once Shopify did it; None where it still has to."""
        for left in range(LOOKS - 1, -1, -1):
            told = self._read(order_id)
            found = outcome_of(told, key) if told is not None else None
            if found is not None and found.done:
                return found
            if left:
                self._sleep(BETWEEN_LOOKS_S)
        return None

    def _keep_under_way(self, order_id: str, key: str) -> None:
        self._under_way[order_id] = key
        while len(self._under_way) > MOST_KNOWN:
            self._under_way.popitem(last=False)

    def _read(self, order_id: str) -> Json | None:
        """An order as Shopify tells it; once it is cancelled, no cancellation of it is under way any more."""
        told = self._told(order_id)
        if told is not None and told.get("cancelledAt"):
            self._under_way.pop(order_id, None)
        return told

    def _told(self, order_id: str) -> Json | None:
        """An order with its returns, without them once the token lost their scope."""
        try:
            return self._client.order(order_id, self._sees_returns())
        except Refused as error:
            if not error.of_the_key or not self._sees_returns():
                raise
            self._scopes = None
            if self._sees_returns():
                raise
            return self._client.order(order_id, returns=False)

    def _sees_returns(self) -> bool:
        """Whether the token may read and write returns, as it was at most ten minutes ago."""
        if self._scopes is None or self._clock() - self._scopes_at > LEARNED_FOR_S:
            self._scopes = self._client.scopes()
            self._scopes_at = self._clock()
        return RETURNS in self._scopes

    def _newest(self) -> tuple[str, str] | None:
        newest = self._client.newest()
        return (str(newest["name"]), "") if newest is not None else None

    def _only(self, number: str) -> Json | None:
        """The only order of a number, in short; two of one number are none."""
        spelling, folded = self._spells.spelling(), folded_number(number)
        if spelling is None or not folded or len(number) > LONGEST_NUMBER:
            return None
        fitting = [one for one in self._client.named(spelling.written(number)) if folded_number(str(one["name"])) == folded]
        return fitting[0] if len(fitting) == 1 else None

    def _id_of(self, number: str) -> str:
        known = self._known.get(folded_number(number))
        if known is None:
            found = self._only(number)
            return self._keep(found) if found is not None else ""
        return known

    def _keep(self, found: Json) -> str:
        self._known[folded_number(str(found["name"]))] = str(found["id"])
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return str(found["id"])

    def _whole(self, order_id: str, number: str) -> Order | None:
        told = self._read(order_id)
        order = order_of(told) if told is not None else None
        return order if order is not None and folded_number(order.number) == folded_number(number) else None

    def _orders_of(self, email: str) -> list[Json]:
        wanted = folded_email(email)
        return [one for one in self._client.of_email(wanted) if folded_email(str(one.get("email") or "")) == wanted] if "@" in wanted else []
