"""Long polling, for people without a public address: fetches updates and posts them to the server's webhook.

A process of its own, because Telegram allows one poller only, however many servers run. An update counts as fetched
once the server has it: while the server is away nothing is confirmed, so nothing is lost.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Callable

import aiohttp

from bot.channels.telegram.api import SECRET_HEADER, BotApi, TelegramError, TelegramUnreachable
from bot.channels.telegram.running import ALLOWED_UPDATES, WRONG_TOKEN

logger = logging.getLogger(__name__)
LONG_POLL = 30
CONFLICT = 409
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0

Tell = Callable[[str], None]


class PollingError(Exception):
    """Polling makes no sense; the message says what to do."""


class Poller:
    """Carries updates from Telegram to the server."""

    def __init__(self, api: BotApi, webhook: str, secret: str, tell: Tell) -> None:
        """
        Args:
            api: the Bot API.
            webhook: address of the server's webhook.
            secret: what the webhook wants to see.
            tell: takes a line for whoever watches.
        """
        self._api = api
        self._webhook = webhook
        self._secret = secret
        self._tell = tell
        self._offset: int | None = None

    async def run(self) -> None:
        """Polls until cancelled.

        Raises:
            PollingError: the token is wrong.
        """
        name = (await self._asked("getMe")).get("username")
        await self._asked("deleteWebhook")
        self._tell(f"Polling for @{name}. Write to it on Telegram; Ctrl+C stops.")
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
            while True:
                found = await self._asked(
                    "getUpdates", offset=self._offset, timeout=LONG_POLL, allowed_updates=ALLOWED_UPDATES
                )
                for update in found or []:
                    await self._deliver(session, update)
                    self._offset = int(update["update_id"]) + 1

    async def _asked(self, method: str, **params: Any) -> Any:
        pause = FIRST_PAUSE
        while True:
            try:
                return await self._api.call(method, params)
            except TelegramError as error:
                if error.code in WRONG_TOKEN:
                    raise PollingError("Telegram refuses the token. Look at TELEGRAM_TOKEN.") from error
                why = "another poller is running; stop it" if error.code == CONFLICT else str(error)
                self._tell(f"Telegram: {why}. Trying again in {pause:.0f} s.")
            except TelegramUnreachable as error:
                self._tell(f"Telegram is out of reach ({error}). Trying again in {pause:.0f} s.")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _deliver(self, session: aiohttp.ClientSession, update: Any) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                async with session.post(self._webhook, json=update, headers={SECRET_HEADER: self._secret}) as answer:
                    if answer.status == 200:
                        return
                    why = f"it answers {answer.status}"
                    if answer.status == 403:
                        raise PollingError("The server has another TELEGRAM_TOKEN or TELEGRAM_SECRET. Use the same.")
                    if answer.status == 405 or answer.status == 404:
                        why = "it runs without TELEGRAM_TOKEN; set the same there and start it again"
            except (aiohttp.ClientError, asyncio.TimeoutError) as error:
                why = f"{type(error).__name__}; is `glasskin serve` running?"
            self._tell(f"The server at {self._webhook} does not take updates: {why} Trying again in {pause:.0f} s.")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
