"""Of which order a change was asked under a key: engines keep a change with its order, and can't be asked for a key alone."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

MOST = 10_000


class Asked:
    """Remembers the changes of this process; those of others and of before its start are looked up."""

    def __init__(self, looked_up: Callable[[str], str] = lambda key: "") -> None:
        """
        Args:
            looked_up: the order's number of a key, empty where none is known; may raise StoreError.
        """
        self._looked_up = looked_up
        self._here: OrderedDict[str, str] = OrderedDict()

    def note(self, key: str, number: str) -> None:
        """A change of this order is asked for under a key."""
        self._here[key] = number
        while len(self._here) > MOST:
            self._here.popitem(last=False)

    def number(self, key: str) -> str:
        """The number of the order that a key is of; empty where nothing was asked under it."""
        return self._here.get(key) or self._looked_up(key)
