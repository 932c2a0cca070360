"""Sends calls to a chat and copes with what Telegram may say to them."""

from __future__ import annotations

import html
import logging
import re
from typing import Any, Awaitable, Callable, Mapping

from bot.channels.telegram.api import BotApi, TelegramError, Upload

logger = logging.getLogger(__name__)
GONE = 403
BAD = 400
TYPES = {"png": "image/png", "ics": "text/calendar"}
UNCHANGED = "message is not modified"
NO_TOPIC = ("TOPIC_CLOSED", "TOPIC_DELETED", "message thread not found")

Fetch = Callable[[str], Awaitable[bytes]]


class ChatGone(Exception):
    """The chat blocked the bot, threw it out or is no more."""


class ChatMoved(Exception):
    """The group became a supergroup.

    Attributes:
        new_chat_id: where it is now.
    """

    def __init__(self, new_chat_id: int) -> None:
        super().__init__(str(new_chat_id))
        self.new_chat_id = new_chat_id


class Sender:
    """Sends stored calls."""

    def __init__(self, api: BotApi, fetch: Fetch) -> None:
        """
        Args:
            api: the Bot API.
            fetch: gives the bytes of a file of this server by its address there.
        """
        self._api = api
        self._fetch = fetch

    async def send(self, call: Mapping[str, Any]) -> Any:
        """Sends one call; what Telegram says of it, None where it was left out. Markup that Telegram cannot read is sent again as plain text; what a topic does not take goes to the
        chat's general one; a message that cannot be edited any more is sent anew; a decoration that it refuses is left out.

        Raises:
            ChatGone: nothing can be sent to this chat.
            ChatMoved: the chat has another id now.
            TelegramError: Telegram refuses the call for another reason.
            TelegramUnreachable: no answer came.
        """
        method, params = call["method"], dict(call["params"])
        upload = await self._upload(call.get("file"))
        try:
            return await self._api.call(method, params, upload)
        except TelegramError as error:
            if error.migrate_to is not None:
                raise ChatMoved(error.migrate_to) from error
            if error.code == GONE or "chat not found" in error.description:
                raise ChatGone(error.description) from error
            if error.code == BAD and UNCHANGED in error.description:
                return None
            second = _second_try(method, params, error)
            if second is None and call.get("optional"):
                logger.warning("left out: %s", error)
                return None
            if second is None:
                raise
            logger.warning("%s; sending it in another way", error)
            return await self._again(second, upload, bool(call.get("optional")))

    async def _again(self, call: tuple[str, dict[str, Any]], upload: Upload | None, optional: bool) -> Any:
        try:
            return await self._api.call(*call, upload)
        except TelegramError as error:
            if not optional:
                raise
            logger.warning("left out: %s", error)
            return None

    async def _upload(self, file: Mapping[str, str] | None) -> Upload | None:
        if not file:
            return None
        content = await self._fetch(file["href"])
        kind = TYPES.get(file["name"].rsplit(".", 1)[-1], "application/octet-stream")
        return Upload(file["field"], file["name"], content, kind)


def _second_try(method: str, params: dict[str, Any], error: TelegramError) -> tuple[str, dict[str, Any]] | None:
    if error.code != BAD:
        return None
    if "message_thread_id" in params and any(sign in error.description for sign in NO_TOPIC):
        return method, {name: value for name, value in params.items() if name not in ("message_thread_id", "reply_parameters")}
    if "parse entities" in error.description and "text" in params:
        plain = html.unescape(re.sub(r"<[^<>]+>", "", params["text"]))
        return method, {**params, "text": plain, "parse_mode": None}
    if method == "editMessageText":
        return "sendMessage", {key: value for key, value in params.items() if key != "message_id"}
    return None


def messages_in(said: Any) -> tuple[int, list[int]] | None:
    """Chat and numbers of the messages that Telegram says it has sent; None where it says nothing of the kind."""
    sent = [one for one in (said if isinstance(said, list) else [said]) if isinstance(one, dict) and "message_id" in one]
    return (int(sent[0]["chat"]["id"]), [int(one["message_id"]) for one in sent]) if sent else None
