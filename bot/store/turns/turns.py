"""`Turns`: the order within a process, and the door to the locks between processes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Optional, Protocol
from weakref import WeakKeyDictionary, WeakValueDictionary

from sqlalchemy.engine import make_url

PATIENCE_S = 20.0
"""So long a message waits for those before it, in all."""
Release = Callable[[], object]


class TurnTimeout(Exception):
    """A conversation was busy for longer than anybody can be kept waiting; nothing was done."""


class Keeper(Protocol):
    """Keeps one process from another's turn."""

    async def take(self, name: str, seconds: float) -> Release:
        """Waits until nobody in another process has the turn of `name`; gives what gives it back.

        Raises:
            TurnTimeout: when that takes longer than `seconds`.
        """
        ...

    async def close(self) -> None:
        """Closes what is open."""
        ...


class Alone:
    """For a database that no other process can reach."""

    async def take(self, name: str, seconds: float) -> Release:
        """There is nobody to wait for."""
        return _nothing

    async def close(self) -> None:
        """There is nothing to close."""


class _Turn:
    """A turn while it lasts. What is begun in it and goes on behind its end has it no more."""

    def __init__(self, name: str, outer: Optional[_Turn]) -> None:
        self._name = name
        self._outer = outer
        self.lasts = True

    def holds(self, name: str) -> bool:
        """Whether who asks has the turn of `name`."""
        return (self.lasts and self._name == name) or (self._outer is not None and self._outer.holds(name))


_MINE: ContextVar[Optional[_Turn]] = ContextVar("turn", default=None)


class Turns:
    """The turns of one database, in one event loop."""

    def __init__(self, keeper: Keeper) -> None:
        """
        Args:
            keeper: the locks between processes.
        """
        self._keeper = keeper
        self._orders: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, name: str, patience_s: float = PATIENCE_S) -> AsyncIterator[None]:
        """Held while something happens to a conversation; who has its turn already, has it here too.

        Raises:
            TurnTimeout: when it does not come within `patience_s`.
        """
        outer = _MINE.get()
        if outer is not None and outer.holds(name):
            yield
            return
        loop = asyncio.get_running_loop()
        until = loop.time() + patience_s
        order = self._orders.get(name)
        if order is None:
            order = self._orders[name] = asyncio.Lock()
        if order.locked():
            try:
                await asyncio.wait_for(order.acquire(), patience_s)
            except asyncio.TimeoutError:
                raise TurnTimeout(TOLD) from None
        else:
            await order.acquire()
        try:
            release = await self._keeper.take(name, max(0.0, until - loop.time()))
            mine = _Turn(name, outer)
            token = _MINE.set(mine)
            try:
                yield
            finally:
                mine.lasts = False
                _MINE.reset(token)
                release()
        finally:
            order.release()

    async def close(self) -> None:
        """Closes what is open; the turns end with it."""
        await self._keeper.close()


TOLD = "A conversation is busy for too long: what was said to it before is still being answered, here or in another process."
_known: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, Turns]] = WeakKeyDictionary()


def turns_of(url: str) -> Turns:
    """The turns of a database in the running event loop."""
    of_loop = _known.setdefault(asyncio.get_running_loop(), {})
    if url not in of_loop:
        of_loop[url] = Turns(_keeper(url))
    return of_loop[url]


def _keeper(url: str) -> Keeper:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        from bot.store.turns.on_postgres import PostgresLocks

        return PostgresLocks(url)
    if parsed.database in (None, "", ":memory:") or str(parsed.database).startswith("file:"):
        return Alone()
    from bot.store.turns.on_file import FileLocks

    return FileLocks(Path(str(parsed.database)))


def _nothing() -> None:
    """Gives back what was never taken."""
