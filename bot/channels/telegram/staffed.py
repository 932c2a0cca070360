"""The staff's side of Telegram: what they write reaches the chat, under their name, and never between the parts of an answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Any, Optional

from bot.channels.delivering import Delivering
from bot.channels.people import People
from bot.channels.telegram.api import BotApi, TelegramError, TelegramUnreachable
from bot.channels.telegram.memory import Memory
from bot.channels.telegram.replies import Place, calls_for
from bot.channels.telegram.sending import ChatGone, ChatMoved, Sender
from bot.phrases import phrases
from bot.store.messaging import Person
from bot.store.turns import TurnTimeout, turns_of
from bot.support.handoff import CUSTOMER, TYPING, Author, Line

logger = logging.getLogger(__name__)
CHANNEL = "telegram"
PATIENCE_S = 60.0
"""Nobody waits for an answer with an open connection, and Telegram may keep a chat waiting for half a minute."""
Tokens = Callable[[int, Sequence[str]], list[str]]


class TelegramStaffed:
    """Delivers lines to chats, one thing at a time in each."""

    def __init__(self, people: People, memory: Memory, sender: Sender, api: BotApi, tokens: Tokens) -> None:
        """
        Args:
            people: who has conversations.
            memory: what is kept of chats.
            sender: sends calls.
            api: the Bot API.
            tokens: button data for what buttons stand for.
        """
        self._people = people
        self._memory = memory
        self._sender = sender
        self._api = api
        self._tokens = tokens
        self._delivering: Optional[Delivering] = None

    def start(self) -> None:
        """Begins, in the running event loop."""
        self._delivering = Delivering(self._people, partial(self._people.outgoing.claim, CHANNEL), self._send)
        self._delivering.start()
        loop = asyncio.get_running_loop()

        def typed(conversation: str, who: str) -> None:
            if who != CUSTOMER and not loop.is_closed() and Person.of(conversation):
                loop.call_soon_threadsafe(lambda: loop.create_task(self._types(conversation)))

        TYPING.listen(typed)

    async def close(self) -> None:
        """Ends; what was not sent is sent after the next start."""
        if self._delivering:
            await self._delivering.close()

    def turn_of(self, chat_id: Optional[int]) -> AbstractAsyncContextManager[None]:
        """While this lasts, nobody else sends to a chat, from whichever process.

        Raises:
            TurnTimeout: when the chat is busy for too long.
        """
        return turns_of(self._memory.database.url).of(f"telegram:{chat_id or 0}", PATIENCE_S)

    async def has_person(self, chat_id: int, user_id: int) -> bool:
        """Whether a person has the talk with somebody in a chat."""
        of_group = f"telegram:{chat_id}:{user_id}"
        return any([(await self._people.owner(one)).is_people for one in (f"telegram:{chat_id}", of_group)])

    async def _send(self, line: Line) -> bool:
        person = Person.of(line.conversation)
        if person is None:
            return True
        reply: dict[str, Any] = {"text": shown(line), "buttons": list(line.data.get("buttons") or ()), "custom": line.data.get("custom")}
        tokens = partial(self._tokens, person.chat_id)
        try:
            async with self.turn_of(person.chat_id):
                for call in await asyncio.to_thread(calls_for, [reply], Place(person.chat_id), tokens, phrases().say):
                    await self._call(call)
        except ChatGone:
            await asyncio.to_thread(self._memory.set_blocked, person.chat_id, True)
            logger.info("a chat that the staff wrote to is gone")
        except (TelegramUnreachable, TurnTimeout) as error:
            logger.error("a line of the staff waits: %s", error)
            return False
        except TelegramError:
            logger.exception("Telegram refused a line of the staff")
        return True

    async def _call(self, call: dict[str, Any]) -> None:
        try:
            await self._sender.send(call)
        except ChatMoved as moved:
            await asyncio.to_thread(self._memory.migrate, call["params"]["chat_id"], moved.new_chat_id)
            await self._sender.send({**call, "params": {**call["params"], "chat_id": moved.new_chat_id}})

    async def _types(self, conversation: str) -> None:
        person = Person.of(conversation)
        if person is None:
            return
        try:
            await self._api.call("sendChatAction", {"chat_id": person.chat_id, "action": "typing"})
        except (TelegramError, TelegramUnreachable) as error:
            logger.info("typing not shown: %s", error)


def shown(line: Line) -> str:
    """A line as a chat shows it, which knows no other authors than the bot: under the name of who wrote it."""
    return phrases().say("handoff_says", name=line.agent, text=line.text) if line.author is Author.AGENT else line.text
