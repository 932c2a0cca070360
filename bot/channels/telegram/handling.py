"""From an update to a sent reply: kept first, handled once, in order, and resumed after a restart."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import asynccontextmanager, suppress
from typing import Any, AsyncIterator, Mapping

from sqlalchemy.exc import SQLAlchemyError

from bot.channels.telegram.answers import Answers, NoModel
from bot.channels.telegram.api import BotApi, TelegramError, TelegramUnreachable
from bot.channels.telegram.memory import Memory
from bot.channels.telegram.queues import Lines
from bot.channels.telegram.sending import ChatGone, ChatMoved, Sender
from bot.channels.telegram.updates import Incoming, Kind, understand, update_id
from bot.store.messaging import NEW

logger = logging.getLogger(__name__)
TYPING_EVERY = 4.5
TYPING_AFTER = 0.3
AGAIN_AFTER = 30.0
ASKS_FOR_WORK = (Kind.TEXT, Kind.COMMAND, Kind.BUTTON)


class Handler:
    """Takes updates from the webhook, whoever posts them there: Telegram or the poller."""

    def __init__(self, api: BotApi, memory: Memory, answers: Answers, sender: Sender) -> None:
        """
        Args:
            api: the Bot API.
            memory: what is kept in the database.
            answers: works out what to send.
            sender: sends it.
        """
        self._api = api
        self._memory = memory
        self._answers = answers
        self._sender = sender
        self._bodies: dict[int, Any] = {}
        self._fresh: set[int] = set()
        self._lines = Lines(self._handle)
        self._me: Mapping[str, Any] = {}

    def is_me(self, me: Mapping[str, Any]) -> None:
        """Tells who the bot is, as `getMe` says: in groups it answers to its own name only."""
        self._me = me

    async def accept(self, update: Any) -> bool:
        """Keeps an update and queues it. False for one that was there before, or that is no update."""
        number = update_id(update)
        if number is None:
            return False
        chat_id = understand(update, "", None).chat_id
        if not await asyncio.to_thread(self._memory.note, number, chat_id, update):
            return False
        self._fresh.add(number)
        self._queue(number, update)
        return True

    async def resume(self) -> None:
        """Queues what a stop or a crash cut off."""
        for number, update in await asyncio.to_thread(self._memory.unfinished):
            self._queue(number, update)
        await asyncio.to_thread(self._memory.drop_old)

    async def close(self) -> None:
        """Stops handling."""
        await self._lines.close()

    def _queue(self, number: int, update: Any) -> None:
        self._bodies[number] = update
        self._lines.put(understand(update, "", None).chat_id, number)

    async def _handle(self, number: int) -> None:
        update = self._bodies.pop(number)
        incoming = understand(update, str(self._me.get("username") or ""), self._me.get("id"))
        try:
            await self._acknowledge(incoming)
            async with self._typing(incoming):
                await self._answer(number, incoming)
        except ChatGone:
            if incoming.chat_id is not None:
                await asyncio.to_thread(self._memory.set_blocked, incoming.chat_id, True)
        except TelegramError:
            logger.exception("Telegram refused the reply to update %s", number)
        except (TelegramUnreachable, NoModel, SQLAlchemyError) as error:
            logger.error("update %s waits: %s", number, error)
            asyncio.get_running_loop().call_later(AGAIN_AFTER, self._queue, number, update)
            return
        await asyncio.to_thread(self._memory.done, number)

    async def _answer(self, number: int, incoming: Incoming) -> None:
        calls: list[dict[str, Any]] = []
        state, sent = NEW, 0
        if number not in self._fresh:
            state, calls, sent = await asyncio.to_thread(self._memory.progress, number)
        self._fresh.discard(number)
        if state == NEW:
            calls = await self._answers.calls(incoming)
            if calls:
                await asyncio.to_thread(self._memory.answered, number, calls)
        for count, call in enumerate(calls[sent:], start=sent + 1):
            try:
                await self._sender.send(call)
            except ChatMoved as moved:
                await asyncio.to_thread(self._memory.migrate, call["params"]["chat_id"], moved.new_chat_id)
                await self._sender.send(_to(moved.new_chat_id, call))
            if count < len(calls):
                await asyncio.to_thread(self._memory.sent, number, count)

    async def _acknowledge(self, incoming: Incoming) -> None:
        """Ends the wait that a pressed button shows. A press that is too old cannot be acknowledged; it counts all
        the same."""
        if incoming.kind is Kind.BUTTON and incoming.query_id is not None:
            try:
                await self._api.call("answerCallbackQuery", {"callback_query_id": incoming.query_id})
            except TelegramError as error:
                logger.info("button press not acknowledged: %s", error.description)

    @asynccontextmanager
    async def _typing(self, incoming: Incoming) -> AsyncIterator[None]:
        task = None
        if incoming.kind in ASKS_FOR_WORK and incoming.chat_id is not None:
            task = asyncio.get_running_loop().create_task(self._type(incoming.chat_id))
        try:
            yield
        finally:
            if task:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def _type(self, chat_id: int) -> None:
        """Shows "typing" while an answer takes longer than an eye notices, and again before it fades."""
        await asyncio.sleep(TYPING_AFTER)
        while True:
            try:
                await self._api.call("sendChatAction", {"chat_id": chat_id, "action": "typing"})
            except (TelegramError, TelegramUnreachable) as error:
                logger.info("typing not shown: %s", error)
                return
            await asyncio.sleep(TYPING_EVERY)


def _to(chat_id: int, call: Mapping[str, Any]) -> Mapping[str, Any]:
    copy: Mapping[str, Any] = json.loads(json.dumps(call))
    copy["params"]["chat_id"] = chat_id
    return copy
