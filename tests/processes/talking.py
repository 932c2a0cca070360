"""People who write to several servers at once, over REST, the web and Telegram, and to another one when theirs is gone.

What a person says has an id, and is sent again with the same one until it is taken. A lane is one who waits for each answer; a
conversation has two lanes at two servers, which write at the same time.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Optional
from uuid import uuid4

import aiohttp
import socketio

from bot.channels.telegram.api import SECRET_HEADER
from tests.channels.web_client import Tab
from tests.peers.telegram import TelegramPeer
from tests.processes.machines import SECRET

SUBJECTS = ("retinol", "niacinamide", "vitamin c", "hyaluronic acid", "azelaic acid", "centella", "ceramide", "squalane")
TOLD = "I am pregnant"
ABOUT_ME = "what do you know about me?"
REMEMBERED = "pregnant"
AGAIN_S = 0.1
PATIENCE_S = 240.0


@dataclass
class Talk:
    """A conversation: its sender as the database knows it, the lanes with the ids that each sent in its order, and what the last
    question of it was answered."""

    sender: str
    lanes: list[list[str]] = field(default_factory=list)
    said_at_last: list[str] = field(default_factory=list)


@dataclass
class Crowd:
    """Everybody who writes during a test."""

    addresses: Sequence[str]
    peer: TelegramPeer
    messages: int
    talks: list[Talk] = field(default_factory=list)
    taken: int = 0
    again: int = 0

    async def write(self, rest: int, web: int, telegram: int) -> None:
        """So many conversations of each channel at once."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as http:
            people = [*(self._rest(http) for _ in range(rest)), *(self._web() for _ in range(web))]
            await asyncio.gather(*people, *(self._telegram(http) for _ in range(telegram)))

    # REST

    async def _rest(self, http: aiohttp.ClientSession) -> None:
        name = uuid4().hex
        talk = Talk(f"rest:{name}")
        self.talks.append(talk)
        at_first = random.sample(range(len(self.addresses)), 2)
        await asyncio.gather(*(self._rest_lane(http, talk, name, at, at == at_first[0]) for at in at_first))
        for at in range(len(self.addresses)):
            replies = await self._rest_say(http, name, ABOUT_ME, uuid4().hex, at)
            talk.said_at_last.append(str(replies))

    async def _rest_lane(self, http: aiohttp.ClientSession, talk: Talk, name: str, at: int, tells: bool) -> None:
        lane: list[str] = []
        talk.lanes.append(lane)
        for text in self._texts(tells):
            lane.append(uuid4().hex)
            await self._rest_say(http, name, text, lane[-1], at)
            self.taken += 1

    async def _rest_say(self, http: aiohttp.ClientSession, name: str, text: str, message_id: str, at: int) -> Any:
        body = {"sender": name, "message": text, "message_id": message_id}
        for address in self._in_turn(at):
            with suppress(aiohttp.ClientError, asyncio.TimeoutError):
                async with http.post(f"{address}/webhooks/rest/webhook", json=body) as answer:
                    if answer.status == 200:
                        return await answer.json()
                    assert answer.status == 503, await answer.text()
            await self._pause()
        raise AssertionError(f"nobody took {text!r}")

    # The web

    async def _web(self) -> None:
        talk = Talk("")
        self.talks.append(talk)
        one = Visitor(self)
        await one.connect(0)
        talk.sender = one.sender_of_token()
        other = Visitor(self, one.token)
        await other.connect(1)
        try:
            await asyncio.gather(self._web_lane(talk, one, True), self._web_lane(talk, other, False))
            for visitor in (one, other):
                talk.said_at_last.append(await visitor.ask(ABOUT_ME))
        finally:
            await one.close()
            await other.close()

    async def _web_lane(self, talk: Talk, visitor: Visitor, tells: bool) -> None:
        lane: list[str] = []
        talk.lanes.append(lane)
        for text in self._texts(tells):
            lane.append(uuid4().hex)
            await visitor.say(text, lane[-1])
            self.taken += 1

    # Telegram

    async def _telegram(self, http: aiohttp.ClientSession) -> None:
        chat = random.randrange(10**6, 10**9)
        talk = Talk(f"telegram:{chat}")
        self.talks.append(talk)
        lane: list[str] = []
        talk.lanes.append(lane)
        for number, text in enumerate([TOLD, *self._texts(False)[1:], ABOUT_ME]):
            update = self.peer.say(chat, text)
            lane.append(text)
            await self._telegram_say(http, update, number)
            self.taken += 1
        await self._until(lambda: any(REMEMBERED in one.text and "told me" in one.text for one in self.peer.chat(chat)))
        talk.said_at_last.append(self.peer.chat(chat)[-1].text)

    async def _telegram_say(self, http: aiohttp.ClientSession, update: Any, at: int) -> None:
        for address in self._in_turn(at):
            with suppress(aiohttp.ClientError, asyncio.TimeoutError):
                headers = {SECRET_HEADER: SECRET}
                async with http.post(f"{address}/webhooks/telegram/webhook", json=update, headers=headers) as answer:
                    if answer.status == 200:
                        return
            await self._pause()
        raise AssertionError("nobody took an update")

    # All

    def _texts(self, tells: bool) -> list[str]:
        questions = [f"what does {random.choice(SUBJECTS)} do?" for _ in range(self.messages - 1)]
        return [TOLD if tells else f"how often should I use {random.choice(SUBJECTS)}?", *questions]

    def _in_turn(self, at: int) -> list[str]:
        """The servers in the order in which they are tried, again and again."""
        count = len(self.addresses)
        return [self.addresses[(at + turn) % count] for turn in range(int(PATIENCE_S / AGAIN_S))]

    async def _pause(self) -> None:
        self.again += 1
        await asyncio.sleep(AGAIN_S)

    async def _until(self, condition: Any) -> None:
        for _ in range(int(PATIENCE_S / AGAIN_S)):
            if condition():
                return
            await asyncio.sleep(AGAIN_S)
        raise AssertionError("waited in vain")


