"""Changes in WooCommerce orders: each once for its key, and only of the order that was looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from bot.shops.http import Refused, Unreadable
from bot.shops.turns import Turns
from bot.shops.woo.client import NO_SUCH, WooClient
from bot.shops.woo.marks import ADDRESS, CANCEL, Mark
from bot.shops.woo.reading import Json, address_of, delivery_to, order_of, outcome_of, owed, place_of
from bot.support.gateway import Address, GatewayError, Moved, NotDone, Order, Outcome, State

NOT_AS_LOOKED_AT = frozenset((409, 410, 412))


@dataclass(frozen=True)
class Change:
    """Fields of an order to be written, how an order is told that has them, what goes back by it, the digest of where it goes then;
    `done` False where the staff has to do the rest."""

    kind: str
    fields: Mapping[str, Any]
    took: Callable[[Json], bool]
    refunds: Sequence[tuple[Decimal, str]] = ()
    done: bool = True
    place: str = ""


def cancelled(told: Json) -> Change:
    """The change that calls an order off. WooCommerce puts the stock back; it pays nothing back."""
    return Change(CANCEL, {"status": "cancelled"}, lambda after: after["status"] == "cancelled", owed(told))


def sent_elsewhere(told: Json, address: Address) -> Change:
    """The change that gives an order another address. WooCommerce reckons its taxes anew then: where that could make it another sum
    than was paid, the wish is written into the customer's note for the staff."""
    before, taxed = address_of(told), Decimal(told.get("total_tax") or 0) != 0
    moves = (before.country, before.region, before.postcode, before.city) != (address.country, address.region, address.postcode, address.city)
    if taxed and moves:
        note = f"{told.get('customer_note') or ''}\nAsked for in the chat: please send it to {address.text}".strip()
        return Change(ADDRESS, {"customer_note": note}, lambda after: after["customer_note"] == note, done=False)
    fields = {"shipping": delivery_to(address)}
    place = place_of(fields)
    return Change(ADDRESS, fields, lambda after: place_of(after) == place, place=place)


class Changes:
    """Writes changes into a shop."""

    def __init__(self, client: WooClient) -> None:
        self._client = client
        self._turns = Turns()

    def once(self, order: Order, key: str, read: Callable[[], Json | None], change: Callable[[Json], Change]) -> Outcome:
        """Does a change that was not done under its key. Of two processes at the same moment the later finds the mark, or writes the
        same once more, which changes nothing.

        Args:
            order: as it was looked at.
            key: the change's.
            read: reads the order anew.
            change: what is to be written into it.

        Raises:
            Moved: where it is another than was looked at, or left already; nothing was done.
            GatewayError: when there is no answer.
        """
        with self._turns.of(order.number):
            told = read()
            if told is None:
                raise Moved
            before = outcome_of(told, key)
            if before is not None:
                return before
            fresh = order_of(told)
            if fresh.version != order.version or fresh.state is not State.OPEN:
                raise Moved
            wanted = change(told)
            mark = Mark(key, wanted.kind, datetime.now(timezone.utc), tuple(wanted.refunds), wanted.done, wanted.place)
            return self._written(int(told["id"]), wanted, mark)

    def _written(self, order_id: int, wanted: Change, mark: Mark) -> Outcome:
        try:
            after = self._client.change(order_id, {**wanted.fields, "meta_data": [mark.field]})
        except Refused as error:
            if error.status in NOT_AS_LOOKED_AT or error.code.endswith(NO_SUCH):
                raise Moved from error
            if error.is_final:
                raise NotDone(str(error)) from error
            raise
        try:
            is_there = wanted.took(after) and outcome_of(after, mark.key) is not None
        except (KeyError, TypeError, AttributeError) as error:
            raise Unreadable(f"the shop tells a changed order as it should not: {type(error).__name__}") from error
        if not is_there:
            raise GatewayError("the shop took a change and does not show it")
        return mark.outcome
