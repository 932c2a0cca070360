"""A server that speaks the web channel's protocol and says what a test tells it to: what the assistant never says
(hostile replies), says too fast to be seen, or says only when it fails."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import Any, Optional
from uuid import uuid4

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from socketio import AsyncServer

from bot.channels.files import security_headers
from bot.channels.page import ChatPage
from bot.channels.web_socket import Origins, SocketBlueprint, socket_server
from tests.channels.serving import running

Message = dict[str, Any]
PAGE = 200
PLAIN = ("text", "quick_replies", "attachment")


class Peer(InputChannel):
    """The scripted server. Set its fields from the test; `heard` holds what the browser sent. `plain`: it says no more than
    Rasa's own channel does, for other widgets."""

    def __init__(self) -> None:
        self.address = ""
        self.replies: dict[str, list[Message]] = {}
        self.refusals: dict[str, Message] = {}
        self.hold: set[str] = set()
        self.down = False
        self.plain = False
        self.heard: list[tuple[str, Message]] = []
        self.pages: dict[str, str] = {}
        self.policies: dict[str, str] = {}
        self._server: AsyncServer = socket_server(Origins([]))
        self._conversations: dict[str, list[Message]] = {}
        self._tokens: dict[str, str] = {}
        self._loop: Optional[asyncio.AbstractEventLoop] = None

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa."""
        return "peer"

    def url_prefix(self) -> str:
        """An absolute path."""
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Socket.IO and the test's own pages."""
        blueprint = SocketBlueprint("peer", self._server)
        for event in ("connect", "session_request", "user_uttered", "feedback", "restart", "delete_conversation", "earlier", "used", "followed"):
            self._server.on(event, getattr(self, f"_{event}"))

        @blueprint.get("/page/<name:str>")
        async def page(_: Request, name: str) -> HTTPResponse:
            policy = self.policies.get(name)
            return response.html(self.pages[name], headers={"Content-Security-Policy": policy} if policy else {})

        @blueprint.get("/release")
        async def release(_: Request) -> HTTPResponse:
            self.hold.clear()
            return response.empty()

        @blueprint.get("/products/<name:str>")
        async def product(_: Request, name: str) -> HTTPResponse:
            return response.html(self.pages["shop"], headers=security_headers())

        return blueprint

    def remember(self, token: str, messages: list[Message]) -> None:
        """Have a conversation to come back to."""
        self._conversations[token] = [{"id": uuid4().hex, "at": now(), **message} for message in messages]

    def say(self, message: Message) -> None:
        """Say something unasked in all conversations."""
        self._run(self._say_everywhere(message))

    def cut(self) -> None:
        """Lose all connections, and let nobody in until `down` is False again."""
        self.down = True
        self._run(self._cut())

    def end(self) -> None:
        """Stop whatever still waits for a browser."""
        if self._loop is not None:
            self._run(self._end())

    async def _end(self) -> None:
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    def forget(self) -> None:
        """As new, for the next test."""
        fresh = Peer()
        for name in ("replies", "refusals", "hold", "down", "plain", "heard"):
            setattr(self, name, getattr(fresh, name))

    def said(self) -> list[str]:
        """The texts of all messages heard."""
        return [data["message"] for event, data in self.heard if event == "user_uttered"]

    def _run(self, work: Any) -> None:
        assert self._loop is not None, "nobody has connected yet"
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _say_everywhere(self, message: Message) -> None:
        for token in list(self._conversations):
            await self._send(token, message)

    async def _cut(self) -> None:
        for connection in list(self._server.eio.sockets):
            socket = self._server.eio.sockets.pop(connection)
            await socket.close(wait=False, abort=True)
            await socket.queue.put(None)  # what makes the writer close the network connection

    async def _connect(self, sid: str, environ: Any, auth: Any = None) -> bool:
        self._loop = asyncio.get_running_loop()
        return not self.down

    async def _session_request(self, sid: str, data: Message) -> None:
        token = data.get("session_id") or uuid4().hex
        self._tokens[sid] = token
        await self._server.enter_room(sid, token)
        await self._server.emit("session_confirm", token, to=sid)
        known = self._conversations.setdefault(token, [])
        shown = {"messages": known[-PAGE:], "more": len(known) > PAGE, "now": now()}
        await self._server.emit("history", shown, to=sid)

    async def _user_uttered(self, sid: str, data: Message) -> Message:
        data = {"id": uuid4().hex, **data}  # other widgets name none
        self.heard.append(("user_uttered", data))
        text, token = data["message"], self._tokens[sid]
        if text in self.refusals:
            return {"ok": False, **self.refusals[text]}
        mine = {"id": data["id"], "from": "user", "text": text, "at": now()}
        self._conversations[token].append(mine)
        await self._server.emit("user_echo", mine, room=token, skip_sid=sid)
        await self._server.emit("bot_typing", {"on": True}, room=token)
        while text in self.hold:
            await asyncio.sleep(0.02)
        for reply in self.replies.get(text, [{"text": f"You said: {text}"}]):
            await self._send(token, {"reply_to": data["id"], **reply})
        await self._server.emit("bot_typing", {"on": False}, room=token)
        return {"ok": True, "id": data["id"]}

    async def _send(self, token: str, message: Message) -> None:
        sent = {"id": uuid4().hex, "at": now(), "text": "", **message}
        self._conversations[token].append({"from": "bot", **sent})
        shown = {name: sent[name] for name in PLAIN if name in sent} if self.plain else sent
        await self._server.emit("bot_uttered", shown, room=token)

    async def _earlier(self, sid: str, data: Message) -> Message:
        self.heard.append(("earlier", data))
        before = [one for one in self._conversations[self._tokens[sid]] if one["at"] < data["before"]]
        return {"ok": True, "messages": before[-PAGE:], "more": len(before) > PAGE}

    async def _used(self, sid: str, data: Message) -> Message:
        self.heard.append(("used", data))
        return {"ok": True}

    async def _followed(self, sid: str, data: Message) -> Message:
        self.heard.append(("followed", data))
        return {"ok": True}

    async def _feedback(self, sid: str, data: Message) -> Message:
        self.heard.append(("feedback", data))
        return {"ok": True}

    async def _restart(self, sid: str, data: Message) -> Message:
        self.heard.append(("restart", data))
        token = self._tokens[sid]
        self._conversations[token] = []
        await self._server.emit("conversation_restarted", {}, room=token)
        await self._send(token, {"text": "Hello again."})
        return {"ok": True}

    async def _delete_conversation(self, sid: str, data: Message) -> Message:
        self.heard.append(("delete_conversation", data))
        token = self._tokens[sid]
        self._conversations.pop(token, None)
        await self._server.emit("conversation_deleted", {}, room=token)
        return {"ok": True}


def now() -> str:
    """This moment as the protocol writes it."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


@contextmanager
def running_peer() -> Iterator[Peer]:
    """The scripted server with the widget's files."""
    peer = Peer()
    with running(peer, ChatPage()) as server:
        peer.address = f"http://127.0.0.1:{server.port}"
        try:
            yield peer
        finally:
            peer.end()
