"""The Socket.IO server on Rasa's web server: who may connect, how big and how many frames may be.

Checks that python-socketio leaves to its user: connections are counted before they are let in, frames are counted
before they are decoded, and a connection that sends too many is cut, as a CLOSE packet alone would leave it open.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping
from typing import Any, Optional
from urllib.parse import urlsplit

from sanic import Blueprint, Sanic
from socketio import AsyncManager, AsyncServer

from bot.channels.web_limits import Connections, TokenBuckets, client_address
from bot.channels.web_transport import route

PATH = "/socket.io"
LARGEST_FRAME = 64 * 1024
LARGEST_REQUEST = 1024 * 1024
FRAMES_PER_MINUTE = 600
FRAMES_AT_ONCE = 120
LOCAL = ("localhost", "127.0.0.1", "::1")
PORTS = {"http": 80, "https": 443}
LOG_EVERY_SECONDS = 10


class Origins:
    """The pages that may connect: those of the server itself, and the listed ones, or the own machine's when none is
    listed. Requests without an origin come from programs, not from pages, and are let through."""

    def __init__(self, listed: Iterable[str]) -> None:
        """
        Raises:
            ValueError: when one of `listed` is not an origin such as https://shop.com.
        """
        self._listed = {origin.rstrip("/").lower() for origin in listed}
        for origin in self._listed:
            parts = urlsplit(origin)
            if parts.scheme not in PORTS or not parts.hostname or origin != f"{parts.scheme}://{parts.netloc}":
                raise ValueError(f"WEB_ORIGINS: {origin!r} is not an origin such as https://shop.com.")

    def allow(self, origin: Optional[str], environ: Mapping[str, Any]) -> bool:
        """Whether a page of `origin` may connect; `environ` is the request's."""
        if origin is None:
            return True
        try:
            parts = urlsplit(origin.lower())
            host = (parts.hostname, parts.port or PORTS.get(parts.scheme))
            served = urlsplit(f"{parts.scheme}://{environ.get('HTTP_HOST', '')}".lower())
            same = host == (served.hostname, served.port or PORTS.get(parts.scheme))
        except ValueError:
            return False
        if parts.scheme not in PORTS or not parts.hostname:
            return False
        return same or origin.lower() in self._listed or (not self._listed and parts.hostname in LOCAL)


class Gate:
    """Stands between the network and the Socket.IO server, and knows each connection's address."""

    def __init__(self, server: AsyncServer, connections: Connections, proxies: int) -> None:
        """
        Args:
            server: whose connections are watched.
            connections: how many there may be.
            proxies: how many proxies of ours stand in front.
        """
        self._server = server
        self._connections = connections
        self._proxies = proxies
        self._frames = TokenBuckets(FRAMES_PER_MINUTE, FRAMES_AT_ONCE)
        self._addresses: dict[str, str] = {}
        handlers = server.eio.handlers
        self._connect, self._message, self._disconnect = (
            handlers[event] for event in ("connect", "message", "disconnect")
        )
        server.eio.on("connect", self._opened)
        server.eio.on("message", self._received)
        server.eio.on("disconnect", self._closed)

    def address(self, sid: str) -> str:
        """Whom the Socket.IO connection `sid` is counted for."""
        return self._addresses.get(self._server.manager.eio_sid_from_sid(sid, "/") or "", "")

    async def close(self) -> None:
        """Cuts all connections, which the web server would wait for when it stops."""
        for connection in list(self._server.eio.sockets):
            await self._cut(connection)

    async def _opened(self, connection: str, environ: Mapping[str, Any]) -> Any:
        request = environ["sanic.request"]
        address = client_address(request.ip, request.headers, self._proxies)
        if not self._connections.open(connection, address):
            return "Too many connections."
        self._addresses[connection] = address
        return await self._connect(connection, environ)

    async def _received(self, connection: str, data: Any) -> None:
        if self._frames.take(connection):
            await self._message(connection, data)
        else:
            await self._cut(connection)

    async def _closed(self, connection: str, reason: Any) -> None:
        self._connections.close(connection)
        await self._disconnect(connection, reason)
        self._addresses.pop(connection, None)

    async def _cut(self, connection: str) -> None:
        socket = self._server.eio.sockets.pop(connection, None)
        if socket is not None:
            await socket.close(wait=False, abort=True)
            await socket.queue.put(None)  # what makes the writer close the network connection


class SocketBlueprint(Blueprint):
    """A blueprint that brings the Socket.IO server along."""

    def __init__(self, name: str, server: AsyncServer, websocket_only: bool = False) -> None:
        super().__init__(name)
        self.ctx.server = server
        self.ctx.websocket_only = websocket_only
        self.ctx.app = None

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Attaches the server at `PATH`, where Rasa's own channel has it."""
        self.ctx.app = app
        app.enable_websocket()  # type: ignore[no-untyped-call]
        app.add_route(route(self.ctx.server, self.ctx.websocket_only), f"{PATH}/", methods=["GET", "POST", "OPTIONS"], name="socket")
        app.config.WEBSOCKET_MAX_SIZE = LARGEST_FRAME
        app.config.REQUEST_MAX_SIZE = min(app.config.REQUEST_MAX_SIZE, LARGEST_REQUEST)
        super().register(app, options)  # type: ignore[no-untyped-call]


def socket_server(origins: Origins, manager: Optional[AsyncManager] = None) -> AsyncServer:
    """A Socket.IO server that takes small frames from allowed pages; `manager` shares its rooms with other processes."""
    frames = logging.getLogger("bot.channels.frames")
    frames.addFilter(_Seldom())
    return AsyncServer(
        async_mode="sanic",
        cors_allowed_origins=origins.allow,
        cors_credentials=False,
        max_http_buffer_size=LARGEST_FRAME,
        logger=frames,
        engineio_logger=frames,
        client_manager=manager,
    )


class _Seldom(logging.Filter):
    """Lets a line through now and then, without its traceback: anybody can send frames that cannot be read, and must
    not be able to fill the log."""

    def __init__(self) -> None:
        super().__init__()
        self._next = 0.0

    def filter(self, record: logging.LogRecord) -> bool:
        now = time.monotonic()
        if record.levelno < logging.ERROR or now < self._next:
            return False
        self._next = now + LOG_EVERY_SECONDS
        record.exc_info = None
        return True
