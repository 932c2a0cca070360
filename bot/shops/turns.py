"""One change at a time of each order: who waits for a slow shop holds up nobody with another order."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot.store.orders.records import folded_number


class Turns:
    """A lock for each order that is being changed, kept as long as somebody has it or waits for it."""

    def __init__(self) -> None:
        self._all = threading.Lock()
        self._locks: dict[str, tuple[threading.Lock, int]] = {}

    @contextmanager
    def of(self, number: str) -> Iterator[None]:
        """Holds the order of a number, however it is written."""
        name = folded_number(number)
        with self._all:
            lock, count = self._locks.get(name, (threading.Lock(), 0))
            self._locks[name] = lock, count + 1
        try:
            with lock:
                yield
        finally:
            with self._all:
                count = self._locks[name][1] - 1
                if count:
                    self._locks[name] = lock, count
                else:
                    del self._locks[name]
