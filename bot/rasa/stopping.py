"""Stops a server within ten seconds, whatever its clients do, and without an answer lost that can still be given.

Sanic stops when every connection is closed, but goes on answering on those that are kept alive, and waits for requests that
never end. Here every answer from the stop on closes its connection, an idle one is closed after a moment, and what is left
after some seconds is cut off.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Callable

from sanic import Sanic
from sanic.request import Request

from bot.rasa.slow_requests import IDLE_S

IDLE_AFTER_S = 1.0
CUT_AFTER_S = 7.0
LOOK_EVERY_S = 0.25
REST_S = 1.0
"""So long what was cut off, and tasks that were cancelled, may take to end."""
logger = logging.getLogger(__name__)
Listener = Callable[[Sanic, Any], Any]


class Stopping:
    """The stop of one server; `listeners` are to be registered with it."""

    def __init__(self) -> None:
        self._stops = False
        self._connections: set[Any] = set()

    @property
    def listeners(self) -> list[tuple[Listener, str]]:
        """What Sanic is to call, each with the event at which."""
        return [(self._begin, "before_server_start"), (self._stop, "before_server_stop"), (self._end, "after_server_stop")]

    async def _begin(self, app: Sanic, _: Any) -> None:
        app.config.GRACEFUL_SHUTDOWN_TIMEOUT = REST_S
        app.config.KEEP_ALIVE_TIMEOUT = IDLE_S
        app.register_middleware(self._see, "request")
        app.register_middleware(self._close_behind, "response")

    def _see(self, request: Request) -> None:
        """Remembers where Sanic keeps its connections, which it tells nobody but them."""
        if not self._connections and request.transport is not None:
            protocol: Any = request.transport.get_protocol()  # type: ignore[no-untyped-call]
            self._connections = protocol.connections

    def _close_behind(self, request: Request, _: Any) -> None:
        if self._stops and request.stream is not None:
            request.stream.keep_alive = False

    async def _stop(self, _: Sanic, loop: Any) -> None:
        self._stops = True
        began = loop.time()

        def look() -> None:
            since = loop.time() - began
            for connection in list(self._connections):
                if since >= CUT_AFTER_S:
                    connection.abort()
                elif since >= IDLE_AFTER_S:
                    connection.close_if_idle()
            loop.call_later(LOOK_EVERY_S, look)

        look()

    async def _end(self, _: Sanic, __: Any) -> None:
        """Cancels what still runs, which would else be destroyed with a line in the log for each task."""
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=REST_S)
