"""What runs beside the updates: telling Telegram who we are, and sending reminders."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import Any, Awaitable, Callable, Optional

from sqlalchemy.exc import SQLAlchemyError

from bot.channels.telegram.answers import Answers
from bot.channels.telegram.api import BotApi, TelegramError, TelegramUnreachable
from bot.channels.telegram.commands import MENU
from bot.channels.telegram.group import StaffGroup
from bot.channels.telegram.handling import Handler
from bot.channels.telegram.memory import LEASE
from bot.channels.telegram.reminders import Due, Reminders
from bot.channels.telegram.replies import Place, calls_for
from bot.channels.telegram.sending import ChatGone, Sender
from bot.channels.telegram.staffed import TelegramStaffed
from bot.store.messaging import MessagingDatabase, Person
from bot.store.notice_models import BY_TELEGRAM
from bot.store.notices import Notice, NoticeStore

logger = logging.getLogger(__name__)
LOOK_EVERY = 15.0
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 300.0
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "message_reaction", "my_chat_member"]
WRONG_TOKEN = (401, 404)


class Running:
    """Starts and stops the channel's own work."""

    def __init__(
        self, api: BotApi, handler: Handler, database: MessagingDatabase, reminders: Reminders, sender: Sender,
        answers: Answers, webhook_url: str, secret: str, staffed: TelegramStaffed, notices: NoticeStore, staff_group: Optional[StaffGroup] = None,
    ) -> None:
        """
        Args:
            api, handler, database, reminders, sender, answers: the channel's parts.
            webhook_url: public address of this server, "" when a poller brings the updates.
            secret: what Telegram shall send along with each update.
            staffed: brings what the staff write.
            notices: who wants to be told when something is back in stock.
            staff_group: where the staff answer; None where they don't on Telegram.
        """
        self._staff_group = staff_group
        self._notices = notices
        self._staffed = staffed
        self._api = api
        self._handler = handler
        self._database = database
        self._reminders = reminders
        self._sender = sender
        self._answers = answers
        self._webhook_url = webhook_url
        self._secret = secret
        self._tasks: list[asyncio.Task[None]] = []
        self.bot_name = ""

    def start(self) -> None:
        """Begins; Telegram being out of reach holds nothing up."""
        self._database.create_tables()
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._introduce()), loop.create_task(self._remind())]

    async def close(self) -> None:
        """Stops everything; what is not done yet goes on at the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._staffed.close()
        await self._handler.close()
        await self._api.close()
        self._database.dispose()

    async def _introduce(self) -> None:
        """Asks for the bot's own name, sets menu and webhook, and then goes on with what was cut off."""
        if not await patiently(self._set_up, "Telegram"):
            return
        self._staffed.start()
        await self._handler.resume()
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 3)
            try:
                await self._handler.keep_on()
            except SQLAlchemyError:
                logger.exception("what is handled could not be kept from other processes; trying again")

    async def _set_up(self) -> None:
        me = await self._api.call("getMe")
        self._handler.is_me(me)
        self.bot_name = str(me.get("username"))
        await self._until_ready()
        await self._set_menu()
        if self._staff_group is not None:
            await self._staff_group.set_menu()
        if self._webhook_url:
            address = f"{self._webhook_url.rstrip('/')}/webhooks/telegram/webhook"
            await self._api.call(
                "setWebhook", {"url": address, "secret_token": self._secret, "allowed_updates": ALLOWED_UPDATES}
            )
            logger.warning("Telegram: @%s answers, updates come to %s", self.bot_name, address)
        else:
            logger.warning("Telegram: @%s answers as soon as `glasskin telegram poll` runs", self.bot_name)

    async def _set_menu(self) -> None:
        """Sets the command menu; without it commands work all the same."""
        commands = [{"command": name, "description": self._answers.say(f"menu_{name}")} for name in MENU]
        try:
            await self._api.call("setMyCommands", {"commands": commands})
        except TelegramError as error:
            logger.warning("Telegram: the command menu could not be set: %s", error)

    async def _until_ready(self) -> None:
        """Waits for the model, because the menu's words are in its domain and no update may come before it."""
        while not self._answers.ready:
            await asyncio.sleep(0.2)

    async def _remind(self) -> None:
        await self._until_ready()
        while True:
            try:
                for due in await asyncio.to_thread(self._reminders.claim):
                    await self._send_reminder(due)
                for notice in await asyncio.to_thread(self._notices.back, BY_TELEGRAM):
                    await self._send_notice(notice)
            except Exception:  # noqa: BLE001 - reminders must survive whatever the database or Telegram does
                logger.exception("reminders could not be sent; trying again")
            await asyncio.sleep(LOOK_EVERY)

    async def _send_reminder(self, due: Due) -> None:
        if await self._staffed.has_person(due.chat_id, due.user_id):
            return  # nothing of ours comes between: it is claimed again in a while
        question = self._answers.say("reminder_how", about=due.about)
        reply = {
            "text": self._answers.say("reminder_due", about=due.about),
            "buttons": [{"title": question, "payload": question}],
        }
        await self._send(due.chat_id, reply)
        await asyncio.to_thread(self._reminders.done, due.id)

    async def _send_notice(self, notice: Notice) -> None:
        """Tells once that something is back in stock."""
        person = Person.of(notice.sender)
        if person is not None:
            if await self._staffed.has_person(person.chat_id, person.user_id):
                return
            await self._send(person.chat_id, {"text": self._answers.say("notice_back", product=notice.name, page=notice.url)})
        await asyncio.to_thread(self._notices.done, notice)

    async def _send(self, chat_id: int, reply: dict[str, Any]) -> None:
        tokens = partial(self._answers.tokens, chat_id)
        try:
            for call in await asyncio.to_thread(calls_for, [reply], Place(chat_id), tokens, self._answers.say):
                await self._sender.send(call)
        except ChatGone:
            logger.info("the chat of a reminder or a notice is gone")
        except TelegramError:
            logger.exception("Telegram refused a reminder or a notice")


async def patiently(work: Callable[[], Awaitable[None]], who: str) -> bool:
    """Does `work`, again and again with growing pauses while Telegram is out of reach. False when it refuses for
    good, as it does for a wrong token."""
    pause = FIRST_PAUSE
    while True:
        try:
            await work()
            return True
        except TelegramError as error:
            if error.code in WRONG_TOKEN:
                logger.error("%s refuses the token (%s). Look at TELEGRAM_TOKEN; everything else runs.", who, error.code)
                return False
            logger.error("%s: %s; trying again in %.0f s", who, error, pause)
        except TelegramUnreachable as error:
            logger.error("%s is out of reach (%s); trying again in %.0f s, everything else runs", who, error, pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
