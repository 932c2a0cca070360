"""Finds a WooCommerce order by the number that its customer reads.

Without a plugin the number is the id. With one ("KB-1042") it is not, and WooCommerce filters by neither number nor e-mail: its search
finds the order among others. How the shop writes its numbers is told by its newest order.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from bot.shops.spelling import Learned, Spelling
from bot.shops.woo.client import WooClient
from bot.shops.woo.reading import is_order
from bot.store.orders.records import folded_email, folded_number

logger = logging.getLogger(__name__)
LONGEST = 40
LONGEST_ID = 18
MOST_KNOWN = 5_000


class Numbers:
    """The way from numbers to ids."""

    def __init__(self, client: WooClient, clock: Callable[[], float]) -> None:
        self._client = client
        self._spells = Learned(self._newest, clock)
        self._known: OrderedDict[str, int] = OrderedDict()

    def spelling(self) -> Spelling | None:
        """How the shop writes its numbers; None where it has no order yet."""
        return self._spells.spelling()

    def _newest(self) -> tuple[str, str] | None:
        newest = self._client.newest()
        return (str(newest["number"]), str(newest["id"])) if newest is not None else None

    def of_customer(self, number: str, email: str) -> int | None:
        """The id of the order of a number and an e-mail. One request, the same for an unknown number and another e-mail."""
        told = self._only(number)
        if told is None or not folded_email(email) or folded_email(str(told["billing"].get("email") or "")) != folded_email(email):
            return None
        return self._keep(told)

    def id_of(self, number: str) -> int | None:
        """The id of the order of a number, whosever it is; only for who proved to be its customer."""
        known = self._known.get(folded_number(number))
        if known is not None:
            return known
        told = self._only(number)
        return self._keep(told) if told is not None else None

    def forget(self, number: str) -> None:
        """The order of a number is not where it was."""
        self._known.pop(folded_number(number), None)

    def _only(self, number: str) -> Mapping[str, Any] | None:
        """The only order of a number. Two of one number are none: who proves to be the customer of one must not be shown the other."""
        folded = folded_number(number)
        spelling = self.spelling()
        if spelling is None or not folded or len(number) > LONGEST:
            return None
        if spelling.are_ids:
            is_id = folded.isascii() and folded.isdigit() and len(folded) <= LONGEST_ID
            found = self._client.by_ids(folded if is_id else "0")
        else:
            found = self._client.search(spelling.written(number))
        fitting = [one for one in found if folded_number(str(one["number"])) == folded and is_order(one)]
        if len(fitting) > 1:
            logger.warning("several orders have the same number, so none of them is shown")
        return fitting[0] if len(fitting) == 1 else None

    def _keep(self, told: Mapping[str, Any]) -> int:
        found = int(told["id"])
        self._known[folded_number(str(told["number"]))] = found
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return found
