"""How replies leave for the web."""

from __future__ import annotations

import time
from typing import Any, Awaitable, Callable

from rasa.core.channels.channel import OutputChannel

from bot.channels.erasing import without_wish
from bot.channels.web_wire import Message, bot_message

Post = Callable[[str, Message], Awaitable[None]]


class WebOutput(OutputChannel):
    """Turns what Rasa says into messages for a browser and posts each."""

    def __init__(self, post: Post) -> None:
        """
        Args:
            post: takes the conversation's sender id and the message.
        """
        self._post = post
        self._answered = False
        self.forget = False

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return "web"

    @property
    def answered(self) -> bool:
        """Whether anything was said."""
        return self._answered

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keeps a reply whole where Rasa would send its parts one by one."""
        self._answered = True
        said, wish = without_wish(message)
        self.forget |= wish
        await self._post(recipient_id, bot_message(said, message.get("timestamp") or time.time()))

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Says plain text."""
        await self.send_response(recipient_id, {"text": text})
