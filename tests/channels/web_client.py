"""A browser's tab as the web channel sees it, made of python-socketio's own client."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import asynccontextmanager, closing
from socket import SHUT_RDWR
from socket import socket as socket_of
from typing import Any, AsyncIterator, Callable, Optional
from uuid import uuid4

import aiohttp
import socketio

if not hasattr(aiohttp, "ClientWSTimeout"):  # the client asks for it since aiohttp 3.11, Rasa holds 3.9
    aiohttp.ClientWSTimeout = lambda ws_close: ws_close  # type: ignore[attr-defined]

PATIENCE = 20.0
QUIET = 0.3
SOCKET = "/socket.io/?EIO=4"
EVENTS = (
    "session_confirm", "history", "bot_uttered", "bot_typing", "user_echo", "conversation_restarted",
    "conversation_deleted",
)  # fmt: skip
Happened = tuple[str, Any]


class Tab:
    """An open tab: what it was sent, in order, and what it can do."""

    def __init__(self, ours: bool = True, source: str = "127.0.0.1") -> None:
        connector = aiohttp.TCPConnector(local_addr=(source, 0))
        self._http = aiohttp.ClientSession(connector=connector)
        self.client = socketio.AsyncClient(reconnection=False, http_session=self._http)
        self.events: list[Happened] = []
        self.token: Optional[str] = None
        self._ours = ours
        self._news = asyncio.Event()
        for event in EVENTS:
            self.client.on(event, self._keep(event))

    async def open(self, address: str, transport: str = "websocket", **headers: str) -> None:
        """Connects to the server."""
        await self.client.connect(address, headers=headers, transports=[transport], wait_timeout=PATIENCE)

    async def begin(self, token: Any = None) -> list[dict[str, Any]]:
        """Asks for a session; returns its history (for our widget)."""
        who = {"client": "glasskin"} if self._ours else {}
        count = len(self.events)
        await self.client.emit("session_request", {"session_id": token, **who})
        self.token = await self.next("session_confirm", count)
        if not self._ours:
            return []
        messages: list[dict[str, Any]] = (await self.next("history", count))["messages"]
        return messages

    async def call(self, event: str, data: Any = None) -> Any:
        """Sends an event and returns its acknowledgement."""
        return await self.client.call(event, {} if data is None else data, timeout=PATIENCE)

    async def say(self, message: Any, **more: Any) -> dict[str, Any]:
        """Sends a message and returns the acknowledgement."""
        sent = {"message": message, "session_id": self.token, "id": uuid4().hex, **more}
        acknowledged: dict[str, Any] = await self.call("user_uttered", sent)
        return acknowledged

    async def ask(self, message: Any, **more: Any) -> list[dict[str, Any]]:
        """Sends a message and returns the replies to it."""
        acknowledged = await self.say(message, **more)
        assert acknowledged["ok"], acknowledged
        return [reply for reply in self.of("bot_uttered") if reply.get("reply_to") == acknowledged["id"]]

    def of(self, event: str) -> list[Any]:
        """Everything that came with an event."""
        return [data for name, data in self.events if name == event]

    async def next(self, event: str, after: int = 0, suits: Callable[[Any], bool] = lambda _: True) -> Any:
        """What comes, or came since the first `after` events, with an event."""
        async with _within(PATIENCE, f"no {event}"):
            while True:
                for name, data in self.events[after:]:
                    if name == event and suits(data):
                        return data
                self._news.clear()
                await self._news.wait()

    async def quiet(self) -> None:
        """Waits until nothing more comes."""
        count = -1
        while count != len(self.events):
            count = len(self.events)
            await asyncio.sleep(QUIET)

    async def close(self) -> None:
        """Closes the tab."""
        await self.client.disconnect()
        await self._http.close()

    def _keep(self, event: str) -> Callable[[Any], None]:
        def keep(data: Any = None) -> None:
            self.events.append((event, data))
            self._news.set()

        return keep


@asynccontextmanager
async def _within(seconds: float, complaint: str) -> AsyncIterator[None]:
    task = asyncio.current_task()
    assert task is not None
    late = asyncio.get_running_loop().call_later(seconds, task.cancel)
    try:
        yield
    except asyncio.CancelledError:
        raise AssertionError(complaint) from None
    finally:
        late.cancel()


@asynccontextmanager
async def tab(
    address: str, token: Any = None, ours: bool = True, transport: str = "websocket", source: str = "127.0.0.1"
) -> AsyncIterator[Tab]:
    """A tab with a session, connected from the address `source`, closed at the end."""
    opened = Tab(ours, source)
    try:
        await opened.open(address, transport)
        await opened.begin(token)
        yield opened
    finally:
        await opened.close()


@asynccontextmanager
async def bare_socket(address: str, **headers: str) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A WebSocket that has joined Socket.IO's default namespace and can send any frame."""
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.ws_connect(f"{address}{SOCKET}&transport=websocket") as socket:
            await socket.receive()
            await socket.send_str("40")
            await socket.receive()
            yield socket


async def send_and_vanish(address: str, token: str, message: dict[str, Any], politely: bool) -> None:
    """Sends a message over a bare WebSocket and ends the connection in the same breath."""
    async with bare_socket(address) as socket:
        await socket.send_str("42" + json.dumps(["session_request", {"session_id": token}]))
        await socket.receive()
        await socket.send_str("42" + json.dumps(["user_uttered", message]))
        if politely:
            await socket.close()
        else:
            # Through a descriptor of its own: uvloop's stand-in for a socket cannot be shut down.
            with closing(socket_of(fileno=os.dup(socket.get_extra_info("socket").fileno()))) as line:
                line.shutdown(SHUT_RDWR)
