"""A client of Telegram's Bot API: one call after the other, patient with limits and a bad network.

Written on aiohttp, which Rasa brings along: aiogram 3 needs pydantic 2 and aiogram 2 an older aiohttp, so neither
can be installed beside Rasa 3.6.
"""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass, field
from typing import Any, Mapping
from urllib.parse import quote

import aiohttp

logger = logging.getLogger(__name__)
TIMEOUT = 20.0
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
MOST_TRIES = 8
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
"""In it Telegram sends along what `setWebhook` was given as `secret_token`."""


class TelegramError(Exception):
    """Telegram refused a call.

    Attributes:
        code: Telegram's `error_code` (403: blocked or kicked; 404 and 401: a wrong token).
        migrate_to: the new chat id when a group became a supergroup, else None.
    """

    def __init__(self, method: str, code: int, description: str, parameters: Mapping[str, Any]) -> None:
        super().__init__(f"{method}: {code} {description}")
        self.code = code
        self.description = description
        self.retry_after = float(parameters.get("retry_after") or 0)
        self.migrate_to: int | None = parameters.get("migrate_to_chat_id")


class TelegramUnreachable(Exception):
    """No answer came, however often it was tried. The message names the reason, never the token."""


@dataclass(frozen=True)
class Upload:
    """A file that a call sends along under `field`."""

    field: str
    name: str
    content: bytes
    content_type: str


@dataclass
class BotApi:
    """Calls methods of the Bot API.

    A call that Telegram answers with 429 is repeated after the time it names; one that could not be sent, or whose
    answer was lost, is repeated after growing pauses. Where only the answer was lost the message may already be out,
    and the repetition doubles it: Telegram offers no way to tell, and a doubled reply is better than none.
    """

    token: str
    base: str
    tries: int = MOST_TRIES
    first_pause: float = FIRST_PAUSE
    _session: aiohttp.ClientSession | None = field(default=None, init=False, repr=False)

    async def call(self, method: str, params: Mapping[str, Any] | None = None, upload: Upload | None = None) -> Any:
        """Calls a method and returns its `result`.

        Args:
            method: name of the method.
            params: its parameters; lists and mappings are sent as JSON, None is left out.
            upload: a file sent along.

        Raises:
            TelegramError: Telegram refused the call for good.
            TelegramUnreachable: no answer came.
        """
        pause = self.first_pause
        reason = ""
        for attempt in range(self.tries):
            try:
                return await self._once(method, params or {}, upload)
            except TelegramError as error:
                if error.code != 429 and error.code < 500:
                    raise
                reason = error.description
                wait = error.retry_after or pause
            except (aiohttp.ClientError, asyncio.TimeoutError, json.JSONDecodeError) as error:
                reason = type(error).__name__
                wait = pause
            if attempt < self.tries - 1:
                logger.warning("Telegram, %s: %s; trying again in %.1f s", method, reason, wait)
                await asyncio.sleep(wait)
                pause = min(pause * 2, LONGEST_PAUSE)
        raise TelegramUnreachable(f"{method}: {reason} ({self.tries} tries)")

    async def download(self, file_id: str, most: int) -> bytes:
        """The bytes of a file that somebody sent, cut off behind the first `most`.

        Raises:
            TelegramError: there is no such file, or it is too large for a bot.
            TelegramUnreachable: it could not be had.
        """
        found = await self.call("getFile", {"file_id": file_id})
        address = f"{self.base}/file/bot{self.token}/{quote(str(found.get('file_path') or ''))}"
        try:
            async with self._open().get(address, timeout=aiohttp.ClientTimeout(total=TIMEOUT)) as response:
                if response.status != 200:
                    raise TelegramError("file", response.status, "no such file", {})
                return await _read(response.content, most)
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            raise TelegramUnreachable(f"file: {type(error).__name__}") from None

    async def _once(self, method: str, params: Mapping[str, Any], upload: Upload | None) -> Any:
        timeout = aiohttp.ClientTimeout(total=TIMEOUT + float(params.get("timeout") or 0))
        address = f"{self.base}/bot{self.token}/{method}"
        async with self._open().post(address, data=_form(params, upload), timeout=timeout) as response:
            answer = json.loads(await response.text())
        if isinstance(answer, dict) and answer.get("ok"):
            return answer.get("result")
        answer = answer if isinstance(answer, dict) else {}
        raise TelegramError(
            method,
            int(answer.get("error_code") or response.status),
            str(answer.get("description") or "no description"),
            answer.get("parameters") or {},
        )

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession()
        return self._session

    async def close(self) -> None:
        """Closes the connections."""
        if self._session is not None:
            await self._session.close()


async def _read(stream: aiohttp.StreamReader, most: int) -> bytes:
    read = bytearray()
    async for part in stream.iter_any():
        read += part
        if len(read) >= most:
            break
    return bytes(read[:most])


def _form(params: Mapping[str, Any], upload: Upload | None) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in params.items():
        if value is not None:
            form.add_field(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    if upload:
        form.add_field(upload.field, upload.content, filename=upload.name, content_type=upload.content_type)
    return form
