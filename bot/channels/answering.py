"""Has a message answered; where that fails or gives nothing, there is an apology instead of silence."""

from __future__ import annotations

import logging
from typing import Any, Awaitable, Callable, Protocol

from rasa.core.channels.channel import UserMessage

from bot.phrases import phrases

logger = logging.getLogger(__name__)
NO_MODEL = "No model is loaded. Train one with `glasskin train`, then start the server again."

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class Answering(Protocol):
    """An output channel that knows whether it has said anything."""

    @property
    def answered(self) -> bool:
        """Whether anything was sent."""

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Sends plain text."""


async def answer(on_new_message: OnNewMessage, agent: Any, message: UserMessage, output: Answering) -> None:
    """Hands a message to Rasa, and apologises over `output` when no reply came of it."""
    try:
        await on_new_message(message)
    except Exception:  # noqa: BLE001 - whatever failed, the person gets an answer and the log the reason
        logger.exception("a message could not be handled")
    if not output.answered:
        logger.error("a message got no reply; apologised")
        await output.send_text_message(message.sender_id, phrases().say("failed"))


def is_ready(agent: Any) -> bool:
    """Whether there is an assistant with a model."""
    return agent is not None and bool(agent.is_ready())
