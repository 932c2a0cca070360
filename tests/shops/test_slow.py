"""A slow shop holds up no more than the few who wait for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from bot.shops.http import MOST_AT_ONCE, NoAnswer
from bot.shops.turns import Turns
from tests.peers.faults import Fault
from tests.shops.woo.shop import WooShop
from tests.support.conformance import found

LONG_S = 20.0


@pytest.fixture
def woo() -> Iterator[WooShop]:
    """A shop of WooCommerce."""
    made = WooShop()
    yield made
    made.peer.stop()


def test_so_many_calls_wait_and_the_next_is_told_at_once(woo: WooShop) -> None:
    gateway, http = woo.gateway, woo.gateway._client.http
    order = found(gateway, "KB-2001")
    woo.peer.faults.set(Fault(instead="late"), writes=False, times=MOST_AT_ONCE)
    waiting = [threading.Thread(target=_asked, args=(woo,)) for _ in range(MOST_AT_ONCE)]
    for one in waiting:
        one.start()
    until = time.monotonic() + LONG_S
    while http._places._value and time.monotonic() < until:
        time.sleep(0.01)
    with pytest.raises(NoAnswer, match="not asked"):
        http._once("GET", "orders", None, None, LONG_S)
    for one in waiting:
        one.join(LONG_S)
    woo.recover()
    assert gateway.order("KB-2001") == order and http._places._value == MOST_AT_ONCE


def _asked(woo: WooShop) -> None:
    with pytest.raises(NoAnswer):
        woo.gateway._client.http._once("GET", "orders", None, None, LONG_S)


def test_an_order_waits_for_itself_and_for_no_other() -> None:
    turns, began, free = Turns(), threading.Event(), threading.Event()
    log: list[str] = []

    def change(number: str) -> None:
        with turns.of(number):
            log.append(number)
            began.set()
            free.wait(LONG_S)

    first = threading.Thread(target=change, args=("KB-2001",))
    first.start()
    assert began.wait(LONG_S)
    second = threading.Thread(target=change, args=("kb 2001",))
    second.start()
    with turns.of("KB-2005"):
        log.append("KB-2005")
    second.join(0.1)
    assert second.is_alive() and log == ["KB-2001", "KB-2005"]
    free.set()
    for one in (first, second):
        one.join(LONG_S)
    assert log == ["KB-2001", "KB-2005", "kb 2001"] and not turns._locks


def test_a_change_that_the_shop_is_slow_at_holds_up_no_other_order(woo: WooShop) -> None:
    slow, quick = found(woo.gateway, "KB-2001"), found(woo.gateway, "KB-2005")
    inside, free = threading.Event(), threading.Event()
    change = woo.gateway._client.change

    def changed(order_id: int, fields: object) -> object:
        if order_id == woo.peer.of("KB-2001")["id"]:
            inside.set()
            free.wait(LONG_S)
        return change(order_id, fields)  # type: ignore[arg-type]

    woo.gateway._client.change = changed  # type: ignore[method-assign, assignment]
    threads = [threading.Thread(target=woo.gateway.cancel, args=(one, one.number, "")) for one in (slow, quick)]
    threads[0].start()
    assert inside.wait(LONG_S)
    threads[1].start()
    threads[1].join(LONG_S / 4)
    came_through = not threads[1].is_alive()
    free.set()
    for one in threads:
        one.join(LONG_S)
    assert came_through and woo.times_changed("KB-2001") == woo.times_changed("KB-2005") == 1
