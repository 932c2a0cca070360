"""Closes connections whose request does not come to its end.

Sanic counts the time of a request anew with every byte of it, so that a client which sends a header now and then is never cut
off, and some hundreds of them use up all files that a process may open. Here a request has so many seconds from its first
byte to its last.
"""

from __future__ import annotations

import logging
from typing import Any

from sanic.exceptions import RequestTimeout
from sanic.http import Stage
from sanic.server.protocols.http_protocol import HttpProtocol

WAITS_S = 10.0
LOOK_EVERY_S = 2.0
LOG_EVERY_S = 10.0
IDLE_S = 75
"""So long a connection is kept for a next request: longer than nginx keeps it, so that nginx is not cut off in the middle."""
logger = logging.getLogger(__name__)


class _Cut:
    """Counts what was cut off, and says so now and then."""

    def __init__(self) -> None:
        self._count = 0
        self._said = -LOG_EVERY_S

    def one_more(self, now: float) -> None:
        """Counts one; `now` is the event loop's time."""
        self._count += 1
        if now - self._said >= LOG_EVERY_S:
            logger.warning("%s connections closed whose requests did not come within %.0f seconds", self._count, WAITS_S)
            self._count, self._said = 0, now


def use() -> None:
    """Has every connection that is made from now on looked at."""
    made: Any = HttpProtocol.connection_made
    cut = _Cut()

    def connection_made(self: Any, transport: Any) -> None:
        made(self, transport)
        self.loop.call_later(LOOK_EVERY_S, _look, self, None, cut)

    HttpProtocol.connection_made = connection_made  # type: ignore[method-assign]


def _look(connection: Any, since: float | None, cut: _Cut) -> None:
    """Looks whether a connection waits for the rest of a request, as it has since `since`, and again after a while."""
    http, now = connection._http, connection.loop.time()
    if connection.transport is None or http is None or http.upgrade_websocket:
        return
    since = (since if since is not None else now) if _waits(http) else None
    if since is not None and now - since >= WAITS_S:
        cut.one_more(now)
        http.exception = RequestTimeout("The request did not come to its end.")
        connection._task.cancel()
        return
    connection.loop.call_later(LOOK_EVERY_S, _look, connection, since, cut)


def _waits(http: Any) -> bool:
    """Whether the header, or the body behind it, is not here yet."""
    return http.stage is Stage.REQUEST or bool(http.request_body)
