"""Has a message answered; where that fails or gives nothing, there is an apology instead of silence."""

from __future__ import annotations

import logging
from typing import Any, Awaitable, Callable, Optional, Protocol

from rasa.core.channels.channel import UserMessage

from bot.channels.erasing import Erasing
from bot.message_log import message as logged
from bot.phrases import phrases
from bot.store.events import stored_later

logger = logging.getLogger(__name__)
NO_MODEL = "No model is loaded. Train one with `glasskin train`, then start the server again."

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class Answering(Protocol):
    """An output channel that knows whether it has said anything."""

    forget: bool
    """Whether a reply asked to erase the conversation."""

    @property
    def answered(self) -> bool:
        """Whether anything was sent."""

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Sends plain text."""


async def answer(
    on_new_message: OnNewMessage, agent: Any, message: UserMessage, output: Answering, erasing: Optional[Erasing] = None,
    request: Optional[str] = None,
) -> None:
    """Hands a message to Rasa, and apologises over `output` when no reply came of it. Where it could not be stored, the
    person is told, once while that lasts. Who asked to be forgotten is erased by `erasing`, after Rasa has kept the message, and
    told what happened. `request` is the id of the message in the log, where the caller gave one."""
    with logged(message.input_channel or "", request) as handled:
        handled.outcome = await _outcome(on_new_message, message, output, erasing)


async def _outcome(
    on_new_message: OnNewMessage, message: UserMessage, output: Answering, erasing: Optional[Erasing]
) -> str:
    stored_later.set(False)
    try:
        await on_new_message(message)
    except Exception:  # noqa: BLE001 - whatever failed, the person gets an answer and the log the reason
        logger.exception("a message could not be handled")
    if not output.answered:
        logger.error("a message got no reply; apologised")
        await output.send_text_message(message.sender_id, phrases().say("failed"))
        return "failed"
    if output.forget and erasing is not None:
        await output.send_text_message(message.sender_id, await erasing.erase(message.sender_id))
        return "erased"
    if stored_later.get():
        await output.send_text_message(message.sender_id, phrases().say("memory_later"))
        return "stored_later"
    return "answered"


def is_ready(agent: Any) -> bool:
    """Whether there is an assistant with a model."""
    return agent is not None and bool(agent.is_ready())
