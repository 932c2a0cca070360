"""How Socket.IO sits on Sanic: the route, and the WebSocket's reading end.

Sanic drops a frame that arrives together with the connection's end, so a message sent just before its tab is closed
would be lost; and python-engineio answers a WebSocket's end with an HTTP response that nobody can receive.
"""

from __future__ import annotations

import asyncio
from typing import Any, Callable, Coroutine, Mapping, Optional, Union

from engineio.async_drivers.sanic import WebSocket
from engineio.packet import Packet
from sanic.request import Request
from sanic.response import HTTPResponse, text
from socketio import AsyncServer
from websockets.connection import CLOSED

LINGER_SECONDS = 0.1

Handler = Callable[[Request], Coroutine[Any, Any, Optional[HTTPResponse]]]


class WholeWebSocket(WebSocket):
    """A WebSocket that gives every frame it got."""

    async def __call__(self, environ: Mapping[str, Any]) -> Any:
        """Takes the connection over and serves it until it ends."""
        request = environ["sanic.request"]
        request.ctx.is_over = True
        self.environ = environ
        self._sock = await request.transport.get_protocol().websocket_handshake(request)
        serving = asyncio.ensure_future(self.handler(self))
        try:
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            await serving  # Sanic gives a lost connection up at once; what came before the end is still to be read
        return self.server._ok()

    async def wait(self) -> Union[str, bytes]:
        """The next frame.

        Raises:
            OSError: when the connection has ended, or should because nobody who speaks the protocol sends that.
        """
        end = self._sock.recv_cancel = asyncio.get_running_loop().create_future()
        frame = asyncio.ensure_future(self._sock.assembler.get())
        try:
            if self._sock.connection.state is not CLOSED:
                await asyncio.wait((frame, end), return_when=asyncio.FIRST_COMPLETED)
            # The end overtakes frames that Sanic still hands from task to task.
            await asyncio.wait((frame,), timeout=LINGER_SECONDS)
            got: Union[str, bytes, None] = frame.result() if frame.done() else None
        finally:
            self._sock.recv_cancel = None
            frame.cancel()
            end.cancel()
        if got is None:
            raise OSError("closed")
        _check(got)
        return got


def _check(frame: Union[str, bytes]) -> None:
    """python-engineio decodes frames where an error would leave the connection half closed."""
    try:
        Packet(encoded_packet=frame)
    except (ValueError, RecursionError) as error:
        raise OSError("unreadable") from error


WEBSOCKET_ONLY = (
    'Several processes answer here, so a chat needs a WebSocket. Give the widget transports: ["websocket"], and let proxies pass it on.'
)


def route(server: AsyncServer, websocket_only: bool = False) -> Handler:
    """The request handler of `server`, for all its methods. With `websocket_only` nobody may poll, as where several processes answer
    at one port: each poll may come to another one."""
    server.eio._async = {**server.eio._async, "websocket": WholeWebSocket}

    async def handle(request: Request) -> Optional[HTTPResponse]:
        if len(request.body) > server.eio.max_http_buffer_size:
            return text("Too large.", status=413)  # python-engineio would wait for a poll that may never come
        if websocket_only and request.args.get("transport") != "websocket":
            return text(WEBSOCKET_ONLY, status=400)
        response: HTTPResponse = await server.handle_request(request)
        return None if getattr(request.ctx, "is_over", False) else response

    handle.is_websocket = True  # type: ignore[attr-defined]  # Sanic lets only these give no response
    return handle
