"""What shops post: signed, each event once, none that is older than what is known."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.shops.events import own, shopify, woo
from bot.shops.events.form import Json, Unusable
from bot.store.database import Database
from bot.store.shop_events.taking import Result, Taken, take
from bot.store.shop_events.told import Event, StockTold
from bot.support.places.webhook.signing import HEADER

logger = logging.getLogger(__name__)
Signed = Callable[[str, bytes, Mapping[str, str], float], bool]
OURS = {Taken.UNKNOWN: 404, Taken.REFUSED: 409, Taken.AHEAD: 422}
"""What our own form is answered where an event was not taken. Shopify and WooCommerce switch a webhook off that is refused several times,
so they are answered 200 and it stands in the log."""


@dataclass(frozen=True)
class Heard:
    """What became of what was posted: a status of HTTP, and a word why."""

    status: int
    told: str


@dataclass(frozen=True)
class Form:
    """A form of events: how it is signed, how it is read, and whether it is answered with what was wrong."""

    signed: Signed
    read: Callable[[Json, Mapping[str, str]], list[Event]]
    is_ours: bool = False


class Hearing:
    """Takes events. Calls block."""

    def __init__(self, database: Database, secret: str, currency: str, keeps_orders: bool, now: Callable[[], float] = time.time) -> None:
        """
        Args:
            database: the shop's.
            secret: what events are signed with.
            currency: ISO 4217 code of amounts that name none.
            keeps_orders: whether orders are looked up in the own book; else the shop is asked for them, and only stock is kept.
            now: seconds since 1970.
        """
        self._database, self._secret, self._keeps_orders, self._now = database, secret, keeps_orders, now
        self._forms: Mapping[str, Form] = {
            HEADER.lower(): Form(own.signed, lambda sent, headers: own.events_of(sent, currency), is_ours=True),
            shopify.SIGNATURE: Form(shopify.signed, shopify.events_of), woo.SIGNATURE: Form(woo.signed, woo.events_of),
        }  # fmt: skip

    def hear(self, body: bytes, headers: Mapping[str, str]) -> Heard:
        """Takes what was posted.

        Raises:
            StoreError: when the database gives no answer; to be posted again.
        """
        if woo.is_ping(body):
            return Heard(200, "heard")
        told = {name.lower(): value for name, value in headers.items()}
        form = next((form for name, form in self._forms.items() if name in told), None)
        if form is None or not form.signed(self._secret, body, told, self._now()):
            return Heard(401, "the signature is missing, wrong or old")
        try:
            sent = json.loads(body)
            if not isinstance(sent, dict):
                raise Unusable("this is no object")
            return self._taken(form.read(sent, told), form.is_ours)
        except (ValueError, RecursionError):
            return Heard(400, "this is no JSON")
        except Unusable as error:
            if form.is_ours:
                return Heard(400, str(error))
            logger.warning("an event of the shop cannot be used and is left out")  # why holds what stood in it
            return Heard(200, "left out")

    def _taken(self, events: Sequence[Event], is_ours: bool) -> Heard:
        kept = [one for one in events if self._keeps_orders or isinstance(one.what, StockTold)]
        results = [take(self._database, one) for one in kept]
        if not results:
            return Heard(200, "nothing of this is kept here")
        worst = next((one for one in results if one.taken in OURS), results[-1])
        if worst.taken in OURS and not is_ours:
            logger.warning("an event of the shop was not taken: %s", worst.taken.value)
        return Heard(OURS.get(worst.taken, 200) if is_ours else 200, _said(worst))


def _said(result: Result) -> str:
    return f"{result.taken.value}: {result.why}" if result.why else result.taken.value
