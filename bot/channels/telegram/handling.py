"""From an update to a sent reply: kept first, handled once, in order, and resumed after a restart."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import asynccontextmanager, suppress
from typing import Any, AsyncIterator, Mapping, Optional
from weakref import WeakValueDictionary

from sqlalchemy.exc import SQLAlchemyError

from bot.channels.telegram.answers import Answers, NoModel
from bot.channels.telegram.api import BotApi, TelegramError, TelegramUnreachable
from bot.channels.telegram.group import StaffGroup
from bot.channels.telegram.memory import Memory
from bot.channels.telegram.queues import Lines
from bot.channels.telegram.replies import RATED
from bot.channels.telegram.sending import ChatGone, ChatMoved, Sender, messages_in
from bot.channels.telegram.staffed import TelegramStaffed
from bot.channels.telegram.updates import Incoming, Kind, understand, update_id
from bot.store.errors import StoreError
from bot.store.messaging import NEW
from bot.store.turns import TurnTimeout
from bot.support.handoff import HandoffUnreachable

logger = logging.getLogger(__name__)
TYPING_EVERY = 4.5
TYPING_AFTER = 0.3
AGAIN_AFTER = 30.0
ASKS_FOR_WORK = (Kind.TEXT, Kind.COMMAND, Kind.BUTTON)


class Handler:
    """Takes updates from the webhook, whoever posts them there: Telegram or the poller."""

    def __init__(
        self, api: BotApi, memory: Memory, answers: Answers, sender: Sender, staffed: TelegramStaffed, several: bool = False,
        staff_group: Optional[StaffGroup] = None,
    ) -> None:
        """
        Args:
            api: the Bot API.
            memory: what is kept in the database.
            answers: works out what to send.
            sender: sends it.
            staffed: what the staff write to the same chats.
            several: whether other processes may take updates of the same chats.
            staff_group: where the staff answer; None where they don't on Telegram.
        """
        self._several = several
        self._staff_group = staff_group
        self._staffed = staffed
        self._api = api
        self._memory = memory
        self._answers = answers
        self._sender = sender
        self._bodies: dict[int, Any] = {}
        self._fresh: set[int] = set()
        self._arriving: WeakValueDictionary[int | None, asyncio.Lock] = WeakValueDictionary()
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
        chat_id = self._chat(update)
        arriving = self._arriving.setdefault(chat_id, asyncio.Lock())
        async with arriving:  # who came first is queued first, however long keeping takes
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

    async def keep_on(self) -> None:
        """To be called again and again: what is handled here stays so, and what a process that is gone left is taken over."""
        await asyncio.to_thread(self._memory.renew)
        for number, update in await asyncio.to_thread(self._memory.unfinished, False):
            logger.warning("update %s of a process that is gone is taken over", number)
            self._queue(number, update)

    async def close(self) -> None:
        """Stops handling."""
        await self._lines.close()

    def _queue(self, number: int, update: Any) -> None:
        self._bodies[number] = update
        self._lines.put(self._chat(update), number)

    def _chat(self, update: Any) -> int | None:
        """The chat in whose order an update is handled."""
        if self._staff_group is not None and self._staff_group.has(update):
            return self._staff_group.group
        return understand(update, "", None).chat_id

    async def _handle(self, number: int) -> None:
        update = self._bodies.pop(number)
        chat_id = self._chat(update)
        try:
            async with self._staffed.turn_of(chat_id):
                for one, body in await self._in_order(chat_id, number, update):
                    if await self._handle_one(one, body):
                        continue
                    if self._is_staff_s(chat_id):  # a later word must not pass one that waits: it could end a talk, which that opens again
                        self._again(number, update)
                        break
                    if one == number:
                        self._again(number, update)
        except (TurnTimeout, SQLAlchemyError) as error:
            logger.error("update %s waits: %s", number, error)
            self._again(number, update)

    async def _in_order(self, chat_id: int | None, number: int, update: Any) -> list[tuple[int, Any]]:
        """What is to be handled before an update, and it: who has a chat's turn also handles what another process took of it
        before, and in the staff's group what waits. Nothing where it was handled already."""
        if chat_id is None or not (self._several or self._is_staff_s(chat_id)):
            return [(number, update)]
        found = await asyncio.to_thread(self._memory.open_before, chat_id, number)
        self._fresh.difference_update(one for one, _ in found if one != number)
        if number not in (one for one, _ in found):
            self._fresh.discard(number)
        return found

    def _is_staff_s(self, chat_id: int | None) -> bool:
        return self._staff_group is not None and chat_id == self._staff_group.group

    def _again(self, number: int, update: Any) -> None:
        asyncio.get_running_loop().call_later(AGAIN_AFTER, self._queue, number, update)

    async def _handle_one(self, number: int, update: Any) -> bool:
        """Handles an update in its chat's turn; False where it has to wait."""
        if self._staff_group is not None and self._staff_group.has(update):
            return await self._hear_staff(number, update, self._staff_group)
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
        except (TelegramUnreachable, NoModel, SQLAlchemyError, StoreError) as error:
            logger.error("update %s waits: %s", number, error)
            return False
        await asyncio.to_thread(self._memory.done, number)
        return True

    async def _hear_staff(self, number: int, update: Any, group: StaffGroup) -> bool:
        self._fresh.discard(number)
        if not self._me:
            return False  # without our name "/close@us" would be somebody else's
        try:
            await group.hear(update, self._me)
        except (HandoffUnreachable, SQLAlchemyError, StoreError) as error:
            logger.error("update %s of the staff waits: %s", number, error)
            return False
        except Exception:  # noqa: BLE001 - one that can never be taken must not hold up all that is written after it
            logger.exception("update %s of the staff could not be taken and is left out", number)
        await asyncio.to_thread(self._memory.done, number)
        return True

    async def _answer(self, number: int, incoming: Incoming) -> None:
        calls: list[dict[str, Any]] = []
        state, sent = NEW, 0
        again = number not in self._fresh
        if again:
            state, calls, sent = await asyncio.to_thread(self._memory.progress, number)
        self._fresh.discard(number)
        if state == NEW:
            calls = await self._answers.calls(incoming, again)
            if calls:
                await asyncio.to_thread(self._memory.answered, number, calls)
        elif not await self._answers.may_send(incoming):
            return
        for count, call in enumerate(calls[sent:], start=sent + 1):
            try:
                said = await self._sender.send(call)
            except ChatMoved as moved:
                await asyncio.to_thread(self._memory.migrate, call["params"]["chat_id"], moved.new_chat_id)
                said = await self._sender.send(_to(moved.new_chat_id, call))
            if call.get(RATED) and (messages := messages_in(said)):
                await asyncio.to_thread(self._memory.answers_sent, *messages, incoming.sender_id)
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
            task = asyncio.get_running_loop().create_task(self._type(incoming.chat_id, incoming.thread_id))
        try:
            yield
        finally:
            if task:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def _type(self, chat_id: int, thread_id: int | None) -> None:
        """Shows "typing" while an answer takes longer than an eye notices, and again before it fades."""
        await asyncio.sleep(TYPING_AFTER)
        while True:
            try:
                await self._api.call("sendChatAction", {"chat_id": chat_id, "action": "typing", "message_thread_id": thread_id})
            except (TelegramError, TelegramUnreachable) as error:
                logger.info("typing not shown: %s", error)
                return
            await asyncio.sleep(TYPING_EVERY)


def _to(chat_id: int, call: Mapping[str, Any]) -> Mapping[str, Any]:
    copy: Mapping[str, Any] = json.loads(json.dumps(call))
    copy["params"]["chat_id"] = chat_id
    return copy
