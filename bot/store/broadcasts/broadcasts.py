"""`Broadcasts`: topics, who listens to them, and the door to whatever carries them between processes."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Optional, Protocol
from weakref import WeakKeyDictionary

from sqlalchemy.engine import make_url

Listener = Callable[[Any], None]
Hear = Callable[[str], None]
logger = logging.getLogger(__name__)


class Carrier(Protocol):
    """Carries texts to all other processes of a database."""

    async def start(self, hear: Hear) -> None:
        """Begins; `hear` is called with every text of another process, in the event loop."""
        ...

    def send(self, text: str) -> None:
        """Sends a text, as soon as it can; called in the event loop."""
        ...

    async def close(self) -> None:
        """Ends, after what waits is sent."""
        ...


class Broadcasts:
    """The broadcasts of one process and event loop. Without a carrier there is nobody to tell."""

    def __init__(self, carrier: Optional[Carrier]) -> None:
        self._carrier = carrier
        self._listeners: defaultdict[str, list[Listener]] = defaultdict(list)
        self._loop = asyncio.get_running_loop()
        self._starting: Optional[asyncio.Task[None]] = None

    @property
    def reach_others(self) -> bool:
        """Whether there may be other processes."""
        return self._carrier is not None

    def subscribe(self, topic: str, listener: Listener) -> Callable[[], None]:
        """Calls `listener`, in the event loop, with what other processes tell of a topic; what is given back ends that."""
        self._listeners[topic].append(listener)
        if self._carrier is not None and self._starting is None:
            self._starting = self._loop.create_task(self._carrier.start(self._heard))
        return lambda: self._listeners[topic].remove(listener) if listener in self._listeners[topic] else None

    async def started(self) -> None:
        """Waits until what others tell is heard, or the first try failed."""
        if self._starting is not None:
            await self._starting

    def tell(self, topic: str, data: Any) -> None:
        """Tells all other processes; `data` is what JSON can say. From any thread."""
        if self._carrier is None:
            return
        text = json.dumps([topic, data], separators=(",", ":"))
        with suppress(RuntimeError):  # the loop is closed
            if asyncio._get_running_loop() is self._loop:
                self._carrier.send(text)
            else:
                self._loop.call_soon_threadsafe(self._carrier.send, text)

    async def close(self) -> None:
        """Ends."""
        if self._carrier is not None:
            if self._starting is not None:
                self._starting.cancel()
                await asyncio.gather(self._starting, return_exceptions=True)
            await self._carrier.close()

    def _heard(self, text: str) -> None:
        topic, data = json.loads(text)
        for listener in list(self._listeners[topic]):
            try:
                listener(data)
            except Exception:  # noqa: BLE001 - one listener's trouble must not keep others from hearing
                logger.exception("what another process told of %s could not be taken", topic)


_known: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, Broadcasts]] = WeakKeyDictionary()


def broadcasts_of(url: str, several: bool) -> Broadcasts:
    """The broadcasts of a database in the running event loop.

    Args:
        url: SQLAlchemy address.
        several: whether there may be other processes.
    """
    of_loop = _known.setdefault(asyncio.get_running_loop(), {})
    if url not in of_loop:
        of_loop[url] = Broadcasts(_carrier(url) if several else None)
    return of_loop[url]


def _carrier(url: str) -> Optional[Carrier]:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        from bot.store.broadcasts.over_postgres import OverPostgres

        return OverPostgres(url)
    if parsed.database in (None, "", ":memory:") or not Path("/proc/self/fd").is_dir():
        return None
    from bot.store.broadcasts.over_sockets import OverSockets

    return OverSockets(Path(str(parsed.database)))