class Visitor:
    """A tab that connects to another server when its own is gone, with the same session, and sends again what was not acknowledged."""

    def __init__(self, crowd: Crowd, token: Optional[str] = None) -> None:
        self._crowd = crowd
        self.token = token
        self._tab: Optional[Tab] = None

    def sender_of_token(self) -> str:
        """The conversation's name in the database."""
        import hashlib

        random_part = str(self.token).partition(".")[0]
        return "web-" + hashlib.sha256(b"conversation:" + random_part.encode()).hexdigest()[:32]

    async def connect(self, at: int) -> None:
        """Opens the tab at a server that answers, this one first."""
        await self.close()
        for address in self._crowd._in_turn(at):
            tab = Tab()
            try:
                await tab.open(address)
                await tab.begin(self.token)
                self._tab, self.token = tab, tab.token
                return
            except (socketio.exceptions.SocketIOError, aiohttp.ClientError, AssertionError):
                await _closed(tab)
                await self._crowd._pause()
        raise AssertionError("no server lets anybody in")

    async def say(self, text: str, message_id: str) -> None:
        """Sends a message until it is acknowledged."""
        for turn in range(int(PATIENCE_S)):
            assert self._tab is not None
            try:
                if (await self._tab.say(text, id=message_id))["ok"]:
                    return
            except (socketio.exceptions.SocketIOError, aiohttp.ClientError):
                await self.connect(turn)
            await self._crowd._pause()
        raise AssertionError(f"nobody took {text!r}")

    async def ask(self, text: str) -> str:
        """Sends a message; the text of what was answered, as it stands in the history."""
        message_id = uuid4().hex
        await self.say(text, message_id)
        assert self._tab is not None
        history = await self._tab.begin(self.token)
        return " ".join(str(one["text"]) for one in history if one.get("reply_to") == message_id)

    async def close(self) -> None:
        """Closes the tab."""
        if self._tab is not None:
            await _closed(self._tab)
            self._tab = None


async def _closed(tab: Tab) -> None:
    with suppress(Exception):
        await tab.close()
