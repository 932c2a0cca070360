"""The staff's side of the web channel: what they write reaches every open tab, with who has the talk and who is typing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Optional, Sequence

from socketio import AsyncServer

from bot.channels import web_wire as wire
from bot.channels.delivering import Delivering
from bot.channels.people import People
from bot.channels.web_order import Order
from bot.channels.web_output import WebOutput
from bot.channels.web_visitors import ConversationsAtHand, Visitor, room
from bot.store.turns import TurnTimeout
from bot.support.handoff import CUSTOMER, TYPING, Line
from bot.support.handoff.typing import LASTS_S


class WebStaffed:
    """Delivers lines to open tabs. What nobody has a tab open for waits, and is in the history of who comes back."""

    def __init__(
        self, server: AsyncServer, people: People, visitors: Mapping[str, Visitor], conversations: ConversationsAtHand, order: Order
    ) -> None:
        """
        Args:
            server: the server whose rooms are written to.
            people: who has conversations.
            visitors: open connections.
            conversations: those that somebody has open.
            order: puts what happens to a conversation in order.
        """
        self._server = server
        self._people = people
        self._visitors = visitors
        self._conversations = conversations
        self._order = order
        self._delivering: Optional[Delivering] = None
        self._off: dict[str, asyncio.TimerHandle] = {}

    def start(self) -> None:
        """Begins, in the running event loop."""
        loop = asyncio.get_running_loop()

        def typed(conversation: str, who: str) -> None:
            if who != CUSTOMER:
                with suppress(RuntimeError):  # the loop is closed already
                    loop.call_soon_threadsafe(lambda: loop.create_task(self._types(conversation)))

        TYPING.listen(typed)
        self._delivering = Delivering(self._people, self._claim, self._send, self.tell)
        self._delivering.start()

    async def close(self) -> None:
        """Ends."""
        if self._delivering:
            await self._delivering.close()

    async def heard(self, agent: Any, sender: str, message_id: str, shown: str, metadata: Mapping[str, Any]) -> bool:
        """Whether a message went to a person, who has the talk.

        Raises:
            StoreError: when it cannot be kept.
        """
        data = {key: metadata[key] for key in ("page", "product", wire.PICTURE) if key in metadata}
        return bool(shown) and await self._people.heard(agent, WebOutput.name(), sender, shown, message_id, data) is not None

    async def tell(self, sender: str, to: Optional[str] = None) -> None:
        """Tells the tabs of a conversation, or one of them, who has it."""
        if not self._is_open(sender):
            return
        talk = await self._people.talk(sender)
        if talk is not None or to is None:
            state: dict[str, Any] = {"owner": talk.owner.value, "name": talk.agent} if talk else {"owner": "assistant", "name": ""}
            await self._server.emit("person", state, **({"to": to} if to else {"room": room(sender, ours=True)}))

    def _claim(self) -> Sequence[Line]:
        """What waits for those who have a tab open here, for this process to send to all of their tabs."""
        there = [visitor.conversation.sender for visitor in list(self._visitors.values()) if visitor.conversation is not None]
        return self._people.outgoing.claim(WebOutput.name(), list(dict.fromkeys(there))) if there else []

    async def _send(self, line: Line) -> bool:
        try:
            async with self._order.turn(line.conversation):
                return await self._sent(line)
        except TurnTimeout:
            return False

    async def _sent(self, line: Line) -> bool:
        if self._conversations.of(line.conversation).deleted or not self._is_open(line.conversation):
            return False
        self._stop_typing(line.conversation)
        message = wire.person_message(line)
        await self._server.emit("bot_uttered", wire.live(message, None), room=room(line.conversation, ours=True))
        for part in wire.as_rasa(message):
            await self._server.emit("bot_uttered", part, room=room(line.conversation, ours=False))
        return True

    def _is_open(self, sender: str) -> bool:
        return any(one.conversation is not None and one.conversation.sender == sender for one in self._visitors.values())

    async def _types(self, sender: str) -> None:
        """Shows that somebody types, until a while after the last sign of it."""
        if not self._is_open(sender):
            return
        self._stop_typing(sender)
        await self._server.emit("bot_typing", {"on": True}, room=room(sender, ours=True))
        loop = asyncio.get_running_loop()

        def off() -> None:
            self._off.pop(sender, None)
            loop.create_task(self._server.emit("bot_typing", {"on": False}, room=room(sender, ours=True)))

        self._off[sender] = loop.call_later(LASTS_S, off)

    def _stop_typing(self, sender: str) -> None:
        if timer := self._off.pop(sender, None):
            timer.cancel()
